"""The authors' documentation names every key that the language takes."""

import re

import pytest

from assessment.core.definition import Questionnaire
from assessment.core.writing import Written
from tests.core.planting import ROOT

TEXT = (ROOT / "docs" / "questionnaire-language.md").read_text(encoding="utf-8")
TEXT = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
NAMED = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", TEXT))))


@pytest.mark.parametrize("node", Written.__subclasses__(), ids=lambda node: node.__name__)
def test_every_key_is_named(node):
    keys = {info.alias or name for name, info in node.model_fields.items()}

    assert keys - NAMED == set()


def test_every_key_of_the_schema_is_a_key_of_the_language():
    schema = Questionnaire.model_json_schema()
    written = {name for node in schema["$defs"].values() for name in node.get("properties", {})}
    known = {info.alias or name for node in Written.__subclasses__() for name, info in node.model_fields.items()}

    assert written <= known
