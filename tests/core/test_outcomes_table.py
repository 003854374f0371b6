import pytest

from assessment.core.answers import written_down
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.outcomes import in_short, reached
from assessment.core.proofs import Prover
from assessment.core.readers import Reader


@pytest.fixture(scope="module", params=["sleeper", "partner", "nurse"])
def edition(request, checked_sleep):
    return checked_sleep.editions[Reader(request.param, "en")]


def test_every_guidance_is_listed_in_the_order_of_the_file(edition):
    assert [each.guidance for each in reached(edition)] == list(edition.document.guidance)


def test_the_answers_lead_to_the_guidance_and_none_can_be_left_out(edition, monkeypatch):
    found, someone = [], Prover.someone

    def noted(prover, goal):
        found.append(someone(prover, goal))
        return found[-1]

    def shown(answers):
        return {advice.guidance.id for advice in assess(Journey(edition, answers)).advice}

    monkeypatch.setattr(Prover, "someone", noted)
    for each in reached(edition):
        answers = found[-1]  # another search may find somebody else
        assert each.answers == (in_short(edition, answers) or ("everyone",))
        assert each.guidance.id in shown(answers)
        for id in answers:
            fewer = {other: answer for other, answer in answers.items() if other != id}
            assert each.guidance.id not in shown(fewer)


def test_what_everyone_is_shown_needs_no_answer(sleep):
    assert next(each for each in reached(sleep) if each.guidance.id == "about_sleep").answers == ("everyone",)


def test_what_nobody_is_shown_says_so(sleep):
    never = sleep.document.guidance[0].model_copy(update={"unless": sleep.document.guidance[0].when})
    document = sleep.document.model_copy(update={"guidance": (never,)})

    assert [each.answers for each in reached(type(sleep)(sleep.reader, document, sleep.questions, ""))] == [("nobody",)]


def test_answers_are_said_in_the_order_in_which_they_are_asked_for(sleep):
    answers = {"woken_by": ("none",), "hours": 7}
    hours, woken = sleep.by_id["hours"], sleep.by_id["woken_by"]

    assert in_short(sleep, answers) == (
        f"{hours.short}: 7 hours",
        f"{woken.short}: {written_down(woken, ('none',))}",
    )
