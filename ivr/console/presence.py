"""The small things in every page's frame: home, language, being here, staying signed in."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from ivr.console.access import links
from ivr.console.desk import Desk, current
from ivr.console.frame import done
from ivr.console.guard import ROOT, own_path
from ivr.console.words import choose
from ivr.store import staff


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("")
    def home() -> Answer:
        """The first page of her role."""
        rule, _ = links(current().role)[0]
        return redirect(ROOT + rule, 303)

    @routes.get("/stay")
    def stay() -> Response:
        """Nothing: asking for it is activity."""
        return Response(status=204)

    @routes.post("/language")
    def change_language() -> Answer:
        """Another language for her pages."""
        chosen = choose(request.form.get("language", ""), [current().language])
        with desk.store.writing() as connection:
            staff.set_language(connection, current().id, chosen)
        return redirect(own_path(request.form.get("next", "")), 303)

    @routes.post("/status")
    def change_status() -> Answer:
        """Here, pausing, writing up."""
        with desk.store.writing() as connection:
            status = request.form.get("status", "")
            staff.set_status(connection, current().name, current().id, status, desk.now())
        return done(own_path(request.form.get("next", "")).removeprefix(ROOT), "done.status")
