"""The staff's door: a blueprint at `/console`, with every page behind one guard.

How a page is added, for instance the queue:

1. its routes and methods go into the one table of `ivr.console.access`, with the roles that may;
   what is not there answers 405. A page for the frame's menu also goes into `NAV`; what a page
   asks for by itself into `LIVE`, so that it is no activity (a call in progress is: `on_call()`).
   Every page of the table is on the tour of `tests/console/tour.py`; what is none is in `PARTS`.
2. a module of its own has `add(routes, desk)`, which registers the views on the blueprint, and
   stands in `ROOMS` below. A view asks `current()` who is looking, `desk.store` for the database,
   `desk.now()` for the time; what changes something is a POST, ends in `done(path, key)`, and
   writes `audit.write(...)` in the same transaction, with `current().name` as who.
3. its template extends `frame.html` and fills the blocks `title` and `main`. In it `t` gives a text
   by its key, `moment(at)`, `day(at)` and `time(at)` say times in the zone of the line, and the
   macros of `parts.html` (imported `with context`) draw forms, with the token that each needs.
4. its words go into `words/<page>.toml` in all four languages; `done.…` are sentences that a page
   says once after something was done. The sizes and colours are those of `static/console.css`.

A StaffError raised by a view becomes a page that says so; a database that is away, too.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint

from ivr import clock
from ivr.callbacks.means import Means, means_of
from ivr.console import (
    account,
    board,
    board_since,
    card,
    card_again,
    card_buttons,
    danger,
    factors,
    handover,
    hold,
    live,
    outcome,
    people,
    presence,
    queue,
    roster,
    set_up,
    sign_in,
    takeover,
    trail,
)
from ivr.console.desk import Desk
from ivr.console.frame import frame, speak_once
from ivr.console.guard import ROOT, stand_guard
from ivr.settings import Settings

if TYPE_CHECKING:
    from ivr.line import Line

ROOMS = (
    *(presence, sign_in, set_up, account, factors, people, trail),
    *(live, queue, board_since, card, card_buttons, card_again, outcome, danger),
    *(hold, handover, takeover, board, roster),
)
"""Every module that has pages."""


def door(
    line: "Line",
    settings: Settings,
    now: Callable[[], datetime] = clock.now,
    means: Means | None = None,
) -> Blueprint:
    """All pages of staff, over a line and its database."""
    routes = Blueprint(
        "console",
        __name__,
        url_prefix=ROOT,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    desk = Desk(line, settings, now, means or means_of(line))
    stand_guard(routes, desk)
    frame(routes, desk)
    speak_once(routes, desk)
    for room in ROOMS:
        room.add(routes, desk)
    return routes
