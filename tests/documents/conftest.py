"""The questionnaires that documents are made of, loaded once."""

from tests.core.conftest import checked, checked_sleep, edition, sleep

__all__ = ["checked", "checked_sleep", "edition", "sleep"]
