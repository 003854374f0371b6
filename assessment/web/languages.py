"""In which language an address is answered: /help in the first, /cy/help in Welsh. No cookie, and nothing is kept."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote
from wsgiref.util import shift_path_info

from flask import current_app, request

from assessment.core.language import Language, speaking, spoken
from assessment.web.parts import parts
from assessment.web.way import RETURN, is_returning

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def by_address(serve: "WSGIApplication", languages: Sequence[Language]) -> "WSGIApplication":
    """Return an app that speaks the language that an address begins with, and the first where it begins with none.

    All addresses on a page then begin so too: what stands before the app's own is put before each of them.
    """
    first, *others = languages
    named = {each.tag: each for each in others}

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        language = named.get(environ.get("PATH_INFO", "").lstrip("/").partition("/")[0])
        if language:
            shift_path_info(environ)
            environ["PATH_INFO"] = environ["PATH_INFO"] or "/"
        with speaking(language or first):
            return serve(environ, start)

    return answer


def in_other_languages() -> list[tuple[Language, str]]:
    """Return the other languages, each with the address of this page in it; of the start, if a page is only sent to."""
    languages = parts().languages
    if len(languages) == 1:
        return []
    app, _, tag = request.script_root.rpartition("/")
    if tag not in (each.tag for each in languages):
        app = request.script_root
    asking = current_app.create_url_adapter(request)
    page = quote(request.path) if asking and "GET" in asking.allowed_methods() else "/"
    page += f"?return={RETURN}" if is_returning() else ""
    return [
        (each, f"{app}/{each.tag}{page}" if place else f"{app}{page}")
        for place, each in enumerate(languages)
        if each != spoken()
    ]
