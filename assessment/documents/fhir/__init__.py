"""A questionnaire, and what somebody answered, as FHIR R4: for other programs to ask, to score and to keep."""
