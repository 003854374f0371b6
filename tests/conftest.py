from hypothesis import settings

from assessment.documents import pdf
from tests.databases import database_url, postgres_server, postgres_url, sqlite_url

__all__ = ["database_url", "postgres_server", "postgres_url", "sqlite_url"]

settings.register_profile("any machine", deadline=None, max_examples=60)  # noisy: speed is measured in bench/
settings.load_profile("any machine")
pdf.SECONDS = 300  # a document takes as long as the machine takes: that it is bounded is shown of the pool
