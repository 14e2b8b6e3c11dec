"""The calls that the servers are asked: recorded through our own line in this process."""

from ivr.bench import apps
from ivr.bench.calls import Call, record
from ivr.bench.honest import check_door
from ivr.bench.site import Site
from ivr.bench.webhooks import ask

COUNT = 120
"""Different calls: more than enough for every way in every language."""


def recorded(site: Site, seed: int, count: int = COUNT) -> list[Call]:
    """Calls that our line answered well, and whose forgeries it refused. Raises UnfitError."""
    app = apps.make(apps.OURS, site.settings)
    try:
        number = apps.number_of(app)
        calls = record(lambda webhook: ask(app, webhook), site, number, count=count, seed=seed)
        check_door(app, tuple(step.webhook for step in calls[0]))
    finally:
        app.extensions["line"].stop()
    return calls
