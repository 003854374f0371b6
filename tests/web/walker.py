"""A visitor who knows only what a browser shows: pages, forms, labels and links. Checks every page it is given."""

from collections import Counter
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def label_of(choice) -> str:
    """Return what the label of an answer reads."""
    return f"{choice.text} {choice.hint}" if choice.hint else choice.text


class Page:
    """A page as it is read, refused if a careful reader would refuse it."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.path = response.request.path
        self.tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
        self.text = text_of(self.tree.find("body"))
        self.title = text_of(self.tree.find("head/title"))
        self._check()

    def all(self, tag: str) -> list[Element]:
        return list(self.tree.iter(tag))

    @property
    def heading(self) -> str:
        return text_of(self.all("h1")[0])

    def labelled(self, label: str) -> Element:
        """Return the input that a label is for."""
        ids = [each.get("for") for each in self.all("label") if text_of(each) == label]
        assert len(ids) == 1, f"{len(ids)} labels read “{label}” on {self.path}: {self.labels()}"
        return next(each for each in self.tree.iter() if each.get("id") == ids[0])

    def labels(self) -> list[str]:
        return [text_of(each) for each in self.all("label")]

    def form_with(self, button: str) -> Element:
        forms = [form for form in self.all("form") if any(text_of(each) == button for each in form.iter("button"))]
        assert len(forms) == 1, f"{len(forms)} forms have the button “{button}” on {self.path}"
        return forms[0]

    def link(self, words: str) -> str:
        found = {each.get("href") for each in self.all("a") if text_of(each) == words}
        assert len(found) == 1, f"{len(found)} links read “{words}” on {self.path}"
        return found.pop()

    def _check(self) -> None:
        """Every page has a language, a title, one main heading, ids used once, and a label for every input."""
        assert self.tree.get("lang"), f"no language on {self.path}"
        assert self.title, f"no title on {self.path}"
        assert len(self.all("h1")) == 1, f"{len(self.all('h1'))} main headings on {self.path}"
        twice = [id for id, count in Counter(e.get("id") for e in self.tree.iter() if e.get("id")).items() if count > 1]
        assert not twice, f"ids used twice on {self.path}: {twice}"
        labelled = {each.get("for") for each in self.all("label")} - {None}
        for field in self.all("input"):
            if field.get("type") != "hidden":
                assert field.get("id") in labelled, f"an input without a label on {self.path}: {field.attrib}"
        for element in self.tree.iter():
            assert not element.get("style"), f"an inline style on {self.path}"
            for attribute in ("src", "href", "action"):
                address = element.get(attribute) or ""
                leads_away = address.startswith(("http:", "https:", "//"))
                assert not leads_away or element.tag == "a", f"{element.tag} fetches {address} on {self.path}"
        levels = [int(e.tag[1]) for e in self.tree.iter() if e.tag in ("h1", "h2", "h3", "h4")]
        skipped = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert not skipped, f"heading levels skipped on {self.path}: {skipped}"


class Walker:
    """A visitor with one browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Page | None = None
        self.response: TestResponse | None = None

    def open(self, address: str) -> Page:
        self.response = self.client.get(address)
        return self._follow()

    def choose(self, *labels: str, button: str = "Continue") -> Page:
        """Tick what the labels name, and nothing else, and press a button."""
        ticked = [self.page.labelled(label) for label in labels]
        return self._submit(button, [(each.get("name"), each.get("value")) for each in ticked])

    def enter(self, value: str, button: str = "Continue") -> Page:
        """Type into the page's one text input and press a button."""
        fields = [each for each in self.page.all("input") if each.get("type", "text") == "text"]
        assert len(fields) == 1, f"{len(fields)} text inputs on {self.page.path}"
        return self._submit(button, [(fields[0].get("name"), value)])

    def press(self, button: str) -> Page:
        """Press a button, with the form as it stands."""
        form = self.page.form_with(button)
        ticked = [each for each in form.iter("input") if each.get("checked") is not None]
        return self._submit(button, [(each.get("name"), each.get("value")) for each in ticked])

    def follow(self, words: str) -> Page:
        """Follow a link."""
        return self.open(self.page.link(words))

    def download(self, button: str, *labels: str) -> TestResponse:
        """Tick what the labels name, press a button, and return what comes."""
        ticked = [self.page.labelled(label) for label in labels]
        form, given = self._filled(button, [(each.get("name"), each.get("value")) for each in ticked])
        return self.client.post(form.get("action"), data=given)

    def _submit(self, button: str, given: list[tuple[str, str]]) -> Page:
        form, given = self._filled(button, given)
        self.response = self.client.post(form.get("action"), data=given)
        return self._follow()

    def _filled(self, button: str, given: list[tuple[str, str]]) -> tuple[Element, dict[str, list[str]]]:
        form = self.page.form_with(button)
        hidden = [each for each in form.iter("input") if each.get("type") == "hidden"]
        pressed = next(each for each in form.iter("button") if text_of(each) == button)
        pairs = [*((each.get("name"), each.get("value")) for each in hidden), *given]
        if pressed.get("name"):
            pairs.append((pressed.get("name"), pressed.get("value")))
        filled: dict[str, list[str]] = {}
        for name, value in pairs:
            filled.setdefault(name, []).append(value)
        return form, filled

    def _follow(self) -> Page:
        for _ in range(5):
            if self.response.status_code not in (301, 302, 303):
                break
            assert not parse_qs(urlsplit(self.response.location).query).keys() - {"return"}
            self.response = self.client.get(self.response.location)
        self.page = Page(self.response)
        return self.page
