"""Pages that anyone may read at any time: help now, privacy, accessibility, sources."""

from datetime import UTC, datetime, timedelta
from typing import Final

from flask import Blueprint, Response, abort, render_template

from assessment.core.about import HelpGroup
from assessment.core.directory import Service
from assessment.web import visit
from assessment.web.parts import parts

information = Blueprint("information", __name__)


GOOD_FOR: Final = timedelta(days=180)


@information.get("/.well-known/security.txt")
def security() -> Response:
    """Say whom to tell of a weakness (RFC 9116), where the operator has said so."""
    contact = parts().settings.security_contact or abort(404)
    expires = (datetime.now(UTC) + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    said = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\n"
    return Response(said, mimetype="text/plain")


@information.get("/label.css")
def colours() -> Response:
    """Send the operator's colours, where it has its own."""
    return Response(parts().settings.label.styles or abort(404), mimetype="text/css")


@information.get("/help")
def help_now() -> str:
    """Show who can help now, for everyone, without asking anything; in one nation, once we were told which."""
    begun = visit.present()
    nation = begun.journey.nation() if begun else None
    groups = [(group, _by_nation(group, nation)) for group in parts().first.about.help]
    return render_template("help.html", groups=[(group, listed) for group, listed in groups if listed])


@information.get("/privacy")
def privacy() -> str:
    """Say what happens to answers."""
    return render_template("privacy.html", counted=parts().tallies is not None)


@information.get("/accessibility")
def accessibility() -> str:
    """Say how the service is made to work for everyone."""
    return render_template("accessibility.html")


@information.get("/sources")
def sources() -> str:
    """Show what the advice rests on, and the terms of the scales."""
    document = parts().first.document
    return render_template("sources.html", sources=document.sources, instruments=document.instruments)


def for_everyone() -> list[Service]:
    """Return the services for a moment of need that are for every nation."""
    groups = [_by_nation(group) for group in parts().first.about.help if group.alarm]
    return [service for group in groups for name, services in group if name is None for service in services]


def _by_nation(group: HelpGroup, nation: str | None = None) -> list[tuple[str | None, list[Service]]]:
    """Return a group's services: one nation's in one list; else those for every nation, then each nation's own."""
    fitting = [each for each in parts().services if each.publish and set(each.topics) & set(group.topics)]
    if nation:
        listed: list[tuple[str | None, list[Service]]] = [(None, [each for each in fitting if nation in each.nations])]
    else:
        names = parts().nations
        everywhere = [each for each in fitting if set(each.nations) >= set(names)]
        listed = [(None, everywhere)]
        for id, name in names.items():
            listed.append((name, [each for each in fitting if id in each.nations and each not in everywhere]))
    return [(name, services) for name, services in listed if services]
