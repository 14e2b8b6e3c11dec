"""The roster: when operators who speak a language work, and so what can be promised to callers."""

import re
from dataclasses import dataclass, replace
from datetime import time

import sqlalchemy as sa
from flask import Blueprint, Response, request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as Answer

from ivr.callbacks.booked import booked
from ivr.console.desk import Desk, current
from ivr.console.frame import done, number, page
from ivr.editions.ship import keep_directory, stored_directory
from ivr.store import audit, proofs
from ivr.store.documents import DIRECTORIES
from routing.centres import check_directory
from routing.directory import Directory, Duty, Stretch
from routing.offer import unkept
from routing.week import DAYS

TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])|24:00")
SPOKEN = ("nl", "fr", "de", "en")


@dataclass(frozen=True, slots=True)
class Change:
    """A roster that somebody wants: what is added or taken away, and how many promises break."""

    roster: tuple[Duty, ...]
    duty: Duty
    added: bool
    breaks: int


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/roster")
    def roster_page() -> Response:
        """The week."""
        return _show(desk)

    @routes.post("/roster")
    def change_roster() -> Response | Answer:
        """Look at what a change does; then do it."""
        return _change(desk)


def _change(desk: Desk) -> Response | Answer:
    with desk.store.reading() as connection:
        old = _newest(connection)
        change = _wanted(old, desk, connection)
    if change is None or old.number != number(request.form.get("directory", "")):
        return _show(desk, wrong="roster.wrong" if change is None else "roster.changed")
    if _problems(old, change):
        return _show(desk, wrong="roster.wrong")
    if not request.form.get("sure"):
        return _show(desk, change=change)
    if not _keep(desk, old, change):
        return _show(desk, wrong="roster.changed")
    return done("/roster", "done.roster")


def _wanted(old: Directory, desk: Desk, connection: sa.Connection) -> Change | None:
    """What the form asks for; None where that cannot be read."""
    remove = request.form.get("remove", "")
    if remove:
        place = number(remove) - 1
        if not 0 <= place < len(old.roster):
            return None
        duty, added = old.roster[place], False
        roster = (*old.roster[:place], *old.roster[place + 1 :])
    else:
        read = _duty()
        if read is None:
            return None
        duty, added, roster = read, True, (*old.roster, read)
    return Change(roster, duty, added, _breaks(old, roster, desk, connection))


def _breaks(
    old: Directory, roster: tuple[Duty, ...], desk: Desk, connection: sa.Connection
) -> int:  # fmt: skip
    at = desk.at()
    promised = booked(connection, at)
    return max(0, unkept(replace(old, roster=roster), promised, at) - unkept(old, promised, at))


def _duty() -> Duty | None:
    form = request.form
    start, until = _time(form.get("start", "")), _time(form.get("until", ""))
    day, operators = number(form.get("day", "")), number(form.get("operators", ""))
    if start is None or until is None or day not in range(1, 8):
        return None
    typed = form.get("others", "").lower().replace(",", " ").split()
    spoken = tuple(dict.fromkeys([*form.getlist("languages"), *typed]))
    return Duty(Stretch(day - 1, start, until), spoken, operators)


def _time(source: str) -> time | None:
    found = TIME.fullmatch(source.strip())
    if not found:
        return None
    return time(int(found[1]), int(found[2])) if found[1] else time(0)


def _problems(old: Directory, change: Change) -> bool:
    return bool(check_directory(replace(old, roster=change.roster)))


def _keep(desk: Desk, old: Directory, change: Change) -> bool:
    """Keep it as the next directory; False when somebody else was faster."""
    who, at = current().name, desk.now()
    try:
        with desk.store.writing() as connection:
            if DIRECTORIES.newest(connection)[0] != old.number:
                return False
            new = replace(old, roster=change.roster)
            kept = keep_directory(connection, new, who, at=at, old=old)
            told = f"{'added' if change.added else 'removed'}, breaks {change.breaks}"
            audit.write(connection, who, "roster", f"directory {kept.number}", told, at)
    except IntegrityError:
        return False
    return True


def _newest(connection: sa.Connection) -> Directory:
    newest, _ = DIRECTORIES.newest(connection)
    document = DIRECTORIES.load(connection, newest)
    if document is None:
        return Directory(number=0, centres=(), access=())
    return replace(stored_directory(document), proved=proofs.load(connection))


def _show(desk: Desk, wrong: str = "", change: Change | None = None) -> Response:
    with desk.store.reading() as connection:
        directory = _newest(connection)
    rows = list(enumerate(directory.roster, 1))
    week = [[one for one in rows if one[1].stretch.weekday == day] for day in range(len(DAYS))]
    return page(
        "roster.html",
        400 if wrong else 200,
        directory=directory,
        week=list(zip(DAYS, week, strict=True)),
        wrong=wrong,
        change=change,
        spoken=SPOKEN,
        given=request.form,
    )
