"""What somebody is told on every page, without content: what is hers, what stops calls, what will
be missed.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import request

from ivr.callbacks import hold, promises, queue
from ivr.console.access import CALLING, SUPERVISOR
from ivr.console.desk import Desk, current, on_call
from ivr.console.guard import ROOT
from ivr.store import alarms, shifts


@dataclass(frozen=True, slots=True)
class News:
    """Something to look at: the key of its sentence, how many, where to, and how it is drawn."""

    word: str
    many: int
    path: str
    kind: str = "doubt"


def news(desk: Desk) -> list[News]:
    """What this person is told now, the most urgent first; of her own calls, the one that her page
    is about is left out. A talk of hers is activity, whatever page she is on.
    """
    if current().role not in CALLING:
        return []
    page = request.args.get("on", request.path).removeprefix(ROOT)
    with desk.store.reading() as connection:
        own = [one for one in _own(desk, connection) if one.path != page]
        found = [*_leading(desk, connection), *own]
        if hold.is_on(connection):
            found.append(News("news.hold", 1, "/hold", "stop"))
        soon = promises.closing(connection, desk.carrier, desk.at(), alert=False)
    spoken = sum(one.language in current().speaks for one in soon)
    found.append(News("news.closing", spoken, "/queue"))
    return [one for one in found if one.many]


def _leading(desk: Desk, connection: sa.Connection) -> list[News]:
    """What a supervisor is told."""
    if current().role != SUPERVISOR:
        return []
    at, carrier = desk.at(), desk.carrier
    danger = len(alarms.unseen(connection))
    alert = len(promises.closing(connection, carrier, at, alert=True))
    late = len(promises.late_outcomes(connection, carrier, at, promises.ALERTS))
    return [
        News("news.danger", danger, "/board", "stop"),
        News("news.alert", alert, "/board", "stop"),
        News("news.late", late, "/board"),
        News("news.heavy", len(shifts.heavy(connection)), "/board"),
    ]


def _own(desk: Desk, connection: sa.Connection) -> list[News]:
    """A call of hers that goes on, and what she has yet to say of others."""
    missing = queue.untold(connection, current().id, desk.at())
    over = [one.callback for one in missing if one.ended_at]
    talking = [one.callback for one in missing if not one.ended_at]
    if talking:
        on_call()
    found = [News("news.talking", 1, f"/callbacks/{one}", "live") for one in talking[:1]]
    return found + [News("news.untold", len(over), f"/callbacks/{one}") for one in over[:1]]
