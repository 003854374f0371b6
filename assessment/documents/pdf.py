"""HTML to PDF through WeasyPrint, in processes of its own, closed to the network; and a record read out of a PDF.

WeasyPrint must not run in several threads of one process, and a page or an upload with a fault in it must not take the
server down: so both run in a small pool of processes, each with its fonts and styles read once.
"""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

import pikepdf
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from assessment.documents import record
from assessment.documents.pool import Pool

PRINTERS: Final = 2  # processes
READERS: Final = 1
SECONDS: Final = 30
SECONDS_TO_READ: Final = 5
WARM: Final = "<h1>x</h1><p>x <strong>x</strong></p>"  # a word in each font

# PDF/UA as an extension of what PDF/A lets a file say of itself (ISO 14289-1, 5; ISO 19005-3, 6.6.2.3)
ACCESSIBLE: Final = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclass(frozen=True)
class Attached:
    """A record that goes into a PDF, and the day that it is of."""

    text: bytes
    day: date


@dataclass(frozen=True)
class _Order:
    versions: tuple[str, ...]
    pages: int | None
    fillable: bool
    attached: Attached | None


class Printer:
    """Makes PDFs in a pool of processes, and reads records out of them. Safe to share between threads.

    Its methods raise `BusyError` if too many are waiting, and `NotDoneError` if it takes too long or fails twice.
    """

    def __init__(self, style_sheet: Path) -> None:
        self._pool = Pool(PRINTERS, _prepare, style_sheet)
        self._readers = Pool(READERS, record.prepare)  # what is brought may be made to harm: it keeps no printer busy

    def warm(self) -> None:
        """Start the processes now, without waiting for them."""
        self._pool.warm()
        self._readers.warm()

    def close(self) -> None:
        """End the processes."""
        self._pool.close()
        self._readers.close()

    def pdf(
        self, *versions: str, pages: int | None = None, fillable: bool = False, attached: Attached | None = None
    ) -> bytes:
        """Return a tagged A4 PDF of a whole HTML page. Its inputs can be filled in where it is `fillable`.

        Of several versions, the first that is at most so many `pages` long; the last if none is. With a record
        attached it is PDF/A-3 as well.
        """
        return self._pool.do(_make, _Order(versions, pages, fillable, attached), seconds=SECONDS)

    def answer(self) -> None:
        """Show that a process is there to make documents."""
        self._pool.answer(SECONDS)

    def record_in(self, upload: bytes) -> bytes:
        """Return the record that is attached to a PDF; `NoRecordError` if there is none that can be read."""
        return self._readers.do(record.attached_to, upload, seconds=SECONDS_TO_READ)


_shared: dict[str, Any] = {}  # of one process of the pool: a font configuration per document would leak


def _prepare(style_sheet: Path) -> None:
    fonts = FontConfiguration()
    _shared["fonts"] = fonts
    _shared["styles"] = CSS(filename=str(style_sheet), font_config=fonts)
    HTML(string=WARM).write_pdf(font_config=fonts, stylesheets=[_shared["styles"]])


def _make(order: _Order) -> bytes:
    options = {
        **{key: value for key, value in DEFAULT_OPTIONS.items() if key != "attachments"},
        "stylesheets": [_shared["styles"]],
        "pdf_variant": "pdf/a-3a" if order.attached else "pdf/ua-1",
        "pdf_tags": True,
        "pdf_forms": order.fillable,
    }
    for html in order.versions:
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))  # it fetches nothing at all
        document = page.render(_shared["fonts"], **options)
        if order.pages is None or len(document.pages) <= order.pages:
            break
    if order.attached:
        return _accessible(document.write_pdf(**options, attachments=[_attachment(order.attached)]))
    made: bytes = document.write_pdf(**options)
    return made


def _accessible(pdf: bytes) -> bytes:
    """Return a PDF/A as one that says of itself that it is PDF/UA too, and names what is attached once."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        said = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(said.replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>"))
        document.Root.AF = pikepdf.Array(document.Root.AF[:1])
        document.save(made, deterministic_id=True)
    return made.getvalue()


def _attachment(attached: Attached) -> Attachment:
    midnight = datetime.combine(attached.day, time(), UTC)  # a file says of which day it is, and no more
    return Attachment(
        string=attached.text,
        name=record.NAME,
        description="Answers, to come back with",
        created=midnight,
        modified=midnight,
        relationship="Data",
    )
