"""The card of one callback: when she may be called, what to mind, and one button at a time."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import notes, outcomes, promises, queue, takeover
from ivr.callbacks.actor import Actor
from ivr.callbacks.queue import Waiting
from ivr.console import scripts
from ivr.console.access import SUPERVISOR
from ivr.console.board_reasons import settling
from ivr.console.card_stage import Stage, own_of, stage_of
from ivr.console.desk import Desk, current, on_call
from ivr.console.frame import page
from ivr.console.guard import ROOT
from ivr.console.live import fragment
from ivr.console.queue_saying import Saying, saying
from ivr.store import attempts, callbacks, hers, queues
from ivr.store.sealing import LostError
from routing.callback import Event, Outcome, State

NEARLY = 5 * 60
"""Seconds before the end of her window from which the card says that it is nearly over."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one callback that this operator may see. `attempt` is hers, of which she has
    yet to say how it went, or the newest one; `foreseen` what each outcome would do, while one is
    missing. `twins` are other callbacks of the same number, for a supervisor who decides.
    """

    one: Waiting
    digits: str
    say: Saying
    attempt: attempts.Row | None
    stage: Stage
    foreseen: dict[Outcome, Event]
    note: str
    first: int
    """Another callback of hers whose outcome is missing, or 0."""
    left: int | None
    """Whose it is, where a supervisor can take it over."""
    twins: tuple[callbacks.Row, ...]

    @property
    def row(self) -> callbacks.Row:
        """The callback."""
        return self.one.row

    @property
    def own(self) -> bool:
        """Whether it is hers now."""
        return self.holder == current().id

    @property
    def free(self) -> bool:
        """Whether she could have it."""
        held = self.row.state in (State.WAITING, State.CLAIMED)
        return held and self.holder is None and self.row.until > self.say.at

    @property
    def pending(self) -> bool:
        """Whether a call of hers goes on, or is over and she has to say how it went: also when the
        callback was withdrawn meanwhile.
        """
        return self.stage.live or self.stage.untold

    @property
    def holder(self) -> int | None:
        """Who has it now."""
        return self.one.holder(self.say.at)

    @property
    def seconds(self) -> int:
        """Until the end of her window."""
        return max(0, int((self.row.until - self.say.at).total_seconds()))

    @property
    def milliseconds(self) -> tuple[int, int]:
        """The time of the line and the end of her window, for a countdown in a browser."""
        return int(self.say.at.timestamp() * 1000), int(self.row.until.timestamp() * 1000)

    @property
    def nearly(self) -> bool:
        """Whether her time is nearly over."""
        return self.say.is_open(self.row) and self.seconds <= NEARLY


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/callbacks/<int:number>")
    def card_page(number: int) -> Response | Answer:
        """The whole card."""
        return show(desk, number)

    @routes.get("/callbacks/<int:number>/live")
    def card_live(number: int) -> Response:
        """What of it changes. A call in progress is activity."""
        card = load(desk, number)
        if card is None:
            abort(404)
        answer = fragment("card_live.html", card=card, wrong="")
        if card.own and card.stage.live:
            on_call()
            answer.headers["X-On-Call"] = "1"
        return answer


def show(desk: Desk, number: int, wrong: str = "", status: int = 200) -> Response | Answer:
    """The card, with what did not work; without one, the queue."""
    card = load(desk, number)
    if card is None:
        return redirect(f"{ROOT}/queue", 303)
    leads = current().role == SUPERVISOR and promises.ways(card.row, card.say.at)
    return page(
        "card.html",
        status,
        card=card,
        wrong=wrong,
        script=scripts.script(card.row.language),
        **(settling() if leads else {"ways": None}),
    )


def load(desk: Desk, number: int) -> Card | None:
    """A callback of this line that this operator may see; None for any other."""
    who = current()
    with desk.store.reading() as connection:
        row = callbacks.load(connection, number)
        if row is None or row.carrier != desk.carrier:
            return None
        if queues.has_passed(connection, number, who.id):
            return None
        return _card(desk, connection, row)


def _card(desk: Desk, connection: sa.Connection, row: callbacks.Row) -> Card:
    who, told = current(), saying(desk, connection)
    one, digits = queue.look(connection, desk.context, row, told.at)
    made = attempts.of_callback(connection, row.id)
    attempt = own_of(made, who.id)
    stage = stage_of(attempt)
    missing = queue.untold(connection, who.id, told.at)
    foreseen = {}
    if attempt and stage.untold:
        foreseen = outcomes.foresee(connection, desk.context, attempt, row)
    reads = one.holder(told.at) == who.id or who.role == SUPERVISOR
    return Card(
        one=one,
        digits=digits,
        say=told,
        attempt=attempt,
        stage=stage,
        foreseen=foreseen,
        note=notes.read(connection, desk.context, row.id) if reads else "",
        first=next((each.callback for each in missing if each.callback != row.id), 0),
        left=takeover.left_by(row, made, told.at) if who.role == SUPERVISOR else None,
        twins=_twins(desk, connection, row) if who.role == SUPERVISOR else (),
    )


def _twins(
    desk: Desk, connection: sa.Connection, row: callbacks.Row
) -> tuple[callbacks.Row, ...]:  # fmt: skip
    """The other callbacks of her number, where two codes were given for it."""
    if row.state != State.FROZEN:
        return ()
    vault = desk.context.vault
    try:
        number = hers.number_of(connection, vault, row.id)
    except LostError:
        return ()
    found = hers.of_number(connection, vault, number, row.carrier)
    return tuple(other for other, _ in found if other.id != row.id)


def actor(desk: Desk) -> Actor:
    """Who is pressing."""
    return Actor(current().id, current().name, desk.now())
