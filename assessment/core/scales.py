"""Faults in instruments: points, bands and the wording that must be the recorded wording."""

import hashlib
from collections.abc import Iterator

from assessment.core import definition as written
from assessment.core.edition import items
from assessment.core.loading import Told
from assessment.core.scoring import possible_totals
from assessment.core.source import Fault

SHOWN = 6


def scales(told: Told) -> Iterator[Fault]:
    """Every item has points, every possible total is in exactly one band, and the wording is the recorded wording."""
    for i, instrument in enumerate(told.document.instruments):
        pointless = list(_pointless(told, i, instrument))
        yield from pointless or [*_bands(told, i, instrument), *_change(told, i, instrument)]
        now = checksum(instrument)
        if instrument.checksum != now:
            message = f"the wording, points or bands of {instrument.id} are not the recorded ones"
            hint = f"an instrument is shown word for word: compare it with its source. If it is right, record {now}"
            yield Fault(told.at("instruments", i, "checksum"), message, hint)


def checksum(instrument: written.Instrument) -> str:
    """Return the SHA-256, in hexadecimal, of what makes an instrument: its stem, items, options, scoring and bands."""
    lines = [instrument.stem] if instrument.stem else []
    for item in instrument.items:
        lines += [item.text, f"×{item.weight}", f"skipped {item.skipped_points}", *(["reversed"] * item.reversed)]
        options = item.options or instrument.options or {}
        lines += [f"{id}={option.points}={option.text}" for id, option in options.items()]
    rule = instrument.missing
    lines += [instrument.score, rule if isinstance(rule, str) else f"from {rule.prorate_from}"]
    lines += [f"{band.id}={band.from_:g} to {band.to:g}" for band in instrument.bands]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _pointless(told: Told, i: int, instrument: written.Instrument) -> Iterator[Fault]:
    """Find items that cannot be scored."""
    for n, item in enumerate(instrument.items):
        here = ("instruments", i, "items", n)
        options = item.options or instrument.options
        if not options:
            yield Fault(told.at(*here), f"the item “{item.id}” has no options", "give options to it or the instrument")
        for id, option in (options or {}).items():
            if option.points is None:
                where = told.at(*(here if item.options else here[:2]), "options", id)
                yield Fault(where, f"the option “{id}” of {instrument.id} has no points", "add points: 0, 1, 2 …")
        if item.unless is not None and item.skipped_points is None:
            hint = "add skipped_points: what it counts when it is rightly not asked"
            yield Fault(told.at(*here), f"the item “{item.id}” can be skipped, and counts nothing then", hint)
    if isinstance(instrument.missing, written.Prorate) and instrument.missing.prorate_from > len(instrument.items):
        message = f"{instrument.id} has only {len(instrument.items)} items"
        yield Fault(told.at("instruments", i, "missing", "prorate_from"), message)
    if instrument.missing != "complete" and instrument.score == "max":
        hint = "say “missing: complete”"
        yield Fault(told.at("instruments", i, "missing"), "nobody can prorate the greatest of the answers", hint)


def _totals(instrument: written.Instrument) -> list[float]:
    placed = written.Placed(instrument=instrument.id)
    section = written.Section(id="any", title="any", **{"for": ("any",)}, questions=(placed,))
    return possible_totals(instrument, list(items(section, placed, instrument)))


def _change(told: Told, i: int, instrument: written.Instrument) -> Iterator[Fault]:
    """Find a reliable change that no two totals are apart."""
    totals = _totals(instrument) if instrument.reliable_change else []
    if instrument.reliable_change and instrument.reliable_change.points > totals[-1] - totals[0]:
        message = f"no two totals of {instrument.id} are {instrument.reliable_change.points:g} apart"
        hint = f"totals go from {totals[0]:g} to {totals[-1]:g}"
        yield Fault(told.at("instruments", i, "reliable_change", "points"), message, hint)


def _bands(told: Told, i: int, instrument: written.Instrument) -> Iterator[Fault]:
    """Find bands that no total reaches, and totals that are in no band or in several."""
    if not instrument.bands:
        return
    totals = _totals(instrument)
    bands_of = {total: [band for band in instrument.bands if band.from_ <= total <= band.to] for total in totals}
    for n, band in enumerate(instrument.bands):
        if not any(band in bands for bands in bands_of.values()):
            message = f"no total of {instrument.id} can be in the band “{band.id}”"
            hint = f"totals go from {totals[0]:g} to {totals[-1]:g}"
            yield Fault(told.at("instruments", i, "bands", n), message, hint)
        elif not totals[0] <= band.from_ <= band.to <= totals[-1]:
            message = f"the band “{band.id}” goes beyond the totals of {instrument.id}"
            hint = f"totals go from {totals[0]:g} to {totals[-1]:g}"
            yield Fault(told.at("instruments", i, "bands", n), message, hint)
    for problem, wrong in (
        ("no band", [total for total, bands in bands_of.items() if not bands]),
        ("more than one band", [total for total, bands in bands_of.items() if len(bands) > 1]),
    ):
        if wrong:
            shown = ", ".join(f"{total:g}" for total in wrong[:SHOWN]) + (" …" if len(wrong) > SHOWN else "")
            message = f"{instrument.id}: {shown} {'is' if len(wrong) == 1 else 'are'} in {problem}"
            hint = "every possible total is in exactly one band"
            yield Fault(told.at("instruments", i, "bands", _nearest(instrument, wrong[0])), message, hint)


def _nearest(instrument: written.Instrument, total: float) -> int:
    """Return the place of the last band that starts at or below a total, or of the first one."""
    below = [n for n, band in enumerate(instrument.bands) if band.from_ <= total]
    return max(below, default=0)
