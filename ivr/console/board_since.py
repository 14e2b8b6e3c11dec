"""What has changed since somebody was last here: what the next shift opens on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from ivr.console.desk import Desk, current
from ivr.console.frame import done
from ivr.store import audit, queues, shifts
from ivr.store.audit import Entry
from ivr.store.staff import about
from routing.callback import State

LOOKED_AT = 500
"""Entries of the audit that are looked at, the newest: more than a shift makes."""
AWAY = timedelta(minutes=30)
"""Who was here so lately knows it all."""
MOST = 100


@dataclass(frozen=True, slots=True)
class Since:
    """What happened since `at`: new callbacks, missed ones, what was handed over to her, and how
    often calls were stopped or let go on and the roster changed.
    """

    at: datetime
    booked: int
    missed: int
    given: int
    holds: int
    rosters: int


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.post("/since")
    def since_seen() -> Answer:
        """She has read it."""
        with desk.store.writing() as connection:
            shifts.see(connection, current().id, desk.now())
        return done("/queue", "done.seen")


def since(desk: Desk) -> Since | None:
    """What to tell her; None when she was here just now, or nothing happened."""
    who = current()
    with desk.store.reading() as connection:
        at = shifts.seen_at(connection, who.id)
        if at is None or desk.now() - at < AWAY:
            return None
        missed = queues.in_state(connection, desk.carrier, State.MISSED, MOST)
        past = [one for one in audit.entries(connection, most=LOOKED_AT) if one.at > at]
        told = Since(
            at=at,
            booked=queues.booked_since(connection, desk.carrier, at),
            missed=sum(one.until > at for one in missed),
            given=sum(_is_given(one, who.id) for one in past),
            holds=sum(one.what == "hold" for one in past),
            rosters=sum(one.what == "roster" for one in past),
        )
    return told if any((told.booked, told.missed, told.given, told.holds, told.rosters)) else None


def _is_given(entry: Entry, number: int) -> bool:
    return entry.what == "handed over" and entry.detail == f"to {about(number)}"
