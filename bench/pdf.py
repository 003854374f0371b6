"""A person's copy through the pool of processes, beside WeasyPrint called directly, as its documentation shows."""

from pathlib import Path

from weasyprint import CSS, HTML

from assessment.documents.pdf import Printer
from bench.rounds import measure

ROOT = Path(__file__).parents[1]

STYLE = ROOT / "static" / "print.css"
STEP = "<h2>A step</h2><p>Two sentences of advice. They are about as long as ours.</p><ul><li>one</li><li>two</li></ul>"
PAGE = f'<!doctype html><html lang="en"><head><title>Notes</title></head><body><h1>Notes</h1>{STEP * 40}</body></html>'

if __name__ == "__main__":  # the pool's processes read this file too
    printer = Printer(STYLE)
    measure(
        10,
        {
            "through the pool": lambda: printer.pdf(PAGE),
            "WeasyPrint directly": lambda: HTML(string=PAGE).write_pdf(
                stylesheets=[CSS(filename=str(STYLE))], pdf_variant="pdf/ua-1"
            ),
        },
    )
    printer.close()
