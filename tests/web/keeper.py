"""Somebody who keeps a file, gives it back, and may have changed it."""

import io
import json

from assessment.documents import record
from assessment.documents.record import NAME
from tests.documents.reader_of_pdf import opened
from tests.web.person import vignette, walk

RECORD = "Attach my answers"


def arrived(walker, edition, id, **changed):
    """Walk as one of the vignettes to where things stand."""
    walk(walker, edition, vignette(edition, id, **changed))
    return walker.open("/outcome")


def copy_of(walker, *labels):
    response = walker.download("Make a PDF", *labels)
    assert response.status_code == 200
    return response.data


def bring(walker, upload, name="notes.pdf"):
    """Give a file to the page that is open."""
    form = walker.page.form_with("Read the file")
    token = next(each.get("value") for each in form.iter("input") if each.get("type") == "hidden")
    walker.response = walker.client.post(form.get("action"), **multipart(token, upload, name))
    return walker._follow()  # noqa: SLF001 - as after any post


def multipart(token, upload, name="notes.pdf"):
    """Return a post that brings a file, put together here: the test client would write a large one to the disk."""
    head = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    head += f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += "Content-Type: application/pdf\r\n\r\n"
    return {"data": head.encode() + upload + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


def changed(upload, change):
    saved = io.BytesIO()
    with opened(upload) as pdf:
        stream = pdf.attachments[NAME].get_file().obj
        stream.write(json.dumps(change(json.loads(stream.read_bytes()))).encode())
        pdf.save(saved)
    return saved.getvalue()


def copy_of_now(walker):
    walker.open("/outcome")
    return copy_of(walker, "What changed since your earlier copy")


def signed(content):
    """Return a record whose sum fits: as an earlier version of this app would have written it."""
    bare = {key: value for key, value in content.items() if key not in ("format", "sum")}
    return {"format": content["format"], "sum": record._sum(bare), **bare}  # noqa: SLF001 - its own affair
