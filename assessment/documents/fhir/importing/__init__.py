"""FHIR Questionnaires of others as questionnaires of our language."""
