"""So many radio questions, one on a page."""

import os

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

QUESTIONS = int(os.environ["QUESTIONS"])
EVERY = [["never", "Never"], ["some", "Sometimes"], ["often", "Often"], ["always", "Always"]]


class C(BaseConstants):
    NAME_IN_URL = "questions"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    for _number in range(QUESTIONS):
        locals()[f"answer_{_number}"] = models.StringField(
            choices=EVERY, widget=widgets.RadioSelect, label=f"How often does it happen, in the sense of {_number}?"
        )


page_sequence = [
    type(
        f"Question{number}",
        (Page,),
        {
            "form_model": "player",
            "form_fields": [f"answer_{number}"],
            "template_name": "questions/Question.html",
            "__module__": __name__,
        },
    )
    for number in range(QUESTIONS)
]
