"""The press: HTML to PDF through WeasyPrint. Only processes of the pool have it, each with fonts and styles read once.

WeasyPrint must not run in several threads of one process, and it takes a third of a second and 28 MB to be there
(`docs/performance/press.md`): `pdf` names this module to its processes and never imports it itself.
"""

import atexit
import gc
import io
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

import pikepdf
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from assessment.documents import record
from assessment.documents.pdf import Attached, Order

STACK: Final = 2**15  # places on Python's stack, for all the calls inside each other that a document takes
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


_shared: dict[str, Any] = {}  # of one process of the pool: a font configuration per document would leak


def prepare(style_sheet: Path) -> None:
    """Read the fonts and the styles.

    The collector would look through a half-made document again and again: `make` calls it when one is made.
    """
    gc.disable()
    fonts = FontConfiguration()
    atexit.register(fonts.__del__)  # removes its folder with 1 MB of fonts: Python lets nothing go that is frozen
    _shared["fonts"] = fonts
    _shared["styles"] = CSS(filename=str(style_sheet), font_config=fonts)
    HTML(string=WARM).write_pdf(font_config=fonts, stylesheets=[_shared["styles"]])
    gc.collect()
    gc.freeze()


def make(order: Order) -> bytes:
    """Return the PDF that was ordered, and keep nothing of it."""
    try:
        return _made(order)
    finally:
        gc.collect()


def _made(order: Order) -> bytes:
    options = {
        **{key: value for key, value in DEFAULT_OPTIONS.items() if key != "attachments"},
        "stylesheets": [_shared["styles"]],
        "pdf_variant": "pdf/a-3a" if order.attached else "pdf/ua-1",
        "pdf_tags": True,
        "pdf_forms": order.fillable,
        "pdf_identifier": False,  # WeasyPrint would write all of it twice for one, and pikepdf gives a PDF/A its own
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


# Python takes its stack from the system in pieces of 16 KiB and gives a piece back when the last call on it returns.
# Calls that come and go at such an edge did so thousands of times in a document: this asks for one piece, large enough.
_made.__code__ = _made.__code__.replace(co_stacksize=STACK)


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
