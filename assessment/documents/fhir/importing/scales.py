"""Which questions of a form make a scale: those with weights that stand together, or that a total adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessment.documents.fhir.importing.answers import Answer, Answers
from assessment.documents.fhir.importing.shapes import Item, Left, Node
from assessment.documents.fhir.importing.totals import Total


@dataclass
class Asked:
    """A question that is brought in: its options or its number, and its id once everything has one."""

    node: Node
    place: int
    answers: Answers | None = None
    number: dict[str, object] | None = None
    hints: list[str] = field(default_factory=list)
    id: str = ""
    in_scale: bool = False

    @property
    def link(self) -> str:
        """Return what the file calls it."""
        return self.node.item.link_id

    @property
    def several(self) -> bool:
        """Say whether any number of answers can be chosen."""
        return self.answers is not None and self.node.item.repeats

    @property
    def options(self) -> tuple[Answer, ...]:
        """Return what can be chosen."""
        return self.answers.options if self.answers else ()

    @property
    def unsure(self) -> Answer | None:
        """Return “I’m not sure” where it can be chosen: not in a scale."""
        return self.answers.not_sure if self.answers and not self.in_scale else None

    @property
    def scored(self) -> bool:
        """Say whether it can be an item of a scale: one answer, and a whole weight for every answer."""
        return self.answers is not None and self.answers.scored and not self.several


@dataclass
class Scale:
    """Questions whose weights are added up, and the item of the file that gave the total."""

    items: list[Asked]
    total: Total | None = None
    id: str = ""

    @property
    def group(self) -> Item | None:
        """Return the group that it stands in."""
        return self.items[0].node.group


def scales(asked: list[Asked], totals: list[Total], left: list[Left]) -> list[Scale]:
    """Return the scales of a form in its order. What has weights and is in no total of its group is asked unscored."""
    weighted = {each.link: each for each in asked if each.scored}
    left += [Left(each.link, why) for each in asked if not each.scored for why in _why_unscored(each)]
    found: list[Scale] = []
    for total in totals:
        items, why = _summed(total, weighted, asked)
        taken = {each.link for scale in found for each in scale.items}
        if not why and taken & {each.link for each in items}:
            why = "it adds up items that another total adds up already; here an item is in one scale only"
        if why:
            left.append(Left(total.node.item.link_id, f"this calculated value is not carried: {why}"))
        else:
            found.append(Scale(items, total))
    taken = {each.link for scale in found for each in scale.items}
    with_total = {id(scale.group) for scale in found}
    rest: dict[int, list[Asked]] = {}
    for link, each in weighted.items():
        if link not in taken and id(each.node.group) in with_total:
            left.append(Left(link, "its weights are in no total that could be carried, so it is asked and not scored"))
        elif link not in taken:
            rest.setdefault(id(each.node.group), []).append(each)
    every = sorted([*found, *map(Scale, rest.values())], key=lambda scale: scale.items[0].place)
    for each in (item for scale in every for item in scale.items):
        each.in_scale = True
    return every


def _why_unscored(asked: Asked) -> Iterable[str]:
    points = [option.points for option in asked.options]
    if all(each is None for each in points):
        return
    if asked.several:
        yield "its answers have weights, but several can be chosen, so it is asked and not scored"
    elif None in points:
        without = next(option.text for option in asked.options if option.points is None)
        yield f"some answers have weights and “{without}” has none, so it is asked and not scored"
    else:
        yield "its weights are not whole numbers, so it is asked and not scored"


def _summed(total: Total, weighted: Mapping[str, Asked], asked: list[Asked]) -> tuple[list[Asked], str]:
    """Return the questions that a total adds up, or why it cannot be carried."""
    if total.adds is None:
        return [], "its formula is not recognised as a plain sum of the weights of items"
    above = {each.link: {owner.link_id for owner in each.node.above} for each in asked}
    groups = {name for owners in above.values() for name in owners} - set(above)
    named = total.adds or frozenset(weighted)
    links = (named - groups) | {link for link in weighted if named & groups & above[link]}
    unknown = sorted(link for link in links if link not in weighted)
    if unknown:
        return [], f"it counts “{unknown[0]}”, which is no question here whose every answer has a whole weight"
    items = sorted((weighted[link] for link in links), key=lambda each: each.place)
    if total.count not in (None, len(items)):
        return [], f"it asks for {total.count} answers and counts {len(items)} items"
    if not items:
        return [], "it counts nothing that has weights"
    if len({id(each.node.group) for each in items}) > 1:
        return [], "it adds up items of several groups"
    return items, ""


def apart(scale: Scale, asked: Iterable[Asked]) -> Iterable[Asked]:
    """Return the other questions that the file asks among the items of a scale; here they come after it."""
    members = {each.link for each in scale.items}
    first, last = scale.items[0].place, scale.items[-1].place
    return [each for each in asked if first < each.place < last and each.link not in members]
