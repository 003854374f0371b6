"""The whole examination: the app walked through in this process, in a real browser, and on the real server."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Final

from assessment.privacy.chromium import NoChromiumError, walk_in_chromium
from assessment.privacy.journeys import Walked, walk
from assessment.privacy.person import NoWayOnError, Person
from assessment.privacy.recording import Recording, logged
from assessment.privacy.report import Report
from assessment.privacy.rules import Broken, broken_by_exchanges, broken_by_lines
from assessment.privacy.serving import PROGRAM, NotServedError, walk_on_the_server
from assessment.privacy.stage import Change, Stage, stage

EVERYWHERE: Final = ("browser", "server")


def examine(
    questionnaire: Path, change: Change = lambda _: None, *, program: str = PROGRAM, also: Collection[str] = EVERYWHERE
) -> Report:
    """Walk through the app with a questionnaire that has no faults, and return what was found.

    It is walked through in this process, and `also` in a real browser and on the real server. `change` does something
    to the app beforehand, and `program` is another that serves one: so it is shown that what is wrong is found.
    """
    recording = Recording()
    with logged(recording), stage(questionnaire, recording, change) as set_up:
        walked = walk(set_up)
        left_out = _not_told(set_up)
        left_out += _in_chromium(set_up, walked) if "browser" in also else ["a real browser"]
        if "server" in also:
            said = _on_the_server(set_up, walked, questionnaire, program)
        else:
            said, left_out = 0, [*left_out, "the real server"]
        broken = [
            *walked.broken,
            *broken_by_exchanges(set_up),
            *broken_by_lines(recording.lines, set_up.traces),
        ]
        facts = [
            f"{len(recording.exchanges)} requests and their responses",
            f"{walked.answers} answers of {len(walked.people)} people",
            f"{len(recording.lines)} log lines of the app at its most talkative",
            f"{said} lines of the real server",
            f"{walked.searched / 1e6:.1f} MB of files",
        ]
        return Report(set_up.parts.first, walked.people, facts, left_out, broken)


def _not_told(set_up: Stage) -> list[str]:
    """Return the languages of the safety pages that cannot be walked in."""
    spoken = {each.tag for each in set_up.parts.languages}
    told = set_up.parts.first.about.safety_pages
    return [f"the language “{tag}”, because a translation is missing or outdated" for tag in told if tag not in spoken]


def _somebody(set_up: Stage) -> Person:
    return Person(next(iter(set_up.editions.values())), set_up.traces, Counter())


def _in_chromium(set_up: Stage, walked: Walked) -> list[str]:
    try:
        walked.broken += walk_in_chromium(set_up, _somebody(set_up))
    except NoChromiumError as missing:
        return [f"a real browser, because {missing}"]
    walked.people.append("somebody in a real browser")
    return []


def _on_the_server(set_up: Stage, walked: Walked, questionnaire: Path, program: str) -> int:
    try:
        said, broken = walk_on_the_server(set_up, _somebody(set_up), questionnaire, program)
    except (NotServedError, NoWayOnError, LookupError, OSError) as lost:
        walked.broken.append(Broken("walk", f"the real server: {lost}"))
        return 0
    walked.people.append("somebody on the real server")
    walked.broken += broken
    return said
