"""Records read out of what people upload, which may be anything: with bounds on memory and depth.

All of it runs in a process of the pool, which bounds the time as well.
"""

import io
import logging
import resource
from pathlib import Path
from typing import Any, Final

import pikepdf

from assessment.documents.record import FOREIGN, LARGEST, NAME, NOTHING, UNREADABLE, NoRecordError

MEMORY: Final = 256 * 1024 * 1024  # bytes that reading one upload may take
LIMITS: Final[dict[str, Any]] = {
    "doc_max_warnings": 50,
    "parser_max_nesting": 50,
    "parser_max_container_size": 100_000,
    "max_stream_filters": 2,
    "flate_max_memory": 16 * 1024 * 1024,
    "png_max_memory": 16 * 1024 * 1024,
    "run_length_max_memory": 16 * 1024 * 1024,
    "tiff_max_memory": 16 * 1024 * 1024,
    "dct_max_memory": 1,
}
MALFORMED: Final = (  # what reading a PDF raises that is damaged, or put together by no program in good faith
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pikepdf.PasswordError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)


def prepare() -> None:
    """Make a process ready to read uploads: what pikepdf logs of a broken file may hold words of it."""
    logging.disable()
    pikepdf.settings.set_qpdf_limits(**LIMITS)


def attached_to(upload: bytes) -> bytes:
    """Return the record attached to a PDF, within bounds of memory; `NoRecordError` if there is none."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_in_use() + MEMORY, before[1]))
    try:
        return _attached_to(upload)
    except MALFORMED:
        raise NoRecordError(UNREADABLE) from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _attached_to(upload: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(upload), attempt_recovery=False) as pdf:
        if NAME not in pdf.attachments:
            raise NoRecordError(NOTHING)
        text = pdf.attachments[NAME].get_file().read_bytes()
    if len(text) > LARGEST:
        raise NoRecordError(FOREIGN)
    return text


def _in_use() -> int:
    """Return how many bytes of address space this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
