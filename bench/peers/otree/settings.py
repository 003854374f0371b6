"""What oTree is told of the questions: one app, in which everybody answers alone."""

import os
import secrets

SESSION_CONFIGS = [{"name": "questions", "app_sequence": ["questions"], "num_demo_participants": 1}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1, "participation_fee": 0}
LANGUAGE_CODE = "en"
SECRET_KEY = secrets.token_hex(32)
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = os.environ.get("OTREE_ADMIN_PASSWORD", "")
