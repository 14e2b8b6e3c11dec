"""The roster: when operators who speak a language work, and so what can be promised to callers."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from flask import Blueprint, Response, request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as Answer

from ivr.callbacks.booked import booked
from ivr.console.desk import Desk, current
from ivr.console.frame import done, number, page
from ivr.console.queue_saying import saying
from ivr.console.roster_cover import Gap, broken, speakers
from ivr.console.roster_form import Wrong, read
from ivr.editions.ship import keep_directory, stored_directory
from ivr.store import audit, proofs, staff
from ivr.store.documents import DIRECTORIES
from routing.checks import check_directory
from routing.directory import Directory, Duty
from routing.week import DAYS

SPOKEN = ("nl", "fr", "de", "en")


@dataclass(frozen=True, slots=True)
class Change:
    """A roster that somebody wants: what is added or taken away, the promises that it breaks, and
    who could be asked for cover.
    """

    roster: tuple[Duty, ...]
    duty: Duty
    added: bool
    broken: tuple[Gap, ...] = ()
    cover: tuple[staff.Row, ...] = ()

    @property
    def breaks(self) -> int:
        """How many promises it breaks."""
        return sum(one.many for one in self.broken)


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
        if old.number != number(request.form.get("directory", "")):
            return _show(desk, {"roster": "roster.changed"})
        wanted, wrong = _wanted(old)
        change = _weigh(desk, connection, old, wanted) if wanted else None
    if change is None:
        return _show(desk, wrong)
    if not request.form.get("sure"):
        return _show(desk, change=change)
    if not _keep(desk, old, change):
        return _show(desk, {"roster": "roster.changed"})
    return done("/roster", "done.roster")


def _wanted(old: Directory) -> tuple[Change | None, Wrong]:
    """What the form asks for; None, and what is wrong with it."""
    remove = request.form.get("remove", "")
    if remove:
        place = number(remove) - 1
        if not 0 <= place < len(old.roster):
            return None, {"roster": "roster.changed"}
        rest = (*old.roster[:place], *old.roster[place + 1 :])
        return Change(rest, old.roster[place], added=False), {}
    duty, wrong = read(request.form)
    if duty is None:
        return None, wrong
    roster = (*old.roster, duty)
    if check_directory(replace(old, roster=roster)):
        return None, {"roster": "roster.wrong"}
    return Change(roster, duty, added=True), {}


def _weigh(desk: Desk, connection: sa.Connection, old: Directory, change: Change) -> Change:
    """What a change would do to what is promised."""
    at = desk.at()
    found = broken(old, replace(old, roster=change.roster), booked(connection, at), at)
    cover = speakers(connection, (code for one in found for code in one.languages))
    return replace(change, broken=found, cover=tuple(cover))


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


def _show(desk: Desk, wrong: Wrong | None = None, change: Change | None = None) -> Response:
    with desk.store.reading() as connection:
        directory, told = _newest(connection), saying(desk, connection)
    rows = list(enumerate(directory.roster, 1))
    week = [[one for one in rows if one[1].stretch.weekday == day] for day in range(len(DAYS))]
    return page(
        "roster.html",
        400 if wrong else 200,
        directory=directory,
        week=list(zip(DAYS, week, strict=True)),
        wrong=wrong or {},
        change=change,
        say=told,
        spoken=SPOKEN,
        given=request.form,
    )
