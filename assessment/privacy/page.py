"""A page as a browser reads it: its title, forms, links, and what it fetches by itself."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

FETCHED: Final = ("src", "srcset", "href", "action", "formaction", "data", "poster", "background", "ping", "style")
FOLLOWED: Final = ("a", "area")  # an address of these is opened by who presses it, and not before
ELSEWHERE: Final = re.compile(r"(?:https?:)?//[^\s\"'),;]+", re.IGNORECASE)
TICKED: Final = ("radio", "checkbox")


@dataclass(frozen=True)
class Field:
    """Something to fill in, as it stands; `group` is the question that it belongs to, on a page of several."""

    id: str
    kind: str
    name: str
    value: str
    checked: bool
    group: str

    @property
    def ticks(self) -> bool:
        """Say whether it is ticked, and not typed into."""
        return self.kind in TICKED


@dataclass(frozen=True)
class Button:
    """What sends a form; `place` is its place among the buttons of the page."""

    place: int
    name: str
    value: str
    action: str


@dataclass
class Form:
    """A form: where it goes, what is to be filled in, and what sends it."""

    id: str
    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)


@dataclass
class Page:
    """What stands on a page."""

    title: str = ""
    forms: list[Form] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """The class and the address of every link, in order."""

    fetched: list[str] = field(default_factory=list)
    """Every address of another host that a browser asks without being told to."""

    resources: list[str] = field(default_factory=list)
    """Every address of ours that it asks so: styles, scripts and pictures."""

    def form_to(self, path: str) -> Form:
        """Return the form that goes to a path; `LookupError` if there is none."""
        for each in self.forms:
            if each.action.split("?")[0] == path and each.buttons:
                return each
        raise LookupError(f"no form goes to {path}")

    def addresses(self) -> list[str]:
        """Return every address of ours that the page leads to."""
        sent = [button.action for form in self.forms for button in form.buttons]
        return [each for each in (*(address for _, address in self.links), *sent) if each.startswith("/")]


class _Reader(HTMLParser):
    """Reads HTML as far as `Page` holds it."""

    def __init__(self, within: str) -> None:
        super().__init__()
        self.page = Page()
        self._within = f"{within}/"
        self._in_title = False
        self._group = ""
        self._form = Form("", "")
        self._buttons = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: self._own(name, value or "") for name, value in attrs}
        self.page.fetched += _fetched(tag, found)
        if tag not in FOLLOWED:
            self.page.resources += [found[name] for name in ("src", "href") if found.get(name, "").startswith("/")]
        match tag:
            case "title":
                self._in_title = not self.page.title
            case "a":
                self.page.links.append((found.get("class", ""), found.get("href", "")))
            case "fieldset":
                self._group = found.get("id", "")
            case "form":
                self._form = Form(found.get("id", ""), found.get("action", ""))
                self.page.forms.append(self._form)
            case "input":
                self._form.fields.append(_field(found, self._group))
            case "button":
                self._button(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag == "fieldset":
            self._group = ""

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data

    def _own(self, name: str, value: str) -> str:
        """Return an address without the language before it: a link to English so leads to the same page again."""
        return f"/{value.removeprefix(self._within)}" if name in FETCHED and value.startswith(self._within) else value

    def _button(self, found: dict[str, str]) -> None:
        form = self._form
        self._buttons += 1
        if "form" not in found:
            action = found.get("formaction") or form.action
            form.buttons.append(Button(self._buttons - 1, found.get("name", ""), found.get("value", ""), action))


@lru_cache(maxsize=2000)
def read(html: str, within: str = "") -> Page:
    """Return what stands on a page of HTML; `within` is what stands before the app's own addresses on it."""
    reader = _Reader(within)
    reader.feed(html)
    reader.close()
    return reader.page


def _field(found: dict[str, str], group: str) -> Field:
    names = ("id", "type", "name", "value")
    id, kind, name, value = (found.get(each, "") for each in names)
    if kind in TICKED and "value" not in found:
        value = "on"
    return Field(id, kind or "text", name, value, "checked" in found, group)


def _fetched(tag: str, found: dict[str, str]) -> list[str]:
    names = [name for name in FETCHED if not (name == "href" and tag in FOLLOWED)]
    if tag == "meta" and found.get("http-equiv", "").lower() == "refresh":
        names.append("content")
    return [f"<{tag} {name}> {each}" for name in names for each in ELSEWHERE.findall(found.get(name, ""))]
