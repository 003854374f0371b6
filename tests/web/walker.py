"""A visitor who knows only what a browser shows: pages, forms, labels and links. Checks every page it is given."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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


def standing(form: Element) -> Iterator[tuple[Element, tuple[str, str]]]:
    """Yield what a form would send as it stands, but for what is hidden: each input with its name and value."""
    for field in form.iter("input"):
        kind = field.get("type", "text")
        if kind == "text" or (kind in ("checkbox", "radio") and field.get("checked") is not None):
            yield field, (field.get("name"), field.get("value") or "")


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

    def __str__(self) -> str:
        return f"{self.path}, {self.status}: {self.heading}"

    @property
    def heading(self) -> str:
        return text_of(self.all("h1")[0])

    def labelled(self, label: str, within: Element | None = None) -> Element:
        """Return the input that a label is for, on the page or within a part of it."""
        labels = (self.tree if within is None else within).iter("label")
        ids = [each.get("for") for each in labels if text_of(each) == label]
        assert len(ids) == 1, f"{len(ids)} labels read “{label}” on {self.path}: {self.labels()}"
        return self.by_id(ids[0])

    def by_id(self, id: str) -> Element:
        return next(each for each in self.tree.iter() if each.get("id") == id)

    def fieldset(self, legend: str) -> Element:
        """Return the group of inputs that belongs to a question."""
        found = [each for each in self.all("fieldset") if text_of(each.find("legend")) == legend]
        assert len(found) == 1, f"{len(found)} questions read “{legend}” on {self.path}: {self.legends()}"
        return found[0]

    def legends(self) -> list[str]:
        return [text_of(each.find("legend")) for each in self.all("fieldset")]

    def chosen(self, legend: str) -> list[str]:
        """Return what stands chosen for a question: the labels of what is ticked, or what is typed."""
        said = []
        for field in self.fieldset(legend).iter("input"):
            if field.get("checked") is not None:
                said += [text_of(each) for each in self.all("label") if each.get("for") == field.get("id")]
            elif field.get("type", "text") == "text" and field.get("value"):
                said.append(field.get("value"))
        return said

    def headings(self, *tags: str) -> list[str]:
        return [text_of(each) for tag in tags for each in self.all(tag)]

    def labels(self) -> list[str]:
        return [text_of(each) for each in self.all("label")]

    def form_with(self, button: str) -> Element:
        forms = [form for form in self.all("form") if any(text_of(each) == button for each in form.iter("button"))]
        assert len(forms) == 1, f"{len(forms)} forms have the button “{button}” on {self}"
        return forms[0]

    def link(self, words: str) -> str:
        found = {each.get("href") for each in self.all("a") if text_of(each) == words}
        assert len(found) == 1, f"{len(found)} links read “{words}” on {self.path}"
        return found.pop()

    def _check(self) -> None:
        """Every page has a language, a title, one main heading, ids used once, and a label for every input.

        Every question that stands alone says why it is asked.
        """
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
        if self.status == 200 and self.path.startswith("/step/"):
            reasons = [each.findtext("p") for each in self.all("details") if each.get("class") == "why"]
            assert any(reasons), f"no reason on {self.path}"


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

    def fill(self, given: Mapping[str, Sequence[str]], button: str = "Continue") -> Page:
        """Answer questions of a page anew by their legends, with labels or something typed, and leave the others."""
        answered = [self.page.fieldset(legend) for legend in given]
        inside = {id(field) for fieldset in answered for field in fieldset.iter("input")}
        pairs = [pair for field, pair in standing(self.page.form_with(button)) if id(field) not in inside]
        for fieldset, words in zip(answered, given.values(), strict=True):
            texts = [each for each in fieldset.iter("input") if each.get("type", "text") == "text"]
            labels = {text_of(each) for each in fieldset.iter("label")}
            typed = [each for each in words if texts and each not in labels]
            pairs += [(each.get("name"), "".join(typed)) for each in texts]
            ticked = [self.page.labelled(each, fieldset) for each in words if each not in typed]
            pairs += [(each.get("name"), each.get("value")) for each in ticked]
        return self._submit(button, pairs)

    def press(self, button: str) -> Page:
        """Press a button, with the form as it stands."""
        return self._submit(button, [pair for _, pair in standing(self.page.form_with(button))])

    def follow(self, words: str) -> Page:
        """Follow a link."""
        return self.open(self.page.link(words))

    def download(self, button: str, *labels: str, typed: Mapping[str, str] | None = None) -> TestResponse:
        """Tick what the labels name, and nothing else, type by labels too, press a button, and return what comes."""
        ticked = [self.page.labelled(label) for label in labels]
        given = [(each.get("name"), each.get("value")) for each in ticked]
        given += [(self.page.labelled(label).get("name"), words) for label, words in (typed or {}).items()]
        action, given = self._filled(button, given)
        return self.client.post(action, data=given)

    def _submit(self, button: str, given: list[tuple[str, str]]) -> Page:
        action, given = self._filled(button, given)
        self.response = self.client.post(action, data=given)
        return self._follow()

    def _filled(self, button: str, given: list[tuple[str, str]]) -> tuple[str, dict[str, list[str]]]:
        """Return where a button sends its form, and what it sends."""
        form = self.page.form_with(button)
        hidden = [each for each in form.iter("input") if each.get("type") == "hidden"]
        pressed = next(each for each in form.iter("button") if text_of(each) == button)
        pairs = [*((each.get("name"), each.get("value")) for each in hidden), *given]
        if pressed.get("name"):
            pairs.append((pressed.get("name"), pressed.get("value")))
        filled: dict[str, list[str]] = {}
        for name, value in pairs:
            filled.setdefault(name, []).append(value)
        return pressed.get("formaction") or form.get("action"), filled

    def _follow(self) -> Page:
        for _ in range(5):
            if self.response.status_code not in (301, 302, 303):
                break
            assert not parse_qs(urlsplit(self.response.location).query).keys() - {"return"}
            self.response = self.client.get(self.response.location)
        self.page = Page(self.response)
        return self.page
