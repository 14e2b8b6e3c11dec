"""Her own account: where she is rung, her password, where she is signed in."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from ivr.console import passwords, tries
from ivr.console.desk import Desk, current
from ivr.console.frame import done, enter, page
from ivr.store import factors, phones, sessions, staff, throttles
from ivr.store.sealing import LostError
from ivr.store.staff import StaffError


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/account")
    def account() -> Response:
        """Everything of hers on one page."""
        return show(desk)

    @routes.post("/account/phone")
    def keep_phone() -> Response | Answer:
        """Where she is rung; empty forgets it."""
        return _keep_phone(desk)

    @routes.post("/account/password")
    def change_password() -> Response | Answer:
        """Another password: this browser stays signed in, all others do not."""
        return _change_password(desk)

    @routes.post("/account/sign-out")
    def sign_out_elsewhere() -> Answer:
        """Sign out all other browsers."""
        with desk.store.writing() as connection:
            sessions.end_all(connection, current().id)
            enter(sessions.begin(connection, current().id, desk.now()))
        return done("/account", "done.elsewhere")


def _keep_phone(desk: Desk) -> Response | Answer:
    try:
        phone = phones.read_phone(request.form.get("phone", ""))
    except StaffError as error:
        return show(desk, {"phone": error.key})
    with desk.store.writing() as connection:
        who = current()
        phones.keep_phone(connection, desk.secrets, who.name, who.id, phone, desk.now())
    return done("/account", "done.phone" if phone else "done.phone.gone")


def _change_password(desk: Desk) -> Response | Answer:
    wrong = confirmed(desk) or wrong_password()
    if wrong:
        return show(desk, {f"password.{field}": key for field, key in wrong.items()})
    hashed, at = passwords.hashed(request.form["new"]), desk.now()
    with desk.store.writing() as connection:
        staff.set_password(connection, current().name, current().id, hashed, at)
        enter(sessions.begin(connection, current().id, at))
    return done("/account", "done.password")


def wrong_password() -> dict[str, str]:
    """What is wrong with the new password that came with this form, by field."""
    new = request.form.get("new", "")
    weak = passwords.weakness(new, current().name)
    if weak:
        return {"new": weak}
    return {} if new == request.form.get("again", "") else {"again": "password.again"}


def confirmed(desk: Desk) -> dict[str, str]:
    """Whether the password that came with this form is hers; what is wrong with it, by field."""
    counted = tries.confirming(desk)
    with desk.store.writing() as connection:
        wait = throttles.count(connection, counted, desk.now())
        row = staff.load(connection, current().id)
    if wait or not row:
        return {"password": "password.wait"}
    if not passwords.fits(row.password, request.form.get("password", "")):
        return {"password": "password.wrong"}
    with desk.store.writing() as connection:
        throttles.forgive(connection, counted, desk.now())
    return {}


def show(desk: Desk, wrong: dict[str, str] | None = None) -> Response:
    """Her account, with what did not fit where it stands."""
    with desk.store.reading() as connection:
        own = factors.of(connection, current().id)
        try:
            phone = phones.phone_of(connection, desk.secrets, current().id)
        except LostError:  # the secret that sealed it is gone: she gives it again
            phone = ""
    return page(
        "account.html",
        400 if wrong else 200,
        wrong=wrong or {},
        phone=request.form.get("phone", phone),
        factors=[one for one in own if one.kind != "recovery"],
        paper=sum(one.kind == "recovery" for one in own),
    )
