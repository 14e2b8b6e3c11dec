"""Danger: one press shows number and time, tells the supervisor, and lists what to ask."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import danger
from ivr.console.card import actor, load, show
from ivr.console.desk import Desk, current
from ivr.console.frame import page
from ivr.console.guard import ROOT


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.post("/callbacks/<int:number>/danger")
    def press(number: int) -> Response | Answer:
        """The one press."""
        with desk.store.writing() as connection:
            raised = danger.alert(connection, number, actor(desk), desk.at())
        if not raised:
            return show(desk, number, "card.lost", 409)
        return redirect(f"{ROOT}/callbacks/{number}/danger", 303)

    @routes.get("/callbacks/<int:number>/danger")
    def in_danger(number: int) -> Response | Answer:
        """What to do now; the number only for who pressed, while the callback is hers."""
        card = load(desk, number)
        if card is None:
            return redirect(f"{ROOT}/queue", 303)
        with desk.store.reading() as connection:
            who, at = current().id, desk.at()
            shown = danger.number_for(connection, desk.context, card.row, who, at)
        if not shown:
            return redirect(f"{ROOT}/callbacks/{number}", 303)
        return page("danger.html", card=card, shown=shown)
