import shutil
import tempfile
from pathlib import Path

import pytest

from tests.machines.visitor import Secure, Visitor


@pytest.fixture(scope="module")
def place():
    """A folder into which processes that are not root can look."""
    folder = Path(tempfile.mkdtemp(prefix="machines-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def arrive():
    """Let somebody come to a proxy; their connection is closed at the end."""
    visitors = []

    def arrived(*where):
        visitors.append(Visitor(Secure(*where)))
        return visitors[-1]

    yield arrived
    for each in visitors:
        each.connection.close()
