"""What authors ask the prover: is every promise kept, who is told what, and whom does an edit concern."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from assessment.core.answers import written_down
from assessment.core.checks import Checked, check
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.loading import load
from assessment.core.outcome import assess
from assessment.core.promises import Promise
from assessment.core.vignettes import vignettes
from assessment.documents.report import Line, safety_report
from assessment.given import ROOT, edition_of, opened, questionnaire_option, today
from assessment.printing import write

if TYPE_CHECKING:
    from assessment.core.differences import Both, Change, Person, Retold
    from assessment.core.outcomes import Reached
    from assessment.core.proofs import Verdict


@contextmanager
def needing_z3() -> Iterator[None]:
    """Say what to install where z3 is missing: only the prover asks for it."""
    try:
        yield
    except ModuleNotFoundError:
        raise click.ClickException("the prover needs z3: pip install z3-solver") from None


@click.command()
@questionnaire_option
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write what was proved as HTML or PDF.")
def prove(questionnaire: Path, report: Path | None) -> None:
    """Prove every promise over every possible set of answers, or show the person who breaks it."""
    with needing_z3():
        from assessment.core import proofs  # noqa: PLC0415 - z3 is asked for only here
    checked = opened(questionnaire)
    todo = list(_promises(checked))
    with click.progressbar(todo, label="Proving", show_pos=True) as bar:
        provers = {edition.reader: proofs.Prover(edition) for edition in checked.editions.values()}
        verdicts = [(promise, provers[edition.reader].verdict(promise)) for edition, promise in bar]
    for promise, verdict in verdicts:
        click.echo(f"{'proved ' if verdict.kept else 'BROKEN '} {verdict.edition.reader.audience:10} {promise.id}")
    broken = [(promise, verdict) for promise, verdict in verdicts if not verdict.kept]
    for promise, verdict in broken:
        click.echo(f"\n{promise.id}: {promise.says}")
        click.echo(_breaker(questionnaire, promise, verdict))
    unreached = [each for prover in provers.values() for each in prover.unreached()]
    for each in unreached:
        click.echo(each)
    if report:
        lines = [Line(promise, each.edition, kept=each.kept, checks=each.checks) for promise, each in verdicts]
        people = {reader.audience: proofs.people(prover.edition) for reader, prover in provers.items()}
        write(report, safety_report(lines, ROOT / "templates", people=people, unreached=unreached, day=today()))
    click.echo(f"{len(verdicts) - len(broken)} of {len(verdicts)} proved")
    if broken or unreached:
        raise SystemExit(1)


def _promises(checked: Checked) -> Iterator[tuple[Edition, Promise]]:
    """Yield every promise for every audience, in the first language: wording changes nothing that could be proved."""
    first = next(iter(checked.editions)).language
    for reader, edition in checked.editions.items():
        if reader.language == first:
            yield from ((edition, promise) for promise in edition.document.promises)


def _breaker(questionnaire: Path, promise: Promise, verdict: "Verdict") -> str:
    """Return the person who breaks a promise, and the command that replays them; their answers are put in a file."""
    if verdict.person is None:
        return "undecided: the proof took too long"
    edition, person = verdict.edition, verdict.person
    path = Path(f"{promise.id}.yaml")
    answers = {id: list(each) if isinstance(each, tuple) else each for id, each in person.answers.items()}
    whole = {"audience": edition.reader.audience, "language": edition.reader.language, "answers": answers}
    path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shown = ", ".join(advice.guidance.id for advice in assess(Journey(edition, person.answers)).advice)
    changed = ""
    if person.changed:
        id, answer = person.changed
        changed = f"\n  with {id} changed to “{written_down(edition.by_id[id], answer)}”"
    said = yaml.safe_dump(answers, allow_unicode=True, sort_keys=False, default_flow_style=None)
    replay = f"assessment trace --questionnaire {questionnaire} {path}"
    return f"  broken by:\n{said}{changed}\n  who is shown: {shown}\n  replay: {replay}"


@click.command("outcomes")
@questionnaire_option
@click.option("--audience", help="Whose guidance it is. Without it, the first audience's.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the table as CSV, for a spreadsheet.")
def outcomes_command(questionnaire: Path, audience: str | None, as_csv: bool) -> None:  # noqa: FBT001 - Click passes flags so
    """List every guidance with the fewest answers that lead to it."""
    with needing_z3():
        from assessment.core.outcomes import reached  # noqa: PLC0415 - z3 is asked for only here
    edition = edition_of(opened(questionnaire), audience)
    length = len(edition.document.guidance)
    with click.progressbar(reached(edition), length, "Looking for people", show_pos=True, file=sys.stderr) as bar:
        rows = list(bar)
    if as_csv:
        table = csv.writer(sys.stdout)
        table.writerow(("id", "place", "urgency", "title", "answers"))
        table.writerows((*_columns(row), "; ".join(row.answers)) for row in rows)
        return
    widths = [max(len(cell) for cell in column) for column in zip(*map(_columns, rows), strict=True)][:3]
    for row in rows:
        *cells, title = _columns(row)
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        click.echo("  ".join([*padded, title]))
        click.echo("\n".join(f"    {answer}" for answer in row.answers))


def _columns(row: "Reached") -> tuple[str, ...]:
    guidance = row.guidance
    return guidance.id, guidance.place, guidance.urgency, guidance.title


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff_command(old: Path, new: Path) -> None:
    """Say whom an edit concerns: invented people with another outcome, and for every change somebody it is for."""
    with needing_z3():
        from assessment.core import differences  # noqa: PLC0415 - z3 is asked for only here
    before, after = _by_audience(old), _by_audience(new)
    for audience in sorted(before.keys() ^ after.keys()):
        click.echo(f"{audience}: asked only in {'OLD' if audience in before else 'NEW'}")
    for audience in (each for each in after if each in before):
        editions = before[audience], after[audience]
        click.echo(f"\n{audience}\n{'=' * len(audience)}")
        for each in differences.retold(*editions):
            click.echo(_retold(each))
        both = differences.Both(*editions)
        for said, questions in (
            ("question only in OLD", both.removed),
            ("question only in NEW", both.added),
            ("question with other answers, or other points", both.answered_otherwise),
        ):
            click.echo("".join(f"{said}: {id}\n" for id in questions), nl=False)
        changes = list(both.changes())
        for person, lines in _by_person(changes, both).items():
            click.echo(f"{person}\n" + "\n".join(f"  {line}" for line in lines))
        for kind, id, keys in differences.reworded(*editions):
            click.echo(f"worded or placed otherwise: {kind} {id} ({', '.join(keys)})")
        if not changes:
            click.echo("no person gets different advice")


def _by_audience(questionnaire: Path) -> dict[str, Edition]:
    """Return the editions in the first language, by audience. A vignette that comes out otherwise is no obstacle."""
    checked = check(questionnaire, today())
    faults = {fault for fault in checked.faults if not fault.warning}
    for told in load(questionnaire).told if faults else ():
        if told.reader in checked.editions:
            faults.difference_update(vignettes(told, checked.editions[told.reader]))
    if faults:
        said = "\n".join(str(fault.within(questionnaire.parent)) for fault in sorted(faults))
        raise click.ClickException(f"{questionnaire} has faults:\n{said}")
    first = next(iter(checked.editions)).language
    return {reader.audience: edition for reader, edition in checked.editions.items() if reader.language == first}


def _retold(retold: "Retold") -> str:
    """Return what an invented person is told otherwise."""
    lines = [f"vignette {retold.id}"]
    lines += [f"  only in NEW: {kind} {name}" for kind, name in retold.gained]
    lines += [f"  only in OLD: {kind} {name}" for kind, name in retold.lost]
    lines += [f"  not an answer in both: {id}" for id in retold.unread]
    return "\n".join(lines)


def _by_person(changes: "list[Change]", both: "Both") -> dict[str, list[str]]:
    """Return what is told in one edition only, by whom it is told to."""
    found: dict[str, list[str]] = {}
    for change in changes:
        who = _person(change.person, both) if change.person else "perhaps somebody: the proof took too long"
        found.setdefault(who, []).append(f"only in {'NEW' if change.gained else 'OLD'}: {' '.join(change.thing)}")
    return found


def _person(person: "Person", both: "Both") -> str:
    """Return a person's answers in words; where they are not the same in both editions, in which."""
    lines = []
    for id, question in {**both.new.by_id, **both.old.by_id}.items():
        sides = {"OLD": (person.old, both.old), "NEW": (person.new, both.new)}
        said = {
            side: written_down(edition.by_id[id], answers[id])
            for side, (answers, edition) in sides.items()
            if id in answers
        }
        if len(said) == len(sides) and len(set(said.values())) == 1:
            lines.append(f"{question.short}: {said['NEW']}")
        elif said:
            lines.append(f"{question.short}: {', '.join(f'{each} (in {side})' for side, each in said.items())}")
    return "\n    ".join(["somebody who answers", *lines]) if lines else "anybody, even who answers nothing"
