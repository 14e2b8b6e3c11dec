"""What an operator does with a callback: take it, give it back, call, keep a note."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import attempts as button
from ivr.callbacks import claims, notes, queue, reveal
from ivr.callbacks.attempts import Operator, Refused
from ivr.callbacks.reveal import RevealError
from ivr.console.card import actor, load, show
from ivr.console.desk import Desk, current
from ivr.console.frame import done, page
from ivr.console.guard import ROOT
from ivr.store import callbacks, phones, queues
from ivr.store.sealing import LostError
from routing.calling import Why

PAGE_OF = "/callbacks/{}"


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""
    _add_holding(routes, desk)
    _add_doing(routes, desk)


def _add_holding(routes: Blueprint, desk: Desk) -> None:
    @routes.post("/callbacks/<int:number>/claim")
    def claim(number: int) -> Response | Answer:
        """Take it, unless somebody was faster, or an outcome of hers is missing."""
        return _claim(desk, number)

    @routes.post("/callbacks/<int:number>/release")
    def release(number: int) -> Response | Answer:
        """Give it back."""
        with desk.store.writing() as connection:
            given = claims.release(connection, number, current().id)
            if given:
                actor(desk).tell(connection, "released", number)
        if given or _is_free(desk, number):  # free already: she pressed twice
            return done("/queue", "done.released")
        return show(desk, number, "card.lost", 409)

    @routes.post("/callbacks/<int:number>/keep")
    def keep_longer(number: int) -> Response | Answer:
        """She is still at it."""
        with desk.store.writing() as connection:
            kept = claims.extend(connection, number, current().id, desk.at())
        if not kept:
            return show(desk, number, "card.lost", 409)
        return done(PAGE_OF.format(number), "done.kept")

    @routes.post("/callbacks/<int:number>/not-me")
    def not_me(number: int) -> Response | Answer:
        """Pass it on; nobody is told why, and nothing tells it from giving it back."""
        return _pass_on(desk, number)


def _add_doing(routes: Blueprint, desk: Desk) -> None:
    @routes.post("/callbacks/<int:number>/call")
    def call(number: int) -> Response | Answer:
        """Ring the operator's telephone, and then hers."""
        return _call(desk, number)

    @routes.post("/callbacks/<int:number>/note")
    def note(number: int) -> Response | Answer:
        """Keep the note."""
        with desk.store.writing() as connection:
            text = request.form.get("note", "")
            kept = notes.keep(connection, desk.context, number, actor(desk), text)
            if kept:
                claims.extend(connection, number, current().id, desk.at())
        if not kept:
            return show(desk, number, "card.lost", 409)
        return done(PAGE_OF.format(number), "done.note")

    @routes.post("/callbacks/<int:number>/number")
    def show_number(number: int) -> Response | Answer:
        """Her number, once, for a reason that is kept."""
        return _reveal(desk, number)


def _claim(desk: Desk, number: int) -> Response | Answer:
    who, at = current(), desk.at()
    with desk.store.writing() as connection:
        row = callbacks.load(connection, number)
        ours = row and row.carrier == desk.carrier
        passed = queues.has_passed(connection, number, who.id)
        missing = bool(queue.untold(connection, who.id, at))
        taken = bool(ours) and not passed and not missing
        taken = taken and claims.claim(connection, number, who.id, at)
        if taken:
            actor(desk).tell(connection, "claimed", number)
    if taken or _is_hers(desk, number):  # hers already: she pressed twice
        return done(PAGE_OF.format(number), "done.claimed")
    return show(desk, number, "card.first" if missing else "card.taken", 409)


def _is_hers(desk: Desk, number: int) -> bool:
    card = load(desk, number)
    return card is not None and card.own


def _is_free(desk: Desk, number: int) -> bool:
    card = load(desk, number)
    return card is not None and card.free


def _pass_on(desk: Desk, number: int) -> Response | Answer:
    who = current()
    card = load(desk, number)
    if card is None or not (card.own or card.free):
        return show(desk, number, "card.lost", 409)
    with desk.store.writing() as connection:
        if card.own and not claims.release(connection, number, who.id):
            return show(desk, number, "card.lost", 409)
        if card.own:
            actor(desk).tell(connection, "released", number)
        if not queues.has_passed(connection, number, who.id):
            queues.pass_on(connection, number, who.id)
    return done("/queue", "done.passed")


def _call(desk: Desk, number: int) -> Response | Answer:
    card = load(desk, number)
    if card is None or not card.own:
        return show(desk, number, "card.lost", 409)
    if card.stage.live:  # she pressed twice
        return redirect(ROOT + PAGE_OF.format(number), 303)
    if card.first:
        return show(desk, number, "card.first", 409)
    answer = button.call(desk.means, number, _operator(desk), desk.at)
    with desk.store.writing() as connection:
        detail = f"refused: {answer.why}" if isinstance(answer, Refused) else ""
        actor(desk).tell(connection, "called", number, detail)
    if isinstance(answer, Refused):
        return show(desk, number, _refusal(answer.why), 409)
    return redirect(ROOT + PAGE_OF.format(number), 303)


def _refusal(why: str) -> str:
    """A refusal as the key of a sentence."""
    if why in set(Why):
        return f"why.{why}"
    return {button.NOT_HERS: "card.lost", button.GONE: "why.closed"}.get(why, "card.refused")


def _operator(desk: Desk) -> Operator:
    who, edition = current(), desk.line.world(desk.carrier).edition.number
    with desk.store.reading() as connection:
        try:
            phone = phones.phone_of(connection, desk.secrets, who.id)
        except LostError:  # the secret that sealed it is gone: she gives it again
            phone = ""
    return Operator(who.id, phone, who.language, edition)


def _reveal(desk: Desk, number: int) -> Response | Answer:
    reason = request.form.get("reason", "")
    try:
        with desk.store.writing() as connection:
            shown = reveal.reveal(
                connection, desk.context, number, actor(desk), reason, desk.at()
            )  # fmt: skip
    except RevealError as error:
        return show(desk, number, f"number.{error.why.replace(' ', '-')}", 409)
    return page("number.html", number=number, shown=shown)
