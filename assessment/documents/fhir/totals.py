"""An instrument's total as FHIRPath, by the rules of `core.scoring`: nothing where our engine gives no total.

What an option counts stands at the option (ordinalValue and itemWeight) and is read with SDC's `weight()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.core import definition as written
from assessment.core.answers import DECLINED
from assessment.core.edition import Question

METHODS = {
    "sum": "{points}.sum()",
    "mean": "({points}.sum() / {count})",
    "count": "{points}.where($this > 0).count()",
    "max": "{points}.max()",
}


@dataclass(frozen=True)
class Scale:
    """The answers to an instrument's items, as FHIRPath.

    `asked` says where any item is asked (empty: always); `answers` are those of all items, and `codes` what was chosen,
    by item; `skipped` says, by item, where one is rightly skipped; `total` is where the total stands in a response.
    """

    items: tuple[Question, ...]
    asked: str
    answers: str
    codes: Mapping[str, str]
    skipped: Mapping[str, str]
    total: str

    @property
    def instrument(self) -> written.Instrument:
        """Return the instrument."""
        instrument = self.items[0].instrument
        assert instrument is not None  # noqa: S101 - items are made from an instrument
        return instrument

    @property
    def prorated(self) -> bool:
        """Say whether a total may be estimated when items are missing."""
        return not isinstance(self.instrument.missing, str) and self.instrument.score != "max"

    def calculated(self) -> tuple[dict[str, str], str]:
        """Return the total's expression, and before it the variables that it reads, in order."""
        named = {"points": self._points()}
        total = f"%points.count() = {len(self.items)}, {self._method('%points')}"
        if not self.prorated:
            return named, self._where_asked(f"iif({total}, {{}})")
        named |= {"least": self._bound("%points", 0), "most": self._bound("%points", 1), "estimate": self._estimate()}
        rule = self.instrument.missing
        enough = max(rule.prorate_from, 1) if not isinstance(rule, str) else 1
        within = "iif(%estimate < %least, %least, iif(%estimate > %most, %most, %estimate))"
        return named, self._where_asked(f"iif({total}, iif(%points.count() >= {enough}, {within}, {{}}))")

    def compared(self, comparison: str, number: float) -> str:
        """Return where the total, or the whole range that it can have, is known to compare so."""
        ends = {">": [0], ">=": [0], "<": [1], "<=": [1], "=": [0, 1]}[comparison]
        held = " and ".join(f"({self._bound(self._points(), end)} {comparison} {number:g})" for end in ends)
        if self.prorated:
            held = f"({held}) or {self.total}.where($this {comparison} {number:g}).exists()"
        return f"({self.asked}) and ({held})" if self.asked else held

    def _where_asked(self, total: str) -> str:
        return f"iif({self.asked}, {total}, {{}})" if self.asked else total

    def _points(self) -> str:
        """Return what each answered or rightly skipped item counts, as a collection."""
        every = f"{self.answers}.where(code != '{DECLINED}').weight()"
        for item in self.items:
            if item.id in self.skipped and item.item:
                every += f".combine(iif({self.skipped[item.id]}, {item.item.skipped_points}, {{}}))"
        return every

    def _missing(self, item: Question) -> str:
        none = f"{self.codes[item.id]}.empty()"
        return f"{none} and ({self.skipped[item.id]}).not()" if item.id in self.skipped else none

    def _bound(self, points: str, end: int) -> str:
        """Return the least (0) or the most (1) that the total can be."""
        for item in self.items:
            points += f".combine(iif({self._missing(item)}, {item.point_range[end]}, {{}}))"
        return self._method(points)

    def _method(self, points: str) -> str:
        return METHODS[self.instrument.score].format(points=points, count=len(self.items))

    def _estimate(self) -> str:
        """Return the total with the mean of the answered items, each of one weight, in place of the missing."""
        weights = {item.id: 1 if self.instrument.score == "count" else item.weight for item in self.items}
        given = METHODS["count" if self.instrument.score == "count" else "sum"].format(points="%points")
        present = " + ".join(f"iif({self._missing(item)}, 0, {weights[item.id]})" for item in self.items)
        grown = f"{given} * {sum(weights.values())} / ({present})"
        return f"{grown} / {len(self.items)}" if self.instrument.score == "mean" else f"({grown} + 0.5).floor()"
