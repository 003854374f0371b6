"""What authors run: is the questionnaire right, and how does a person come through it."""

import json
from pathlib import Path

import click

from assessment import catalogues
from assessment.core.checks import check
from assessment.core.definition import Questionnaire
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.loading import load
from assessment.core.outcome import assess
from assessment.core.reading import overall, readings
from assessment.core.scoring import Score
from assessment.core.tracing import Traced, trace
from assessment.documents.paper import picture
from assessment.given import ROOT, edition_of, opened, person_in, questionnaire_option, today
from assessment.languages import catalogues_of, faults


@click.command("check")
@questionnaire_option
@click.option("--languages", envvar="LANGUAGES", default="en", help="Whose catalogues are looked at, such as en,cy.")
def check_command(questionnaire: Path, languages: str) -> None:
    """Find every fault in a questionnaire: file, line, column and a hint. Fails on faults and on what is expired."""
    checked = check(questionnaire, today())
    tags = languages.replace(",", " ").split()
    found = [*checked.faults, *(fault for tag in tags for fault in faults(tag, questionnaire, checked))]
    for fault in found:
        click.echo(str(fault.within(questionnaire.parent)))
    failed = sum(not fault.warning or fault.expired for fault in found)
    click.echo(f"{failed} to mend, {len(found) - failed} to look at")
    if failed:
        raise SystemExit(1)


@click.command()
@questionnaire_option
@click.argument("language")
def translations(questionnaire: Path, language: str) -> None:
    """Bring a language's catalogues up to date: put in what is missing, mark what changed in English as fuzzy."""
    for held in catalogues_of(language, questionnaire, opened(questionnaire)):
        catalogues.update(held.path, held.wanted)
        click.echo(f"{held.path} written: {len(list(held.faults()))} texts to write or to look at")


@click.command()
@questionnaire_option
def schema(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Print the JSON Schema of the questionnaire language, for editors."""
    click.echo(json.dumps(Questionnaire.model_json_schema(), indent=2, ensure_ascii=False))


@click.command("trace")
@questionnaire_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def trace_command(questionnaire: Path, file: Path) -> None:
    """Print a person's way, step by step: asked and skipped because of what, scores as they grow, signs, advice."""
    edition, answers = person_in(opened(questionnaire), file)
    journey = Journey(edition, answers)
    for step in trace(journey):
        click.echo(step_in_words(step, edition))
    for advice in assess(journey).advice:
        because = f"  because: {'; '.join(advice.because)}" if advice.because else "  always"
        click.echo(f"advice {advice.guidance.id} [{advice.guidance.urgency}] {advice.guidance.title}\n{because}")


def step_in_words(step: Traced, edition: Edition) -> str:
    """Return a step as lines of text."""
    question = step.question
    number = edition.numbers[question.id]
    if step.answer is None:
        return "\n".join([f"{number}. {question.id}: skipped", *(f"  {why}" for why in step.why)])
    lines = [f"{number}. {question.id}: {step.answer}"]
    lines += [f"  asked because: {'; '.join(step.why)}"] if step.why else []
    lines += [f"  {step.score.instrument.id}: {span(step.score)}"] if step.score else []
    lines += [f"  sign: {flag.words}{' (warning)' if flag.warning else ''}" for flag in step.flags]
    lines += [f"  page: {interrupt.title}" for interrupt in step.met]
    return "\n".join(lines)


def span(score: Score) -> str:
    """Return a score in few words."""
    return f"{score.total:g}" if score.total is not None else f"{score.low:g} to {score.high:g}"


@click.command("map")
@questionnaire_option
@click.option("--audience", help="Whose questions. Without it, the first audience's.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("map.svg"), help="The SVG to write."
)
def map_command(questionnaire: Path, audience: str | None, output: Path) -> None:
    """Draw the flow as a picture: what is asked, when, which pages come at once, and what follows."""
    drawn = picture(edition_of(opened(questionnaire), audience), ROOT / "templates")
    try:
        output.write_text(drawn, encoding="utf-8")
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}") from None
    click.echo(f"{output} written")


@click.command("reading")
@questionnaire_option
@click.option("--audience", help="Whose words. Without it, the first audience's.")
def reading_command(questionnaire: Path, audience: str | None) -> None:
    """Print how hard our own words are to read, worst first. Instruments' items are as published and not judged."""
    reader = edition_of(opened(questionnaire), audience).reader
    if reader.language != "en":
        raise click.ClickException("the reading age is reckoned for English only")
    every = readings(next(told for told in load(questionnaire).told if told.reader == reader))
    click.echo("  age  sentences  longest")
    for each in (*every, overall(every)):
        click.echo(f"{each.age:5.1f} {len(each.sentences):10} {each.longest:8}  {each.where}")
    click.echo("age: the reading age, which is the Flesch-Kincaid grade + 5. longest: words in the longest sentence.")
