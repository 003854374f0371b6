"""What is said of a form is so: nothing is lost in silence, and no remark claims more than what happened."""

from assessment.core.journey import Journey
from assessment.documents.fhir.importing.questionnaire import imported
from tests.documents.brought_in import (
    HL7,
    SDC,
    asked_of,
    boolean,
    choice,
    form,
    group,
    item,
    option,
    quickly,
    said,
    scored,
    total,
    when,
)

LOINC, OTHER = "http://loinc.org", "urn:oid:1.2.3"
WHATEVER = "asked after it, whatever its answer"
NO_LAYOUT = "every page here has one layout"


def control(kind):
    concept = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": kind}]}
    return [{"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": concept}]


def text(link, words, **more):
    return {"linkId": link, "type": "display", "text": words, **more}


def yes(link):
    return [when(link, "=", answerBoolean=True)]


def test_the_label_before_a_text_is_part_of_its_words(tmp_path):
    below = boolean("1", item=[text("1.1", "ring the ward.", prefix="If yes,")])
    found = imported(form(text("0", "Answer for today.", prefix="Note:"), below))
    edition, _ = asked_of(found, tmp_path)

    assert edition.by_id["q_1"].hint == "If yes, ring the ward."
    assert edition.by_id["q_1"].section.intro == "Note: Answer for today."
    assert "prefix" not in str(found.not_carried)


def test_questions_in_a_group_beneath_a_question_keep_the_words_of_the_group(tmp_path):
    found = imported(form(boolean("1", item=[group("1.g", boolean("1.1"), boolean("1.2"))]), boolean("2")))
    edition, _ = asked_of(found, tmp_path)

    assert edition.by_id["q_1_1"].section.title == "Part 1.g"
    assert said(found, "1.g") == ""


def test_an_empty_group_beneath_a_question_is_said_and_splits_no_section(tmp_path):
    below = [boolean("1.1"), group("1.g", text("1.x", "Do a test."))]
    found = imported(form(group("g", boolean("1", item=below), boolean("2"))))
    edition, _ = asked_of(found, tmp_path)

    assert said(found, "1.g") == "nothing in this group is asked: “Part 1.g”"
    assert "no question follows this text" in said(found, "1.x")
    assert edition.by_id["q_2"].section is edition.by_id["q_1_1"].section


def test_a_question_beneath_another_is_asked_whatever_the_answer_only_if_it_does_not_read_it(tmp_path):
    reads = boolean("1", item=[boolean("1.1", enableWhen=yes("1"))])
    in_group = boolean("2", item=[group("2.g", boolean("2.1"), enableWhen=yes("2"))])
    nothing = boolean("3", item=[item("3.1", "string")])
    apart = boolean("4", item=[boolean("4.1"), boolean("4.2", enableWhen=yes("4"))])
    found = imported(form(reads, in_group, nothing, apart))
    asked = Journey(quickly(form(reads, in_group, nothing, apart), tmp_path), {}).known.answers

    assert [WHATEVER in said(found, link) for link in "1234"] == [False, False, False, True]
    assert [id for id in asked if id.startswith("q_") and id.count("_") > 1] == ["q_4_1"]


def test_a_question_that_stands_beneath_what_is_not_asked_is_asked_without_its_words():
    found = imported(form(item("1", "string", text="In the last week:", item=[boolean("1.1")])))

    assert "the questions beneath it are, without its words: “In the last week”" in said(found, "1")


def test_a_condition_that_is_lost_inside_a_group_leaves_the_condition_of_the_group(tmp_path):
    lost = boolean("2", enableWhen=[when("w", "=", answerString="x")])
    resource = form(boolean("1"), item("w", "string"), group("g", lost, enableWhen=yes("1")))

    assert said(imported(resource), "2").startswith("its condition is not carried, so it is asked without it: it reads")
    assert "q_2" not in Journey(quickly(resource, tmp_path), {"q_1": ("no",)}).known.answers


def coded(system, code):
    return {"valueCoding": {"system": system, "code": code, "display": f"Word for {code}"}}


def test_codes_of_answers_that_are_not_kept_are_said_and_those_of_loinc_are_kept(tmp_path):
    kept = item("1", "choice", answerOption=[coded(LOINC, "LA1-1"), coded(LOINC, "LA2-2")])
    lost = item("2", "choice", answerOption=[coded(OTHER, "a1"), coded(LOINC, "LA2-2")])
    found = imported(form(kept, lost, boolean("3")))
    edition, _ = asked_of(found, tmp_path)

    assert [each.loinc for each in edition.by_id["q_1"].options] == ["LA1-1", "LA2-2"]
    assert "codes of answers" in said(found, "2")
    assert said(found, "1") == said(found, "3") == ""


def test_codes_of_the_questionnaire_are_kept_by_a_scale_or_said():
    panel, second, other = (
        {"system": system, "code": code} for system, code in ((LOINC, "1-8"), (LOINC, "2-6"), (OTHER, "x"))
    )

    assert said(imported(form(scored("1"), code=[panel])), "the questionnaire") == ""
    for resource in (
        form(boolean("1"), code=[panel]),
        form(scored("1"), code=[other]),
        form(scored("1"), code=[panel, second]),
        form(group("g", scored("1")), code=[panel]),
    ):
        assert "codes" in said(imported(resource), "the questionnaire")
    assert "codes" in said(imported(form(scored("1", code=[panel, second]))), "1")


def test_how_a_question_is_laid_out_is_said_unless_it_names_the_unit():
    unit = text("2.1", "days", extension=control("unit"))
    found = imported(form(choice("1", "a", "b", extension=control("drop-down")), item("2", "integer", item=[unit])))

    assert NO_LAYOUT in said(found, "1")
    assert NO_LAYOUT not in said(found, "2.1")


def test_the_answers_of_an_older_fhir_are_called_that():
    older = item("1", "choice", option=[option("a"), option("b")])

    assert "as in FHIR STU3" in said(imported(form(older)), "1")


def test_a_sum_of_what_each_answer_counts_is_a_plain_sum(tmp_path):
    resource = form(group("g", scored("1"), scored("2"), total("t", "answers().sum(value.ordinal())")))
    found = imported(resource)
    edition, _ = asked_of(found, tmp_path)
    (items,) = edition.instruments.values()

    assert len(items) == 2
    assert said(found, "t") == "the file counts an item without an answer as nothing; here the total is not known then"


def test_what_a_file_says_of_its_total_is_handed_to_the_author():
    counted = total("t", "answers().sum(value.ordinal())")
    counted["extension"][0]["valueExpression"]["description"] = "0 to 2: low; 3 and 4: high"
    found = imported(form(scored("1"), scored("2"), counted))

    assert "“0 to 2: low; 3 and 4: high”" in said(found, "t")
    assert "no bands are carried" in str(found.to_write)
    assert counted["extension"][0]["url"] == f"{SDC}calculatedExpression"


def test_names_that_are_cut_short_are_left_to_the_author():
    long = boolean("1", text="How often did you, in the week before this one, walk to the shop alone?")
    cut = [str(left) for left in imported(form(long, boolean("2"))).to_write if left.where == "short"]

    assert cut == ["short: cut short for q_1: give each a name that says what it asks"]


def test_a_title_that_asks_keeps_its_question_mark(tmp_path):
    edition = quickly(form(boolean("1"), title="How was your week?"), tmp_path)

    assert edition.by_id["q_1"].section.title == "How was your week?"
