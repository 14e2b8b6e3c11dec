"""Signing in, and out: one page, one answer to whatever does not fit."""

from datetime import timedelta

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as Answer

from ivr import logs
from ivr.console import dates, demo, handover, passkeys, proof, tries
from ivr.console.access import CALLING
from ivr.console.desk import INVITED, Desk, current, session
from ivr.console.frame import enter, language, page
from ivr.console.guard import ROOT, own_path
from ivr.console.passkeys import Site
from ivr.console.proof import Given, Proof
from ivr.store import audit, sessions, shifts, staff, throttles

MOST = 64
"""Characters of a name."""


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/sign-in")
    def sign_in() -> Response | Answer:
        """Ask who it is."""
        if g.person:
            return redirect(own_path(request.args.get("next", "")), 303)
        return _ask(desk)

    @routes.get("/sign-in/passkey")
    def passkey_to_sign_in() -> Response:
        """What the browser needs to ask for a passkey."""
        site = Site.of(desk.settings, desk.host)
        asked = passkeys.asking(site, g.visitor, desk.now())
        return Response(asked, mimetype="application/json")

    @routes.post("/sign-in")
    def enter_by() -> Response | Answer:
        """Let her in, or say what there is to say."""
        return _try(desk, _given())

    @routes.post("/sign-out")
    def sign_out() -> Response | Answer:
        """End this session; first ask to whom, where something of hers would be left behind."""
        return handover.ask(desk) if _leaves_something(desk) else leave(desk)


def _try(desk: Desk, given: Given) -> Response | Answer:
    counted = tries.signing_in(desk, given.name)
    with desk.store.writing() as connection:
        wait = throttles.count(connection, counted, desk.now())
        known = None if wait else proof.look_up(connection, desk.secrets, given)
    if known is None:
        return _ask(desk, wait=wait)
    right = proof.judge(known, given, Site.of(desk.settings, desk.host), desk.now())
    token = _settle(desk, right, counted) if right else ""
    if not right or not token:
        logs.get("console").warning("signing in was refused")
        return _ask(desk, wrong=True)
    return _let_in(desk, right, token)


def _leaves_something(desk: Desk) -> bool:
    if current().role not in CALLING:
        return False
    with desk.store.reading() as connection:
        return handover.left(desk, connection).anything


def leave(desk: Desk) -> Answer:
    """End this session. Who leaves is away, and knows what has happened until now."""
    who = current()
    with desk.store.writing() as connection:
        sessions.end(connection, session())
        if who.role != INVITED and who.status != "away":
            staff.set_status(connection, who.name, who.id, "away", desk.now())
        if who.role in CALLING:
            shifts.see(connection, who.id, desk.now())
    enter("")
    answer = redirect(f"{ROOT}/sign-in?lang={who.language}", 303)
    desk.cookies.take_away(answer, "session")
    return answer


def _given() -> Given:
    form = request.form
    return Given(
        name=form.get("name", "").strip().lower()[:MOST],
        password=form.get("password", ""),
        code=form.get("code", "")[:MOST],
        passkey=form.get("passkey", ""),
        browser=g.visitor,
    )


def _ask(desk: Desk, *, wrong: bool = False, wait: timedelta = timedelta()) -> Response:
    own = language()
    answer = page(
        "sign_in.html",
        429 if wait else 403 if wrong else 200,
        wrong=wrong,
        wait=dates.span(wait, own) if wait else "",
        name=request.form.get("name", "")[:MOST],
        next=own_path(request.values.get("next", "")),
        lost=request.args.get("lost", "") == "1",
        examples=demo.examples(desk) if desk.settings.demo else (),
    )
    if wait:
        answer.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return answer


def _settle(desk: Desk, right: Proof, counted: list[throttles.Throttle]) -> str:
    at = desk.now()
    with desk.store.writing() as connection:
        token = proof.settle(connection, right, at)
        if token:
            throttles.forgive(connection, counted, at)
            about = staff.about(right.row.id)
            if right.row.role in CALLING:
                staff.arrive(connection, right.row.id)
            audit.write(connection, right.row.name, "signed in", about, right.kind or "invited", at)
    return token


def _let_in(desk: Desk, right: Proof, token: str) -> Answer:
    enter(token)
    if right.invited:
        return redirect(f"{ROOT}/set-up", 303)
    answer = redirect(own_path(request.form.get("next", "")), 303)
    desk.cookies.know(answer, right.row.name)
    return answer
