"""The kill switch: thrown by any operator or supervisor, from every page; lifted with a reason."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import cutting, hold
from ivr.console.desk import Desk, current
from ivr.console.frame import done, page
from ivr.console.guard import ROOT
from ivr.store import holds, staff

MOST = 200
"""Characters of a reason."""


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/hold")
    def hold_page() -> Response:
        """How it stands, who did it, and what can be done."""
        return _show(desk)

    @routes.post("/hold")
    def throw() -> Answer:
        """Stop all calls that we make; what rings is cut."""
        reason = _reason()
        with desk.store.writing() as connection:
            if not hold.is_on(connection):
                hold.throw(connection, current().name, reason, desk.now())
        cutting.soon(desk.means, desk.at)(0)
        return redirect(f"{ROOT}/hold", 303)

    @routes.post("/hold/lift")
    def lift() -> Response | Answer:
        """Let them go on."""
        try:
            with desk.store.writing() as connection:
                hold.lift(connection, current().name, _reason(), desk.now())
        except ValueError:
            return _show(desk, "hold.reason.needed")
        return done("/queue", "done.lifted")


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())[:MOST]


def _show(desk: Desk, wrong: str = "") -> Response:
    with desk.store.reading() as connection:
        newest = holds.newest(connection)
        person = staff.find(connection, newest.who) if newest else None
    who = person.shown if person else newest.who if newest else ""
    return page("hold.html", 400 if wrong else 200, hold=newest, who=who, wrong=wrong)
