"""Her second factors: adding one, taking one away, new codes for paper."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from ivr.console import codes, set_up
from ivr.console.account import confirmed, show
from ivr.console.desk import Desk, current
from ivr.console.frame import done, enter, number, page
from ivr.store import factors, sessions


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/account/app")
    def new_app() -> Response:
        """Show what an app scans."""
        return page("new_app.html", wrong={}, **set_up.app_fields(desk))

    @routes.post("/account/app")
    def keep_app() -> Response | Answer:
        """Keep an app once it showed a right code."""
        return _keep_app(desk)

    @routes.get("/account/passkey")
    def passkey_to_add() -> Response:
        """What the browser needs to make another passkey."""
        with desk.store.reading() as connection:
            known = [key for _, key in factors.passkeys(connection, current().id)]
        return set_up.new_passkey(desk, known)

    @routes.post("/account/passkey")
    def keep_passkey() -> Response | Answer:
        """Keep a passkey that the browser made."""
        return _keep_passkey(desk)

    @routes.post("/account/factor")
    def remove_factor() -> Response | Answer:
        """Take one away; the last one stays."""
        return _remove(desk)

    @routes.post("/account/recovery")
    def new_paper() -> Response:
        """New codes for paper; the old ones are good no longer."""
        return _new_paper(desk)


def _keep_app(desk: Desk) -> Response | Answer:
    secret, at = set_up.candidate(desk), desk.now()
    step = codes.step_of(secret, request.form.get("code", ""), at, 0) if secret else 0
    wrong = confirmed(desk) or ({} if step else {"code": "set-up.code.wrong"})
    if wrong:
        return page("new_app.html", 400, wrong=wrong, **set_up.app_fields(desk, secret))
    with desk.store.writing() as connection:
        who, name = current(), set_up.factor_name("totp")
        factors.add_totp(connection, desk.secrets, who.name, who.id, secret, step, name, at)
        enter(sessions.begin(connection, who.id, at))
    return done("/account", "done.factor")


def _keep_passkey(desk: Desk) -> Response | Answer:
    passkey, at = set_up.passkey_made(desk), desk.now()
    wrong = confirmed(desk) or ({} if passkey else {"passkey": "passkey.failed"})
    if wrong or passkey is None:
        return show(desk, {f"passkey.{field}": key for field, key in wrong.items()})
    with desk.store.writing() as connection:
        who, name = current(), set_up.factor_name("passkey")
        factors.add_passkey(connection, who.name, who.id, passkey, name, at)
        enter(sessions.begin(connection, who.id, at))
    return done("/account", "done.factor")


def _remove(desk: Desk) -> Response | Answer:
    given, who, at = request.form.get("factor", ""), current(), desk.now()
    wrong = confirmed(desk)
    if wrong:
        return show(desk, {f"factor.{field}": key for field, key in wrong.items()})
    with desk.store.writing() as connection:
        gone = factors.remove(connection, who.name, who.id, number(given), at)
        if gone:
            enter(sessions.begin(connection, who.id, at))
    return done("/account", "done.factor.gone") if gone else show(desk, {"factor": "factor.last"})


def _new_paper(desk: Desk) -> Response:
    wrong = confirmed(desk)
    if wrong:
        return show(desk, {f"recovery.{field}": key for field, key in wrong.items()})
    with desk.store.writing() as connection:
        who, at = current(), desk.now()
        paper = factors.new_recovery(connection, desk.secrets, who.name, who.id, at)
    return page("recovery.html", paper=paper, first=False)
