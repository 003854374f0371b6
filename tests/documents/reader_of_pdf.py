"""A PDF as it is read: its words, its pages, the sizes of its type, and all that stands beside the pages."""

import io
import re
import subprocess

import pikepdf


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def pages_of(pdf):
    with opened(pdf) as document:
        return len(document.pages)


def text_of(pdf):
    """Return the words in their order, as one line; a hyphen at the end of a line joins two words."""
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"(?<=\w)- ", "-", " ".join(made.stdout.decode().split()))


def words_outside(pdf, margin=12):
    """Return the words that stand less than a margin from the edge of their page, or beyond it, in points."""
    made = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    width, height = map(float, re.search(r'<page width="([\d.]+)" height="([\d.]+)"', made).groups())
    box = r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>'
    return [
        word
        for left, top, right, bottom, word in re.findall(box, made)
        if min(float(left), float(top), width - float(right), height - float(bottom)) < margin
    ]


def sizes_of(pdf):
    """Return the sizes of all type that is set, in points."""
    sizes = set()
    with opened(pdf) as document:
        for page in document.pages:
            saved, whole, text, size = [], pikepdf.Matrix(), pikepdf.Matrix(), 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        saved.append((whole, size))
                    case "Q":
                        whole, size = saved.pop()
                    case "cm":
                        whole = pikepdf.Matrix(*map(float, operands)) @ whole
                    case "BT":
                        text = pikepdf.Matrix()
                    case "Tm":
                        text = pikepdf.Matrix(*map(float, operands))
                    case "Tf":
                        size = float(operands[1])
                    case "Tj" | "TJ" | "'" | '"':
                        set_in = text @ whole
                        sizes.add(round(size * abs(set_in.a * set_in.d - set_in.b * set_in.c) ** 0.5, 2))
    return sizes


def beside_the_pages(pdf):
    """Return the title and all other metadata, and the names of what is attached, as one text."""
    with opened(pdf) as document:
        told = [*map(str, document.docinfo.values()), *document.attachments]
        if "/Metadata" in document.Root:
            told.append(document.Root.Metadata.read_bytes().decode(errors="replace"))
    return " ".join(told)
