"""Planted claims that are easily missed, and what is close to them and may be said."""

import re

import pytest

from tests.core.planting import SHIPPED, SLEEP, Bed, Plant, finds, texts_of

GUIDANCE = "content/guidance.yaml"
TITLES = iter(re.findall(r"^    title: .*$", texts_of(SHIPPED)[GUIDANCE], re.MULTILINE))  # each takes one text

HAS, IS, GRADES, STIGMA = "what someone has", "labels the reader", "grades the risk", "stigmatising word"
SAFE, CALMS, METHOD = "calls safe what nobody can", "reassures on a guess", "is a method"

PAIRS = [  # what is refused, why, and what is close to it and is not
    ("This shows you have a problem", HAS, "This shows when you have most time"),
    ("Your answers suggest that you have a problem", HAS, "Your answers suggest that a talk may help"),
    ("Your score means you’ve lost control", HAS, "It means you have longer to decide"),
    ("You suffer from low mood", HAS, "Has your sleep suffered?"),
    ("You’re clearly suffering from it", HAS, "Nobody should suffer from shame"),
    ("You may have depression", HAS, "You may have to wait"),
    ("You might have a mild disorder", HAS, "Depression is common, and you might have questions"),
    ("You’ve an addiction", HAS, "You’ve told us about an addiction clinic"),
    ("You meet the criteria for it", HAS, "You meet the team first"),
    ("You screened positive", HAS, "You see the screen first"),
    ("Clinically depressed people feel this", IS, "A clinical team will see you"),
    ("This is about your addiction", IS, "This is about your additions"),
    ("You are suicidal", IS, "You told us about suicidal thoughts"),
    ("You are at high risk of suicide", GRADES, "Drink and drugs raise the risk of an accident"),
    ("High risk of ending your life", GRADES, "High risk of falling"),
    ("You are unlikely to hurt yourself", GRADES, "Call if you feel likely to fall"),
    ("You are no longer at risk of that", GRADES, "You are not alone at a time of risk"),
    ("It is safe to stop now", SAFE, "It is not safe to stop suddenly"),
    ("You’re safe to drive", SAFE, "Ask whether it is safe to drive"),
    ("It’s safe to mix the two", SAFE, "It isn’t safe to mix the two"),
    ("Is there a safe amount?", SAFE, "There is no safe amount"),
    ("Keep to a safe limit", SAFE, "There is no known safe limit"),
    ("That’s nothing to worry about", CALMS, "Is there nothing you worry about?"),
    ("Good news about your score", CALMS, "Good, new ways to sleep"),
    ("An overdose by tablets", METHOD, "An overdose by accident needs help at once"),
    ("Some overdose with tablets", METHOD, "After an overdose, call 999"),
    ("Two months clean", STIGMA, "Two months without it"),
    ("She stayed clean", STIGMA, "Where to get clean needles"),
    ("Clean for a year", STIGMA, "Clean water for a year"),
    ("A dirty test", STIGMA, "A test of dirty water"),
    ("Once an abuser", STIGMA, "Help with domestic abuse"),
    ("They abused alcohol", STIGMA, "They were abused as children"),
    ("What drug users say", STIGMA, "What people who use drugs say"),
    ("A completed suicide", STIGMA, "A completed form"),
]
PLANTS = [Plant(said, GUIDANCE, next(TITLES), f'    title: "{said}"', message) for said, message, _ in PAIRS]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_what_slips_through_easily_is_refused_where_it_is_said(plant, bed_of):
    finds(bed_of(plant, PLANTS, SHIPPED), plant)


@pytest.fixture(scope="module")
def faults_of(tmp_path_factory):
    """Return what is wrong with the other questionnaire once its advice says all this."""

    def faults_of(texts):
        bed = Bed(SLEEP, texts_of(SLEEP))
        old = "    text: A doctor can look at why you gasp at night.\n"
        assert old in bed.texts["advice.yaml"]
        said = "".join(f"      {text}.\n\n" for text in texts)
        bed.texts["advice.yaml"] = bed.texts["advice.yaml"].replace(old, f"    text: |\n{said}", 1)
        bed.check(tmp_path_factory.mktemp("sleep"))
        return [fault.message for fault in bed.faults]

    return faults_of


def test_what_is_close_to_it_may_be_said(faults_of):
    assert not faults_of(near for _, _, near in PAIRS)


def test_the_other_questionnaire_is_held_to_the_same_words(faults_of):
    found = faults_of(said for said, _, _ in PAIRS)

    assert not {message for _, message, _ in PAIRS if not any(message in each for each in found)}
