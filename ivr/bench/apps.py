"""What is measured side by side: our line, and the two that it is measured against."""

from collections.abc import Iterable

from flask import Flask

from ivr.app import create_app
from ivr.bench import fixed, tutorial
from ivr.bench.calls import Call
from ivr.bench.site import Site
from ivr.bench.webhooks import Webhook
from ivr.line import REHEARSAL, Line
from ivr.settings import Settings

OURS, FIXED, TUTORIAL = "ours", "fixed", "tutorial"
NAMES = (OURS, FIXED, TUTORIAL)


def make(name: str, settings: Settings) -> Flask:
    """One application by its name."""
    if name == FIXED:
        return fixed.create_app()
    if name == TUTORIAL:
        token = settings.rehearsal_auth_tokens[0]
        return tutorial.create_app(settings.var, settings.public_base_url, token)
    return create_app(settings)


def number_of(app: Flask) -> str:
    """An access number of our line, one that is bound to no language."""
    line: Line = app.extensions["line"]
    access = line.world(REHEARSAL).directory.access
    return next(one.number for one in access if one.purpose == "line" and not one.bound)


def webhooks_for(name: str, site: Site, calls: Iterable[Call]) -> list[tuple[Webhook, ...]]:
    """The calls as one application gets them: the same forms, at its own addresses."""
    if name == OURS:
        return [tuple(step.webhook for step in call) for call in calls]
    first, later = {FIXED: (fixed.TARGET,) * 2, TUTORIAL: (tutorial.FIRST, tutorial.NEXT)}[name]
    base = site.settings.public_base_url
    return [
        tuple(
            step.webhook.sent_to(base, later if place else first, site.token, step.form)
            for place, step in enumerate(call)
        )
        for call in calls
    ]
