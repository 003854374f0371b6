from hypothesis import settings

from tests.databases import database_url, postgres_server, postgres_url, sqlite_url

__all__ = ["database_url", "postgres_server", "postgres_url", "sqlite_url"]

settings.register_profile("any machine", deadline=None, max_examples=60)  # noisy: speed is measured in bench/
settings.load_profile("any machine")
