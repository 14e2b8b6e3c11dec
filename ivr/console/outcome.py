"""How it went: obligatory, from a closed list, with what each word does."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import outcomes
from ivr.callbacks.outcomes import OutcomeError
from ivr.console.card import actor, load, show
from ivr.console.desk import Desk, current
from ivr.console.frame import done
from ivr.store import shifts
from routing.callback import Outcome, State

AFTER = {State.CLOSED: "done.closed", State.WAITING: "done.again", State.PAUSED: "done.paused"}
"""What is said of the state that the callback is in then."""


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.post("/callbacks/<int:number>/outcome")
    def give(number: int) -> Response | Answer:
        """Write it down, and let it do what it does."""
        return _give(desk, number)

    @routes.post("/heavy")
    def heavy() -> Answer:
        """A talk was heavy: the supervisor alone is told, and of which one nobody."""
        with desk.store.writing() as connection:
            shifts.was_heavy(connection, current().id, desk.now())
        return done("/queue", "done.heavy")


def _give(desk: Desk, number: int) -> Response | Answer:
    card, given = load(desk, number), request.form.get("outcome", "")
    if card is None or card.attempt is None:
        return show(desk, number, "card.lost", 409)
    if given not in set(Outcome):
        return show(desk, number, "outcome.choose", 400)
    if card.attempt.outcome == given:  # she pressed twice
        return done("/queue", AFTER.get(card.row.state, "done.outcome"))
    try:
        with desk.store.writing() as connection:
            context, at, who = desk.context, desk.at(), actor(desk)
            outcome = Outcome(given)
            after = outcomes.give(connection, context, card.attempt.id, outcome, who.id, at)
            who.tell(connection, "outcome", number, outcome)
            if request.form.get("heavy"):
                shifts.was_heavy(connection, who.id, who.now)
    except OutcomeError:
        return show(desk, number, "outcome.refused", 409)
    desk.store.scrub()
    return done("/queue", AFTER.get(after, "done.outcome"))
