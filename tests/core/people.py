"""Random people: any answers to any questions, declined, not sure, left out and left behind included."""

from hypothesis import strategies as st

from assessment.core.answers import DECLINED
from assessment.core.conditions import NOT_SURE


def answers_to(question):
    """Any answer that the judge of answers could give to a question."""
    singles = [(DECLINED,), *([(NOT_SURE,)] if question.not_sure else [])]
    if question.number:
        return st.one_of(st.integers(question.number.min, question.number.max), st.sampled_from(singles))
    order = list(question.choices)
    if not question.several:
        return st.sampled_from([(id,) for id in order] + singles)
    together = [id for id in order if not question.choices[id].alone]
    some = st.sets(st.sampled_from(together), min_size=1).map(lambda ids: tuple(sorted(ids, key=order.index)))
    alone = [(id,) for id in order if question.choices[id].alone]
    return st.one_of(st.sampled_from(alone + singles), some)


def people(edition, **fixed):
    """Answers of any person; `fixed` gives strategies for some questions. A third of the rest is left out."""
    chosen = {question.id: answers_to(question) for question in edition.questions} | fixed
    required = {id: chosen[id] for id in fixed}
    optional = {id: strategy for id, strategy in chosen.items() if id not in fixed}
    return st.fixed_dictionaries(required, optional=optional)


def calm_people(edition):
    """People who mostly report nothing, so that what is said to them is said often enough to be tested."""
    calm = {"never", "none", "not_at_all", "safe", "not_pregnant", "never_almost_never", "not_difficult", "stop"}
    calm |= {"no", "no_sign", "none_of_the_time"}
    chosen = {}
    for question in edition.questions:
        quiet = [(id,) for id in question.choices if id in calm]
        anything = answers_to(question)
        chosen[question.id] = st.one_of(*[st.sampled_from(quiet)] * 30, anything) if quiet else anything
    return st.fixed_dictionaries(chosen)
