"""A document on the disk: as a PDF, or as the web page that it is made from, where the file's name says so."""

from pathlib import Path

import click

from assessment.documents.pdf import Printer
from assessment.documents.pool import NotDoneError
from assessment.given import ROOT


def write(path: Path, html: str, *, fillable: bool = False) -> None:
    """Write a document and say so; `ClickException` if it cannot be made or written."""
    try:
        if path.suffix == ".html":
            path.write_text(html, encoding="utf-8")
        else:
            path.write_bytes(_printed(html, fillable=fillable))
    except NotDoneError:
        raise click.ClickException("the PDF could not be made: try again") from None
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written: {problem.strerror}") from None
    click.echo(f"{path} written")


def _printed(html: str, *, fillable: bool) -> bytes:
    printer = Printer(ROOT / "static" / "print.css")
    try:
        return printer.pdf(html, fillable=fillable)
    finally:
        printer.close()
