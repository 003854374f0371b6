"""The languages that the app speaks, from their catalogues. With a text missing or outdated it does not start."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from assessment import catalogues
from assessment.core.checks import Checked
from assessment.core.directory import Service
from assessment.core.edition import Edition, edition
from assessment.core.language import ENGLISH, Language, isolated, speaking
from assessment.core.readers import Reader
from assessment.core.safety import Say, service_told, told
from assessment.core.source import Fault, Faults, Mark
from assessment.pseudo import PSEUDO, pseudo

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = Path("assessment", "translations")

KEYWORDS: Final = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}
JINJA: Final = {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "silent": "false"}


@dataclass(frozen=True)
class Telling:
    """A language of the interface, and the questionnaire as it is told in it."""

    language: Language
    editions: dict[Reader, Edition]
    services: tuple[Service, ...]
    nations: dict[str, str]


@dataclass(frozen=True)
class Held:
    """A catalogue, and what it is to hold."""

    path: Path
    wanted: Catalog

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with it."""
        here = Path.cwd()
        file = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        return catalogues.faults(catalogues.read(self.path), self.wanted, str(file))


def tellings(tags: Sequence[str], questionnaire: Path, checked: Checked) -> list[Telling]:
    """Return the languages that are turned on, the first of them first; `Faults` with all that is wrong with them."""
    wrong = [fault for tag in tags for fault in faults(tag, questionnaire, checked)]
    if wrong:
        raise Faults(wrong)
    return [_telling(tag, questionnaire, checked) for tag in tags]


def faults(tag: str, questionnaire: Path, checked: Checked) -> Iterator[Fault]:
    """Yield what is missing or outdated in a language."""
    if tag in (ENGLISH.tag, PSEUDO.tag) or not checked.editions:
        return
    about = _first(checked).about
    if tag not in {**about.languages, **about.safety_pages}:
        hint = "name the catalogue of its safety pages in “safety_pages”, or take it out of LANGUAGES"
        yield Fault(Mark(questionnaire.name), f"this questionnaire has no safety pages in “{tag}”", hint)
    for held in catalogues_of(tag, questionnaire, checked):
        yield from held.faults()


def catalogues_of(tag: str, questionnaire: Path, checked: Checked) -> list[Held]:
    """Return the catalogues of a language: the interface's, and the questionnaire's if its safety pages have one."""
    held = [Held(ROOT / FOLDER / f"{tag}.po", interface())]
    file = _first(checked).about.safety_pages.get(tag)
    return [*held, Held(questionnaire.parent / file, safety_pages(checked))] if file else held


def _telling(tag: str, questionnaire: Path, checked: Checked) -> Telling:
    if tag == ENGLISH.tag:
        return Telling(ENGLISH, checked.editions, services(checked), nations(checked))
    if tag == PSEUDO.tag:
        return _told(PSEUDO, checked, pseudo)
    texts, *pages = (catalogues.read(each.path) for each in catalogues_of(tag, questionnaire, checked))
    locale = Locale.parse(tag)
    language = Language(
        tag,
        locale.get_language_name(tag) or tag,
        catalogues.words(texts),
        locale=tag,
        leftward=locale.text_direction == "rtl",
        draft=texts.fuzzy,
    )
    return _told(language, checked, catalogues.words(pages[0]).gettext if pages else str)


def _told(language: Language, checked: Checked, say: Say) -> Telling:
    """Return a questionnaire with its safety pages in a language; one that is written in it stays as it is."""
    if language.leftward:
        say = _in_order(say)
    editions: dict[Reader, Edition] = {}
    for reader, each in checked.editions.items():
        if reader.language == language.tag:
            with speaking(language):
                editions[reader] = edition(each.document, reader, each.version)
        else:
            editions[reader] = edition(told(each, say), reader, each.version)
    if language.tag in checked.services:
        return Telling(language, editions, checked.services[language.tag], nations(checked, language.tag))
    places = {id: say(name) for id, name in nations(checked).items()}
    return Telling(language, editions, tuple(service_told(each, say) for each in services(checked)), places)


def _in_order(say: Say) -> Say:
    return lambda text: isolated(say(text))


@cache
def interface() -> Catalog:
    """Return every text of the interface, and where it stands."""
    found = Catalog()
    for file in sorted((ROOT / "assessment").rglob("*.py")):
        if "gettext" in file.read_text(encoding="utf-8"):
            _gather(found, "python", file)
    for file in sorted((ROOT / "templates").rglob("*.html")):
        _gather(found, "jinja2.ext:babel_extract", file)
    return found


def _gather(found: Catalog, method: str, file: Path) -> None:
    for _, message, _, _ in extract_from_file(method, file, keywords=KEYWORDS, options=JINJA):
        found.add(message, locations=[(str(file.relative_to(ROOT)), 0)])


def safety_pages(checked: Checked) -> Catalog:
    """Return every text of a questionnaire's safety pages."""
    found = Catalog()

    def gather(text: str) -> str:
        found.add(text)
        return text

    for each in checked.editions.values():
        told(each, gather)
    for service in services(checked):
        service_told(service, gather)
    for name in nations(checked).values():
        gather(name)
    return found


def services(checked: Checked) -> tuple[Service, ...]:
    """Return a questionnaire's services as its first language has them."""
    return checked.services[_first(checked).reader.language]


def _first(checked: Checked) -> Edition:
    return next(iter(checked.editions.values()))


def nations(checked: Checked, tag: str = ENGLISH.tag) -> dict[str, str]:
    """Return the names of the nations by id, as a questionnaire has them in a language or else in its first."""
    first = next((each for reader, each in checked.editions.items() if reader.language == tag), _first(checked))
    return {choice.id: choice.text for choice in first.by_id[first.about.directory.nation].options}
