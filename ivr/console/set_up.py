"""What an invitation leads to: a password of her own, a second factor, codes for paper."""

from typing import Any

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as Answer

from ivr.console import codes, passkeys, passwords
from ivr.console.account import wrong_password
from ivr.console.desk import Desk, current
from ivr.console.frame import enter, page, t
from ivr.console.passkeys import Site
from ivr.console.signing import sign, signed
from ivr.store import factors, sessions, staff
from ivr.store.factors import Passkey

MOST_NAME = 40
"""Characters of what she calls a factor."""


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/set-up")
    def set_up() -> Response:
        """Ask for a password and a second factor."""
        return _ask(desk)

    @routes.get("/set-up/passkey")
    def passkey_to_set_up() -> Response:
        """What the browser needs to make her first passkey."""
        return new_passkey(desk, [])

    @routes.post("/set-up")
    def keep_set_up() -> Response | Answer:
        """Keep them, and show the codes for paper; or say what does not fit."""
        secret = candidate(desk)
        step = codes.step_of(secret, request.form.get("code", ""), desk.now(), 0) if secret else 0
        passkey = passkey_made(desk)
        wrong = wrong_password()
        if not wrong and not step and not passkey:
            wrong = {"code": "set-up.code.wrong"}
        if wrong:
            return _ask(desk, wrong, secret)
        return _keep(desk, secret, step, passkey)


def new_passkey(desk: Desk, known: list[Passkey]) -> Response:
    """What the browser needs to make a passkey of hers, as JSON."""
    person, site = current(), Site.of(desk.settings, desk.host)
    asked = passkeys.making(
        site, g.csrf, person.id, person.name, person.shown, known, desk.now()
    )  # fmt: skip
    return Response(asked, mimetype="application/json")


def passkey_made(desk: Desk) -> Passkey | None:
    """The passkey that came with this form, if one did."""
    answer = request.form.get("passkey", "")
    return passkeys.made(Site.of(desk.settings, desk.host), g.csrf, answer, desk.now())


def candidate(desk: Desk) -> str:
    """The app's secret that this form showed; empty when we did not show it to her."""
    return signed(desk.secrets, "candidate", request.form.get("secret", ""), g.csrf)


def app_fields(desk: Desk, secret: str = "") -> dict[str, Any]:
    """What a form that adds an app shows: a new secret, or the one that it showed before."""
    secret = secret or codes.new_secret()
    return {
        "secret": sign(desk.secrets, "candidate", secret, g.csrf),
        "typed": codes.grouped(secret),
        "picture": codes.picture(secret, current().name, desk.host),
        "address": codes.address(secret, current().name, desk.host),
    }


def factor_name(kind: str) -> str:
    """What she calls it; else what it is, and it is hers."""
    given = " ".join(request.form.get("called", "").split())[:MOST_NAME]
    return given or t(f"factor.{kind}")


def _ask(desk: Desk, wrong: dict[str, str] | None = None, secret: str = "") -> Response:
    return page(
        "set_up.html", 400 if wrong else 200, wrong=wrong or {}, **app_fields(desk, secret)
    )  # fmt: skip


def _keep(desk: Desk, secret: str, step: int, passkey: Passkey | None) -> Response | Answer:
    person, at = current(), desk.now()
    hashed = passwords.hashed(request.form["new"])
    with desk.store.writing() as connection:
        row = staff.load(connection, person.id)
        if row is None or not row.invited_until:  # another tab was faster
            return redirect(request.path, 303)
        staff.set_password(connection, person.name, person.id, hashed, at)
        if passkey:
            name = factor_name("passkey")
            factors.add_passkey(connection, person.name, person.id, passkey, name, at)
        else:
            name = factor_name("totp")
            factors.add_totp(
                connection, desk.secrets, person.name, person.id, secret, step, name, at
            )  # fmt: skip
        paper = factors.new_recovery(connection, desk.secrets, person.name, person.id, at)
        enter(sessions.begin(connection, person.id, at))
    answer = page("recovery.html", paper=paper, first=True)
    desk.cookies.know(answer, person.name)
    return answer
