"""What a questionnaire says of itself: the service, who reads it, and where help is looked for."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from assessment.core.writing import Day, Id, Text, Whole, Written, YesNo, as_list


class Directory(Written):
    """Which questions decide which services are near and fitting; the first of `door` that is answered, which door."""

    nation: Id
    age: Id
    door: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = ()


class HelpGroup(Written):
    """A group of services on the page of help that anyone may read at any time."""

    id: Id
    title: Text
    text: Text
    topics: Annotated[tuple[Id, ...], Field(min_length=1)]
    alarm: YesNo = False


class About(Written):
    """The service as a whole."""

    name: Text
    owner: Text
    purpose: Text
    interest: Text
    reviewed: Day
    next_review: Day
    languages: Annotated[dict[Id, Text], Field(min_length=1)]
    safety_pages: dict[Id, Text] = Field(default_factory=dict)
    """The catalogues of languages in which only the safety pages are told, as files beside the main one."""

    directory: Directory
    help: tuple[HelpGroup, ...] = ()


class SomeoneElse(Written):
    """The questions that say where an absent person is, and how old they are."""

    nation: Id
    age: Id


class Audience(Written):
    """Who reads: the sentence on their door, what they are told before they start, and how their answers come about.

    Readers with `someone_else` answer about a person who is not there, and who is never scored. Readers who `keys_in`
    type what another audience answers, a section on a page, and may leave anything blank.
    """

    start: Text
    minutes: Annotated[Whole, Field(gt=0)] | None = None
    intro: Text | None = None
    answered: Text | None = None
    someone_else: SomeoneElse | None = None
    keys_in: Id | None = None
