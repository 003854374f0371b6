"""A questionnaire in which anything may be wrong is loaded, or refused with the places: never an exception, no hang."""

import json

from hypothesis import given
from hypothesis import strategies as st

from assessment.core.checks import check
from assessment.core.loading import load
from assessment.core.source import read
from tests.core.planting import SHIPPED, SLEEP, TODAY, texts_of
from tests.fuzzing.patience import tried, within
from tests.fuzzing.spoiling import spoiled

TEXTS = {questionnaire: texts_of(questionnaire) for questionnaire in (SLEEP, SHIPPED)}
SECONDS = 60  # ten times what checking the whole shipped questionnaire takes


def planted(folder, questionnaire, data):
    """Write a copy of a questionnaire with one file spoiled, and return its main file."""
    texts = TEXTS[questionnaire]
    name = data.draw(st.sampled_from(sorted(texts)), label="file")
    for file, text in texts.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    tree, _ = read(folder / name, name)
    (folder / name).write_bytes(data.draw(spoiled(texts[name], json.loads(json.dumps(tree))), label="as"))
    return folder / questionnaire.name


def placed(faults):
    for fault in faults:
        assert fault.at.file
        assert fault.at.line >= 1
        assert fault.at.column >= 1
        assert fault.message
        assert str(fault)


@tried(20)
@given(data=st.data())
def test_a_small_questionnaire_with_a_spoiled_file_is_checked_to_the_end(tmp_path_factory, data):
    path = planted(tmp_path_factory.getbasetemp(), SLEEP, data)
    with within(SECONDS):
        checked = check(path, TODAY)

    placed(checked.faults)
    assert checked.refused or checked.editions


@tried(3)
@given(data=st.data())
def test_so_is_the_shipped_one(tmp_path_factory, data):
    path = planted(tmp_path_factory.getbasetemp(), SHIPPED, data)
    with within(SECONDS):
        placed(load(path).faults)


@tried(100)
@given(written=st.binary(max_size=200) | st.text(alphabet="ab&*![]{}:-?|>'\"#%@, \n\t", max_size=60).map(str.encode))
def test_whatever_a_file_holds_is_a_tree_or_a_fault(tmp_path_factory, written):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(written)
    with within(SECONDS):
        _, faults = read(path, "any.yaml")

    placed(faults)
