"""The people who keep the line. Giving somebody more needs two admins; taking away needs one."""

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as Answer

from ivr.console import passwords
from ivr.console.desk import Desk, current
from ivr.console.frame import done, page
from ivr.console.words import LANGUAGES
from ivr.store import approvals, staff
from ivr.store.staff import New, Row, StaffError
from ivr.store.staff_tables import ROLES

TWO = 2
"""Admins that a change of roles or factors needs."""
NO_PASSWORD = "!"  # noqa: S105 (no hash: nothing fits it)
ASKABLE = ("role", "reset")


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""
    _add_reading(routes, desk)
    _add_changing(routes, desk)
    _add_asking(routes, desk)


def _add_reading(routes: Blueprint, desk: Desk) -> None:
    @routes.get("/people")
    def people() -> Response:
        """Everybody, and what waits for a second admin."""
        with desk.store.reading() as connection:
            return page(
                "people.html",
                people=staff.everybody(connection),
                waiting=approvals.waiting(connection, desk.now()),
                enough=staff.admins(connection) >= TWO,
            )

    @routes.get("/people/<int:number>")
    def one_person(number: int) -> Response:
        """One of them."""
        return _show(desk, number)

    @routes.get("/people/add")
    def new_person() -> Response:
        """Ask who is to be added."""
        return _form(desk, {})


def _add_changing(routes: Blueprint, desk: Desk) -> None:
    @routes.post("/people/<int:number>/languages")
    def change_languages(number: int) -> Response | Answer:
        """What somebody speaks."""
        try:
            with desk.store.writing() as connection:
                _need(staff.load(connection, number))
                who, spoken = current().name, _spoken()
                staff.set_languages(connection, who, number, spoken, desk.now())
        except StaffError as error:
            return _show(desk, number, {"languages": error.key})
        return done(f"/people/{number}", "done.languages")

    @routes.post("/people/<int:number>/sign-out")
    def sign_out_person(number: int) -> Answer:
        """Sign somebody out everywhere."""
        with desk.store.writing() as connection:
            _need(staff.load(connection, number))
            staff.sign_out(connection, current().name, number, desk.now())
        return done(f"/people/{number}", "done.out")

    @routes.post("/people/<int:number>/disable")
    def disable_person(number: int) -> Response | Answer:
        """Switch somebody off: one admin is enough for that."""
        reason = request.form.get("reason", "")
        try:
            with desk.store.writing() as connection:
                _need(staff.load(connection, number))
                staff.disable(connection, current().name, number, reason, desk.now())
        except StaffError as error:
            return _show(desk, number, {"disable": error.key})
        return done(f"/people/{number}", "done.disabled")


def _add_asking(routes: Blueprint, desk: Desk) -> None:
    @routes.post("/people/add")
    def ask_to_add() -> Response | Answer:
        """Ask that somebody be added."""
        form = request.form
        try:
            new = New(
                form.get("name", "").strip().lower(), form.get("shown", ""), form.get("role", ""),
                form.get("language", ""), _spoken(),
            )  # fmt: skip
            with desk.store.writing() as connection:
                who, at = current(), desk.now()
                number = staff.add(connection, who.name, new, NO_PASSWORD, at)
                reason = form.get("reason", "")
                approvals.ask(connection, who.name, who.id, "add", number, new.role, reason, at)
        except StaffError as error:
            return _form(desk, {error.key.rpartition(".")[2]: error.key})
        return done("/people", "done.asked")

    @routes.post("/people/<int:number>/ask")
    def ask_about(number: int) -> Response | Answer:
        """Ask for another role, or for a new invitation."""
        form, who = request.form, current()
        what = form.get("what", "")
        role, reason = form.get("role", "") if what == "role" else "", form.get("reason", "")
        if what not in ASKABLE:
            abort(400)
        try:
            with desk.store.writing() as connection:
                _need(staff.load(connection, number))
                approvals.ask(connection, who.name, who.id, what, number, role, reason, desk.now())
        except StaffError as error:
            return _show(desk, number, {what: error.key})
        return done("/people", "done.asked")

    @routes.post("/people/asked/<int:number>")
    def answer_asked(number: int) -> Response | Answer:
        """Agree, or not. An invitation is shown to who agreed, this once."""
        return _answer(desk, number, agreed=request.form.get("answer") == "agree")


def _answer(desk: Desk, number: int, *, agreed: bool) -> Response | Answer:
    who, at = current(), desk.now()
    invitation = passwords.invitation()
    hashed = passwords.hashed(invitation)
    with desk.store.writing() as connection:
        asked = approvals.find(connection, number, at)
        if asked is None:
            raise StaffError("people.wrong.answered", "Somebody has just answered this.")
        approvals.answer(connection, who.name, asked, who.id, agreed=agreed, at=at)
        person = _need(staff.load(connection, asked.about))
        if not agreed and asked.what == "add":
            staff.disable(connection, who.name, asked.about, asked.reason, at)
        if agreed and asked.what == "role":
            staff.set_role(connection, who.name, asked.about, asked.role, asked.reason, at)
        if agreed and asked.what != "role":
            staff.invite(connection, who.name, asked.about, hashed, asked.reason, at)
    if not agreed or asked.what == "role":
        return done("/people", "done.agreed" if agreed else "done.refused")
    return page("invitation.html", invited=person, invitation=invitation, until=at + staff.INVITED)


def _show(desk: Desk, number: int, wrong: dict[str, str] | None = None) -> Response:
    with desk.store.reading() as connection:
        row = _need(staff.load(connection, number))
        enough = staff.admins(connection) >= TWO
    typed = request.form if wrong and "languages" in wrong else None
    return page(
        "person.html", 400 if wrong else 200, row=row, wrong=wrong or {}, enough=enough,
        roles=ROLES, speaks=typed.getlist("speaks") if typed else row.speaks,
        others=typed.get("others", "") if typed else _others(row), given=request.form,
    )  # fmt: skip


def _others(row: Row) -> str:
    return " ".join(code for code in row.speaks if code not in LANGUAGES)


def _form(desk: Desk, wrong: dict[str, str]) -> Response:
    return page("add_person.html", 400 if wrong else 200, wrong=wrong, roles=ROLES,
                given=request.form, ticked=request.form.getlist("speaks"))  # fmt: skip


def _spoken() -> tuple[str, ...]:
    """The languages ticked, then the others typed."""
    typed = request.form.get("others", "").lower().replace(",", " ").split()
    return tuple(dict.fromkeys([*request.form.getlist("speaks"), *typed]))


def _need(row: Row | None) -> Row:
    if row is None:
        abort(404)
    return row
