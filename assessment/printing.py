"""A document on the disk: as a PDF, or as the web page that it is made from, where the file's name says so."""

from pathlib import Path
from typing import Final

import click

from assessment.documents.pdf import Printer
from assessment.documents.pool import NotDoneError
from assessment.given import ROOT

STYLE_SHEET: Final = ROOT / "static" / "print.css"
ON_SCREEN: Final = "body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }"


def write(path: Path, html: str, *, fillable: bool = False) -> None:
    """Write a document and say so; `ClickException` if it cannot be made or written."""
    try:
        if path.suffix == ".html":
            path.write_text(styled(html), encoding="utf-8")
        else:
            path.write_bytes(_printed(html, fillable=fillable))
    except NotDoneError:
        raise click.ClickException("the PDF could not be made: try again") from None
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written: {problem.strerror}") from None
    click.echo(f"{path} written")


def styled(html: str) -> str:
    """Return a document with its styles in it, so that the file stands alone."""
    styles = f"{STYLE_SHEET.read_text(encoding='utf-8')}\n{ON_SCREEN}"
    return html.replace("</head>", f"<style>\n{styles}\n</style>\n</head>", 1)


def _printed(html: str, *, fillable: bool) -> bytes:
    printer = Printer(STYLE_SHEET)
    try:
        return printer.pdf(html, fillable=fillable)
    finally:
        printer.close()
