"""What follows from answers: of one person in a file, or of many in a table; and the dictionary of that table."""

import errno
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, Any, Final

import click

from assessment.core.checks import Checked
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome, assess, plain
from assessment.documents.dictionary import as_table, page, variables
from assessment.documents.tables import Row, as_csv, as_json, columns, row
from assessment.given import ROOT, edition_of, opened, person, person_in, questionnaire_option
from assessment.people import Read, of_json, of_table, text_lines
from assessment.printing import styled

STANDARD_INPUT: Final = Path("-")
LONGEST_REASON: Final = 300  # characters of a reason are enough to find what to mend
PARQUET: Final = (sys.executable, "-m", "assessment.documents.parquet")

file_to_write = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True)
class Wanted:
    """What is wanted of many people: where their answers are, and where and how the rows are to be written."""

    file: Path
    form: str
    to: str
    output: Path | None
    rejected: Path | None
    with_answers: bool


@click.command("assess")
@questionnaire_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json_text", is_flag=True, help="Print the outcome of one person as JSON.")
@click.option("--from", "form", type=click.Choice(["csv", "jsonl"]), help="What FILE is, if its name does not say so.")
@click.option("--to", type=click.Choice(["csv", "jsonl", "parquet"]), default="jsonl", help="How to write many people.")
@click.option("--output", type=file_to_write, help="Where to write them. Without it, standard output.")
@click.option(
    "--rejected", type=file_to_write, help="Where to write why rows were kept out. Without it, on the screen."
)
@click.option("--with-answers", is_flag=True, help="Write the answers too.")
def assess_command(questionnaire: Path, file: Path, form: str | None, as_json_text: bool, **table: Any) -> None:  # noqa: ANN401, FBT001 - Click passes them so
    """Print what follows from the answers in FILE: one person’s (YAML, JSON), or many’s (.csv, .jsonl).

    Of many, each row is one person. A row that cannot be used is kept out and told by its line; then it exits with 1.
    FILE may be “-”, for standard input, with --from.
    """
    form = form or {".csv": "csv", ".jsonl": "jsonl"}.get(file.suffix.lower())
    if form is None:
        if file == STANDARD_INPUT or table["output"] or table["rejected"] or table["with_answers"]:
            raise click.UsageError("say what FILE is: --from csv, or --from jsonl")
        edition, answers = person_in(opened(questionnaire), file)
        outcome = assess(Journey(edition, answers))
        click.echo(json.dumps(plain(outcome), indent=2, ensure_ascii=False) if as_json_text else _told(outcome))
        return
    if as_json_text:
        raise click.UsageError("--json is for one person: many are written with --to jsonl")
    wanted = Wanted(file, form, **table)
    _refuse_overwriting(wanted)
    try:
        kept_out = _assess_all(opened(questionnaire), wanted)
    except OSError as problem:
        if problem.errno == errno.EPIPE:
            raise  # whoever read on has seen enough: Click ends quietly
        raise click.ClickException(f"{problem.filename or wanted.output or 'the result'}: {problem.strerror}") from None
    if kept_out:
        raise SystemExit(1)


def _refuse_overwriting(wanted: Wanted) -> None:
    if wanted.to == "parquet" and wanted.output is None:
        raise click.UsageError("Parquet is not for the screen: say where with --output")
    places = [each.resolve() for each in (wanted.file, wanted.output, wanted.rejected) if each]
    if len(set(places)) < len(places):
        raise click.UsageError("what is read, --output and --rejected are different files")


def _assess_all(checked: Checked, wanted: Wanted) -> int:
    """Assess one person after the other and write a row for each; return how many were kept out."""
    table = columns(checked.editions.values(), with_answers=wanted.with_answers)
    scored = kept_out = 0
    with ExitStack() as open_files:
        stream = open_files.enter_context(click.open_file(str(wanted.file), "rb"))
        people = open_files.enter_context(_people(checked, wanted, stream))
        put = open_files.enter_context(_writing(wanted, {column.name: column.kind for column in table}))
        reject = open_files.enter_context(_rejecting(wanted.rejected))
        for line, tree in people:
            given = [tree] if isinstance(tree, str) else person(tree, checked.editions)
            if isinstance(given, list):
                kept_out += 1
                for reason in given:
                    reject(f"line {line}: {_on_a_line(reason)}")
            else:
                scored += 1
                journey = Journey(given.edition, given.answers)
                found = row(journey, assess(journey), with_answers=wanted.with_answers)
                put({"line": line, "id": given.id, **found})
    click.echo(f"{scored} scored, {kept_out} kept out", err=True)
    return kept_out


@contextmanager
def _people(checked: Checked, wanted: Wanted, stream: IO[bytes]) -> Iterator[Read]:
    """Give the people of a file, with a bar on a terminal that shows how far it is read."""
    size = 0 if wanted.file == STANDARD_INPUT else wanted.file.stat().st_size
    hidden = not (size and sys.stderr.isatty()) or (wanted.output is None and sys.stdout.isatty())
    with click.progressbar(length=size, label="Assessing", file=sys.stderr, hidden=hidden) as bar:
        lines = text_lines(stream, bar.update)
        questions = dict.fromkeys(chain.from_iterable(edition.by_id for edition in checked.editions.values()))
        yield of_table(lines, questions) if wanted.form == "csv" else of_json(lines)


@contextmanager
def _writing(wanted: Wanted, kinds: dict[str, str]) -> Iterator[Callable[[Row], None]]:
    """Give what writes a row, at once: whoever reads the result need not wait for the last."""
    with _parquet(str(wanted.output)) if wanted.to == "parquet" else _text(wanted.output) as stream:
        if wanted.to != "jsonl":
            stream.write(as_csv(kinds) if wanted.to == "csv" else as_json(kinds))

        def put(found: Row) -> None:
            whole = {name: found.get(name) for name in kinds}
            stream.write(as_csv(whole.values()) if wanted.to == "csv" else as_json(whole))
            stream.flush()

        yield put


def _text(output: Path | None) -> IO[str]:
    """Open what text is written to: standard output if it is no file."""
    return click.open_file(str(output or "-"), "w", encoding="utf-8")


@contextmanager
def _parquet(output: str) -> Iterator[IO[str]]:
    """Give the way into the program that writes Parquet; `ClickException` with what it says if it fails."""
    with Popen([*PARQUET, output], stdin=PIPE, stderr=PIPE, text=True, encoding="utf-8") as program:  # noqa: S603 - ours
        assert program.stdin  # noqa: S101 - both are pipes
        assert program.stderr  # noqa: S101
        with suppress(BrokenPipeError), program.stdin:  # it says itself why it stopped
            yield program.stdin
        said = program.stderr.read().strip()
    if program.returncode:
        raise click.ClickException(said or f"{output} could not be written")


@contextmanager
def _rejecting(rejected: Path | None) -> Iterator[Callable[[str], None]]:
    """Give what writes a line about a row that was kept out."""
    if rejected is None:
        yield lambda line: click.echo(line, err=True)
    else:
        with rejected.open("w", encoding="utf-8") as stream:
            yield lambda line: print(line, file=stream)


def _on_a_line(reason: str) -> str:
    """Return a reason without what could blur the screen that it is read on."""
    return "".join(each if each.isprintable() else "�" for each in reason[:LONGEST_REASON])


@click.command("dictionary")
@questionnaire_option
@click.option("--audience", help="Whose questions. Without it, everybody's.")
@click.option("--to", type=click.Choice(["csv", "html"]), default="csv", help="As a table, or as a page.")
@click.option("--output", type=file_to_write, help="Where to write it. Without it, standard output.")
def dictionary_command(questionnaire: Path, audience: str | None, to: str, output: Path | None) -> None:
    """Print the data dictionary: every question with its codes, and every column that “assess” writes of many."""
    checked = opened(questionnaire)
    first = next(iter(checked.editions)).language
    every = [edition for reader, edition in checked.editions.items() if reader.language == first]
    editions = [edition_of(checked, audience)] if audience else every
    found = variables(editions)
    text = as_table(found, editions[0].version) if to == "csv" else styled(page(found, editions[0], ROOT / "templates"))
    try:
        with _text(output) as stream:
            stream.write(text)
    except OSError as problem:
        if problem.errno == errno.EPIPE:
            raise
        raise click.ClickException(f"{output}: {problem.strerror}") from None


def _told(outcome: Outcome) -> str:
    """Return an outcome as plain text."""
    lines = [f"Meets at once: {interrupt.title}" for interrupt in outcome.met]
    for score in outcome.scores:
        band = outcome.named(score)
        number = f"between {score.low:g} and {score.high:g}" if score.total is None else f"{score.total:g}"
        lines.append(f"{score.instrument.measure}: {number} out of {score.most:g}{f' ({band.title})' if band else ''}")
    for advice in outcome.advice:
        lines += ["", f"[{advice.guidance.urgency.replace('_', ' ')}] {advice.guidance.title}"]
        lines += [f"    because you told us: {'; '.join(advice.because)}"] if advice.because else []
    for title, services in (("People who can help", outcome.services), ("Help for them", outcome.their_services)):
        lines += ["", f"{title}:"] if services else []
        for service in services:
            lines.append(f"  {service.name}: {', '.join(contact.show for contact in service.contact) or service.cost}")
    lines += ["", f"Not answered: {', '.join(outcome.unanswered) or 'nothing'}"]
    return "\n".join(lines)
