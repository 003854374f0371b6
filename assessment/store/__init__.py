"""Visits kept sealed in a database. Knows no web framework and nothing of the questionnaire."""
