from hypothesis import settings

from assessment.documents import pdf
from tests.databases import database_url, postgres_server, postgres_url, sqlite_url

__all__ = ["database_url", "postgres_server", "postgres_url", "sqlite_url"]

settings.register_profile("any machine", deadline=None, max_examples=60)  # noisy: speed is measured in bench/
settings.load_profile("any machine")
pdf.SECONDS, pdf.SECONDS_TO_READ = 300, 30  # on a busy machine; that both are bounded is shown of the pool
