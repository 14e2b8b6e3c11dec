"""Another time, agreed on while they talk: read out, said yes to, and kept as any booking is."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import again
from ivr.callbacks.again import Asked, Trouble
from ivr.callbacks.booked import booked
from ivr.console import scripts
from ivr.console.card import Card, actor, load
from ivr.console.desk import Desk, current
from ivr.console.frame import done, page
from ivr.console.guard import ROOT
from ivr.console.queue_saying import name_of
from ivr.store.hers import Wishes
from routing.offer import offers
from routing.window import Window

MOST = 24
"""Windows on offer on the page: within seven days more is no help."""
SECRET = (Trouble.CODE, Trouble.WEAK)
"""What is wrong with the four digits, which are then keyed anew."""
WISHES = ("voicemail", "redial", "retry", "woman")


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/callbacks/<int:number>/again")
    def another_time(number: int) -> Response | Answer:
        """What to ask her, and what to read out."""
        card = _talking(desk, number)
        return _show(desk, card) if card else redirect(f"{ROOT}/callbacks/{number}", 303)

    @routes.post("/callbacks/<int:number>/again")
    def keep_another_time(number: int) -> Response | Answer:
        """Keep it, or say what is missing."""
        card = _talking(desk, number)
        return _keep(desk, card) if card else redirect(f"{ROOT}/callbacks/{number}", 303)


def _talking(desk: Desk, number: int) -> Card | None:
    card = load(desk, number)
    return card if card and again.may_make(card.row, card.attempt, current().id) else None


def _offers(desk: Desk, card: Card) -> tuple[Window, ...]:
    with desk.store.reading() as connection:
        taken = booked(connection, card.say.at)
    directory = desk.context.directory
    found = offers(directory, language=card.row.language, booked=taken, at=card.say.at)
    return found[:MOST]


def _keep(desk: Desk, card: Card) -> Response | Answer:
    form = request.form
    chosen = {name_of(one): one for one in _offers(desk, card)}.get(form.get("window", ""))
    if chosen is None:
        return _show(desk, card, "window")
    wished = {name: name in form.getlist("wishes") for name in WISHES}
    asked = Asked(
        number=form.get("number", "") if form.get("phone") == "other" else "",
        code=form.get("code", "").strip(),
        window=chosen,
        wishes=Wishes(**wished, own=card.one.wishes.own),
        consent=form.get("consent") == "1",
    )
    if form.get("phone") == "other" and not asked.number.strip():
        return _show(desk, card, Trouble.NUMBER)
    with desk.store.writing() as connection:
        trouble = again.make(connection, desk.context, card.row, asked, card.say.at)
        if trouble is None:
            actor(desk).tell(connection, "booked with her", card.row.id)
    if trouble:
        return _show(desk, card, trouble)
    return done(f"/callbacks/{card.row.id}", "done.made")


def _show(desk: Desk, card: Card, wrong: str = "") -> Response:
    return page(
        "card_again.html",
        400 if wrong else 200,
        card=card,
        script=scripts.script(card.row.language),
        days=card.say.days(_offers(desk, card)),
        wrong={wrong: f"again.wrong.{wrong}"} if wrong else {},
        given=request.form,
        code="" if wrong in SECRET else request.form.get("code", ""),
        ticked=request.form.getlist("wishes") if request.form else _wished(card),
        wishes=WISHES,
    )


def _wished(card: Card) -> list[str]:
    return [name for name in WISHES if getattr(card.one.wishes, name)]
