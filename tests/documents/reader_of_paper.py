"""Somebody with a pencil, who has only the form and its key: follows the sentences, adds up by the tables."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor

import html5lib

LIST = r"“[^”]*”(?:, “[^”]*”)*(?: (?:or|and) “[^”]*”)?"
STATEMENT = re.compile(
    rf"you (?:answered|ticked) (?P<only>only )?(?P<chosen>{LIST}) at question (?P<at>\d+)"
    rf"|you ticked any box but (?P<but>{LIST}) at question (?P<but_at>\d+)"
    r"|your number at question (?P<number_at>\d+) is (?P<number>\d+) or more"
    r"|your answer to question (?P<item>\d+) counts (?P<counts>\d+) or more"
    r"|the points of questions (?P<from>\d+) to (?P<to>\d+) add up to (?P<sum>\d+) or more"
)
LETTERS = re.compile(r"(?:^|; )\([a-z]\) ")
DECLINED = "I’d rather not say"


def tree_of(html):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def quoted(words):
    return set(re.findall("“([^”]*)”", words))


@dataclass
class Scale:
    """What the key says of a scale: the points of each answer by question number, the ranges, what is to be done."""

    points: dict[int, dict[str, int]] = field(default_factory=dict)
    skipped: dict[int, int] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)
    bands: list[tuple[float, float, str]] = field(default_factory=list)
    method: str = ""


class Key:
    """A scoring key, read from its page."""

    def __init__(self, html):
        self.tree = tree_of(html)
        self.scales = {}
        for section in (each for each in self.tree.iter("section") if each.get("class") == "scale"):
            scale = self.scales[section.get("id")] = Scale()
            points, *bands = section.iter("table")
            for row in points.find("tbody"):
                number = int(text_of(row.find("th")))
                weight = re.search(r"\(weight (\d+)\)$", text_of(row.find("td")))
                scale.weights[number] = int(weight[1]) if weight else 1
                told = dict(re.fullmatch(r"(.*): (\d+)", text_of(each)).groups() for each in row.iter("li"))
                if "Skipped as the form says" in told:
                    scale.skipped[number] = int(told.pop("Skipped as the form says"))
                scale.points[number] = {words: int(count) for words, count in told.items()}
            for table in bands:
                rows = [[text_of(cell) for cell in row] for row in table.find("tbody")]
                scale.bands = [(float(low), float(high), title) for low, high, title in rows]
            scale.method = next(text_of(each) for each in section.iter("p") if each.get("class") == "method")

    def total(self, scale, given, rightly_skipped):
        """Return the total by the key, or the least and most it could be where an answer is missing."""
        low, high, known = [], [], []
        for number, points in scale.points.items():
            if set(given.get(number, ())) & set(points):
                counts = [points[words] for words in given[number]]
            elif number in rightly_skipped and number in scale.skipped:
                counts = [scale.skipped[number]]
            else:
                counts = [*points.values(), *([scale.skipped[number]] if number in scale.skipped else [])]
            low.append(min(counts))
            high.append(max(counts))
            if len(counts) == 1:
                known.append(number)
        assert scale.method.startswith("Add the points. With ")
        grown = re.search(
            r"With at least (\d+) answers, multiply by (\d+), divide by the (number|weights) of", scale.method
        )
        if grown and int(grown[1]) <= len(known) < len(low):
            points = sum(count for number, count in zip(scale.points, low, strict=True) if number in known)
            weights = sum(scale.weights[number] for number in known) if grown[3] == "weights" else len(known)
            total = floor(points * int(grown[2]) / weights + 0.5)
            return (min(max(total, sum(low)), sum(high)),) * 2
        return sum(low), sum(high)

    def bands(self, id, total):
        return [title for low, high, title in self.scales[id].bands if low <= total <= high]

    def signs(self):
        """Return the warning signs: their words, and when they are there."""
        found = (re.fullmatch(r"(.*?): if (.*)\.", text_of(each)) for each in next(self.tree.iter("ul")))
        return [each.groups() for each in found]


class Form:
    """A blank form, read from its page: questions by number, their answers, and the sentences on when to skip them."""

    def __init__(self, html):
        self.tree = tree_of(html)
        self.questions = {}
        self.skipped = set()
        for section in (each for each in self.tree.iter("section") if each.get("class") == "asked"):
            number, words = re.fullmatch(r"(\d+)\. (.*)", text_of(section.find("h3"))).groups()
            rules = [text_of(each) for each in section.iter("p") if each.get("class") == "rule"]
            labels = [text_of(each) for each in section.iter("label")]
            self.questions[int(number)] = (words, rules[0] if rules else "", labels)

    def answered(self, ticked, key):
        """Return what counts of all that was ticked, following the sentences from the top."""
        counted, skipped = {}, self.skipped
        skipped.clear()
        for number, (_, rule, _) in self.questions.items():
            if all(self._goes_on(sentence, counted, key) for sentence in re.split(r"(?<=\.) (?=Only|Skip)", rule)):
                if number in ticked:
                    counted[number] = ticked[number]
            else:
                skipped.add(number)
        return counted, skipped

    def _goes_on(self, sentence, counted, key):
        if not sentence:
            return True
        start, condition = re.fullmatch(r"(Only if|Skip this if) (.*)\.", sentence).groups()
        return self.holds(condition, counted, key) == (start == "Only if")

    def holds(self, condition, counted, key):
        """Say whether a condition holds of what counts so far, by its words alone."""
        lettered = re.fullmatch(r"(all|one) of these (?:are|is) so: (.*)", condition)
        if lettered:
            parts = LETTERS.split(lettered[2])[1:]
            return (all if lettered[1] == "all" else any)(self.holds(part, counted, key) for part in parts)
        found = list(STATEMENT.finditer(condition))
        joints = {condition[a.end() : b.start()] for a, b in pairwise(found)}
        assert found, condition
        assert (found[0].start(), found[-1].end()) == (0, len(condition)), condition
        assert joints in (set(), {", and "}, {", or "}), condition
        return (all if joints == {", and "} else any)(self._said(each, counted, key) for each in found)

    def _said(self, said, counted, key):
        given = {number: set(words) for number, words in counted.items()}
        if said["chosen"]:
            there = given.get(int(said["at"]), set())
            return (
                bool(there) and there <= quoted(said["chosen"])
                if said["only"]
                else bool(there & quoted(said["chosen"]))
            )
        if said["but"]:
            return bool(given.get(int(said["but_at"]), set()) - quoted(said["but"]))
        if said["number"]:
            numbers = [int(each) for each in given.get(int(said["number_at"]), ()) if each.isdecimal()]
            return any(number >= int(said["number"]) for number in numbers)
        points = {n: each for scale in key.scales.values() for n, each in scale.points.items()}
        if said["item"]:
            item = int(said["item"])
            return any(points[item].get(each, -1) >= int(said["counts"]) for each in given.get(item, ()))
        scale = next(scale for scale in key.scales.values() if int(said["from"]) in scale.points)
        least, _ = key.total(scale, counted, self.skipped)
        return least >= int(said["sum"])
