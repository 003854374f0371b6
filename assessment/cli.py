"""The command line: assess a person's answers, print forms, serve, look after the store, and what authors run."""

import gc
from pkgutil import resolve_name
from typing import Any, Final

import click

from assessment.environment import UnsafeSettingsError

COMMANDS: Final = {
    "assess": "assessment.assessing:assess_command",
    "away": "assessment.papers:away",
    "check": "assessment.authors:check_command",
    "dictionary": "assessment.assessing:dictionary_command",
    "diff": "assessment.provers:diff_command",
    "fhir": "assessment.exchange:fhir_command",
    "form": "assessment.papers:form_command",
    "map": "assessment.authors:map_command",
    "migrate": "assessment.keeping:migrate_command",
    "outcomes": "assessment.provers:outcomes_command",
    "preview": "assessment.preview:preview_command",
    "privacy": "assessment.privacy.command:privacy",
    "prove": "assessment.provers:prove",
    "purge": "assessment.keeping:purge",
    "reading": "assessment.authors:reading_command",
    "schema": "assessment.authors:schema",
    "serve": "assessment.master:serve",
    "tallies": "assessment.keeping:tallies",
    "trace": "assessment.authors:trace_command",
    "translations": "assessment.authors:translations",
}
"""Where each command is. It is imported when it is called: a server waits for nothing that only others need."""


class Commands(click.Group):
    """The commands that are named above."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        gc.disable()  # what is imported stays: docs/performance/garbage.md
        command: click.Command = resolve_name(COMMANDS[name])
        gc.enable()
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as in Click
        """Run a command. What is unsafe in the environment is said in one sentence."""
        try:
            return super().invoke(ctx)
        except UnsafeSettingsError as refused:
            raise click.ClickException(str(refused)) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Look after a questionnaire and its answers."""
