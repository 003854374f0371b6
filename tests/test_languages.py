"""Catalogues: what is missing in one, or outdated, is found with its place; bringing one up to date loses nothing."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner

from assessment import catalogues, languages
from assessment.cli import main
from assessment.core.checks import open_questionnaire
from assessment.core.language import ENGLISH, gettext, ngettext, speaking, spoken
from assessment.core.source import Faults
from assessment.pseudo import PSEUDO, pseudo

ROOT = Path(__file__).parents[1]
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=n!=1;\\n"\n\n'
)


@pytest.fixture(scope="module")
def shipped():
    return open_questionnaire(ROOT / "questions.yaml", date(2026, 11, 30))


@pytest.fixture
def faults(tmp_path):
    """Return what is wrong with a catalogue that is to hold a few texts."""

    def found(text, *wanted):
        file = tmp_path / "cy.po"
        file.write_text(HEADER + text, encoding="utf-8")
        said = Catalog()
        for each in wanted:
            said.add(each)
        return [str(fault) for fault in catalogues.faults(catalogues.read(file), said, "cy.po")]

    return found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "Leave"\nmsgstr "Gadael"\n', []),
        ("", ["cy.po:1:1: “Leave” is missing"]),
        ('msgid "Leave"\nmsgstr ""\n', ["cy.po:6:1: “Leave” has no words yet"]),
        ('#, fuzzy\nmsgid "Leave"\nmsgstr "Mynd"\n', ["cy.po:7:1: “Leave” was changed in English"]),
        (
            'msgid "Leave"\nmsgstr "Gadael"\n\nmsgid "Go"\nmsgstr "Mynd"\n',
            ["cy.po:9:1: “Go” is not said any more"],
        ),
    ],
)
def test_a_text_that_is_missing_or_outdated_is_a_fault_with_its_place(faults, text, told):
    assert [each.partition("\n")[0] for each in faults(text, "Leave")] == told


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("Call 999", "Ffoniwch 998"),
        ("Text SHOUT", "Tecstiwch SOUT"),
        ("About %(n)s minutes", "Tua munud"),
        ("See <a>this</a>", "Gweler hyn"),
        ("On samaritans.org", "Ar samaritans.com"),
    ],
)
def test_numbers_addresses_and_places_for_values_are_the_same_in_every_language(faults, english, other):
    assert "other numbers, names or tags" in "".join(faults(f'msgid "{english}"\nmsgstr "{other}"\n', english))


def test_every_form_of_the_plural_is_owed(faults):
    said = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s dydd"\n'
    wanted = ("%(n)s day", "%(n)s days")

    assert "has no words yet" in "".join(faults(said + 'msgstr[1] ""\n', wanted))
    assert not faults(said + 'msgstr[1] "%(n)s diwrnod"\n', wanted)


def test_a_language_without_its_texts_does_not_start(shipped):
    with pytest.raises(Faults, match="safety pages in “fr”"):
        languages.tellings(["en", "fr"], ROOT / "questions.yaml", shipped)


def test_the_check_looks_at_the_catalogues_of_the_languages_that_are_named():
    told = CliRunner().invoke(main, ["check", "--languages", "en,fr"])

    assert told.exit_code == 1
    assert "safety pages in “fr”" in told.output
    assert "assessment/translations/fr.po" in told.output


def test_bringing_a_catalogue_up_to_date_keeps_what_was_written(tmp_path):
    file = tmp_path / "cy.po"
    file.write_text(HEADER + 'msgid "Leave"\nmsgstr "Gadael"\n\nmsgid "Go"\nmsgstr "Mynd"\n', encoding="utf-8")
    wanted = Catalog()
    wanted.add("Leave")
    wanted.add("Help")
    catalogues.update(file, wanted)
    kept = catalogues.read(file)

    assert {each.id: each.string for each in kept if each.id} == {"Leave": "Gadael", "Help": ""}


def test_a_language_is_spoken_for_as_long_as_it_is_asked_for():
    with speaking(PSEUDO):
        assert gettext("Leave") == pseudo("Leave")
        assert ngettext("day", "days", 2) == pseudo("days")

    assert spoken() is ENGLISH
    assert gettext("Leave") == "Leave"


def test_names_and_addresses_are_the_same_in_every_language(shipped):
    here, there = languages.tellings(["en", "qps"], ROOT / "questions.yaml", shipped)

    for ours, theirs in zip(here.services, there.services, strict=True):
        assert (ours.name, ours.owner) == (theirs.name, theirs.owner)
        assert [(each.by, each.to) for each in ours.contact] == [(each.by, each.to) for each in theirs.contact]
        assert ours.purpose != theirs.purpose


def test_the_shipped_catalogues_have_every_text_of_today(shipped):
    _, welsh = languages.tellings(["en", "cy"], ROOT / "questions.yaml", shipped)

    assert (welsh.language.name, welsh.language.draft, welsh.language.leftward) == ("Cymraeg", True, False)
    assert welsh.nations["wales"] == "Cymru"
