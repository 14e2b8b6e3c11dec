"""The promises board: what a supervisor has to look at today, and settles with a reason."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import promises
from ivr.callbacks.booked import booked
from ivr.callbacks.promises import Reason, Way
from ivr.console.board_reasons import settling
from ivr.console.card import actor, load, show
from ivr.console.desk import Desk, current
from ivr.console.frame import done, page
from ivr.console.live import fragment
from ivr.console.queue_saying import saying
from ivr.console.roster_cover import gaps
from ivr.store import alarms, audit, shifts


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/board")
    def board_page() -> Response:
        """All of it."""
        return page("board.html", **_given(desk))

    @routes.get("/board/rows")
    def board_rows() -> Response:
        """What of it changes."""
        return fragment("board_rows.html", **_given(desk))

    @routes.post("/callbacks/<int:number>/settle")
    def settle(number: int) -> Response | Answer:
        """What was decided about one, and why."""
        return _settle(desk, number)

    @routes.post("/board/alarm/<int:number>")
    def alarm_seen(number: int) -> Answer:
        """A supervisor has seen an alarm."""
        with desk.store.writing() as connection:
            if alarms.see(connection, number, current().id, desk.now()):
                about = f"alarm {number}"
                audit.write(connection, current().name, "alarm seen", about, "", desk.now())
        return done("/board", "done.alarm")

    @routes.post("/board/heavy/<int:number>")
    def talked(number: int) -> Answer:
        """Somebody spoke with her: nothing of it stays, here or in the audit."""
        with desk.store.writing() as connection:
            shifts.talked(connection, number)
        return done("/board", "done.talked")


def _given(desk: Desk) -> dict[str, Any]:
    with desk.store.reading() as connection:
        told = saying(desk, connection)
        promised = booked(connection, told.at)
        missing = gaps(desk.context.directory, promised, told.at)
        return {
            "say": told,
            "board": promises.board(connection, desk.carrier, told.at),
            "gaps": [one for one in missing if one.start > told.at],
            "heavy": shifts.heavy(connection),
            **settling(),
        }


def _settle(desk: Desk, number: int) -> Response | Answer:
    given, way = request.form.get("reason", ""), request.form.get("way", "")
    card = load(desk, number)
    if card is None or given not in set(Reason) or way not in set(Way):
        return show(desk, number, "board.choose", 400)
    with desk.store.writing() as connection:
        done_now = promises.settle(
            connection, card.row, Way(way), Reason(given), actor(desk), desk.at()
        )  # fmt: skip
    if not done_now:
        return show(desk, number, "board.changed", 409)
    desk.store.scrub()
    return done("/board", "done.settled")
