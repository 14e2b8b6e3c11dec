"""A supervisor takes over what an operator who is gone has left behind."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import takeover
from ivr.console.card import actor, show
from ivr.console.desk import Desk, current
from ivr.console.frame import done
from ivr.store import callbacks, staff


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.post("/callbacks/<int:number>/take-over")
    def take_over(number: int) -> Response | Answer:
        """It is hers now, with the outcome that is missing."""
        with desk.store.writing() as connection:
            row = callbacks.load(connection, number)
            ours = row is not None and row.carrier == desk.carrier
            at, who = desk.at(), current().id
            before = takeover.take_over(connection, number, who, at) if ours else None
            if before:
                who_left = f"from {staff.about(before)}"
                actor(desk).tell(connection, "taken over", number, who_left)
        if before is None:
            return show(desk, number, "card.not-over", 409)
        return done(f"/callbacks/{number}", "done.taken-over")
