"""Pages that anyone may read at any time: help now, privacy, accessibility, sources."""

from flask import Blueprint, render_template

from assessment.core.definition import HelpGroup
from assessment.core.directory import Service
from assessment.core.edition import Choice
from assessment.web.parts import parts

information = Blueprint("information", __name__)


@information.get("/help")
def help_now() -> str:
    """Show who can help now, for everyone, without asking anything."""
    groups = [(group, _by_nation(group)) for group in parts().first.about.help]
    return render_template("help.html", groups=groups)


@information.get("/privacy")
def privacy() -> str:
    """Say what happens to answers."""
    return render_template("privacy.html")


@information.get("/accessibility")
def accessibility() -> str:
    """Say how the service is made to work for everyone."""
    return render_template("accessibility.html")


@information.get("/sources")
def sources() -> str:
    """Show what the advice rests on, and the terms of the scales."""
    document = parts().first.document
    return render_template("sources.html", sources=document.sources, instruments=document.instruments)


def _by_nation(group: HelpGroup) -> list[tuple[str | None, list[Service]]]:
    """Return a group's services: those for every nation under None, the others under each nation's name."""
    names = {choice.id: choice.text for choice in _nations()}
    fitting = [each for each in parts().services if each.publish and set(each.topics) & set(group.topics)]
    everywhere = [each for each in fitting if set(each.nations) >= set(names)]
    local = [
        (name, [each for each in fitting if id in each.nations and each not in everywhere])
        for id, name in names.items()
    ]
    return [(name, listed) for name, listed in [(None, everywhere), *local] if listed]


def _nations() -> tuple[Choice, ...]:
    first = parts().first
    return first.by_id[first.about.directory.nation].options
