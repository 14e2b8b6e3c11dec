"""Hand-over: who leaves with callbacks of hers, or an outcome to give, is asked to whom they go."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import claims, queue
from ivr.callbacks.queue import Waiting
from ivr.console.access import CALLING
from ivr.console.card import actor
from ivr.console.desk import Desk, current
from ivr.console.frame import done, number, page
from ivr.console.queue_saying import saying
from ivr.store import attempts, staff
from ivr.store.queues import Which
from routing.callback import State

BACK = "queue"
"""Given to nobody: it waits again."""


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody would leave behind: callbacks that she has, and attempts without an outcome;
    `talking` are those in which something still rings or somebody speaks. What is unknown is with
    the supervisor already.
    """

    held: tuple[Waiting, ...]
    untold: tuple[attempts.Row, ...]
    talking: tuple[Waiting, ...]

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return bool(self.held or self.untold or self.talking)


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/hand-over")
    def hand_over_page() -> Response:
        """What is hers, and who could take it."""
        return ask(desk)

    @routes.post("/hand-over")
    def hand_over() -> Answer | Response:
        """Let others have it, and go."""
        return _hand_over(desk)


def left(desk: Desk, connection: sa.Connection) -> Left:
    """What this person would leave behind."""
    who, at = current(), desk.at()
    found = queue.draw(connection, desk.context, Which(desk.carrier, who.id), at).own
    untold = queue.untold(connection, who.id, at)
    over = {one.callback for one in untold if one.ended_at}
    return Left(
        held=tuple(one for one in found if one.row.state == State.CLAIMED),
        untold=tuple(one for one in untold if one.ended_at),
        talking=tuple(
            one for one in found if one.row.state == State.CALLING and one.id not in over
        ),
    )


def ask(desk: Desk, wrong: str = "") -> Response:
    """The page that asks to whom."""
    with desk.store.reading() as connection:
        told, found = saying(desk, connection), left(desk, connection)
        others = colleagues(connection, current().id)
    status = 400 if wrong else 200
    return page(
        "handover.html", status, left=found, say=told, others=others, wrong=wrong, back=BACK
    )


def colleagues(connection: sa.Connection, of: int) -> list[staff.Row]:
    """Everybody else who may call, those who are here first."""
    able = [one for one in staff.everybody(connection) if one.role in CALLING and one.id != of]
    ready = [one for one in able if not one.disabled_at and not one.invited_until]
    return sorted(ready, key=lambda one: one.status == "away")


def _hand_over(desk: Desk) -> Answer | Response:
    from ivr.console.sign_in import leave  # which asks this module first

    form = request.form
    with desk.store.writing() as connection:
        ids = {one.id for one in colleagues(connection, current().id)}
        found = left(desk, connection)
        chosen = {key: number(form.get(key, "")) for key in _keys(found)}
        whole = all(form.get(key) == BACK or to in ids for key, to in chosen.items())
        told = all(chosen[f"attempt-{one.id}"] in ids for one in found.untold)
        if whole and told and not found.talking:
            _give(connection, desk, found, chosen)
    if found.talking or not whole or not told:
        return ask(desk, "handover.choose" if not found.talking else "handover.talking")
    return done("/queue", "done.handed-over") if form.get("then") == "stay" else leave(desk)


def _keys(found: Left) -> list[str]:
    held = [f"callback-{one.id}" for one in found.held]
    return [*held, *(f"attempt-{one.id}" for one in found.untold)]


def _give(
    connection: sa.Connection, desk: Desk, found: Left, chosen: dict[str, int]
) -> None:  # fmt: skip
    who = actor(desk)
    for one in found.held:
        to = chosen[f"callback-{one.id}"]
        if to and claims.hand_over(connection, one.id, who.id, to, desk.at()):
            who.tell(connection, "handed over", one.id, f"to {staff.about(to)}")
        elif not to and claims.release(connection, one.id, who.id):
            who.tell(connection, "released", one.id)
    for attempt in found.untold:
        to = chosen[f"attempt-{attempt.id}"]
        if attempts.give_to(connection, attempt.id, who.id, to):
            claims.hand_over(connection, attempt.callback, who.id, to, desk.at())
            who.tell(connection, "handed over", attempt.callback, f"to {staff.about(to)}")
