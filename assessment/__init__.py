"""A self-assessment questionnaire: asked, scored, explained and printed."""
