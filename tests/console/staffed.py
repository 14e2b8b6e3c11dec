"""A line with staff and one browser, at a moment that a test moves on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from ivr.app import HEADERS, protected
from ivr.callbacks.means import Means, means_of
from ivr.console import codes, passwords
from ivr.console.door import door
from ivr.line import Health, Line
from ivr.settings import Settings, load_settings
from ivr.store import factors, staff
from ivr.store.database import Store
from ivr.store.staff import New
from tests import installations
from tests.console.reading import Page, judged

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
PASSWORD = "four words nobody joins"
HASHED = passwords.hashed(PASSWORD)
ROLES = ("operator", "supervisor", "admin", "auditor")


@dataclass
class House:
    """The application over a database, its clock, and the secrets of who works there."""

    settings: Settings
    app: Flask
    store: Store
    secrets: dict[str, str]
    line: SimpleNamespace
    clock: list[datetime] = field(default_factory=lambda: [NOW])

    def wait(self, **passed: float) -> None:
        """Let time pass."""
        self.clock[0] += timedelta(**passed)

    def browser(self, **headers: str) -> "Browser":
        """A browser that was never here."""
        return Browser(self, headers)

    def signed_in(self, name: str) -> "Browser":
        """A browser in which somebody is signed in."""
        browser = self.browser()
        browser.sign_in(name)
        return browser

    def code(self, name: str) -> str:
        """A code of somebody's app that was not used yet."""
        self.wait(seconds=codes.STEP)
        return codes.code_at(self.secrets[name], self.clock[0])

    def person(self, name: str) -> staff.Row:
        """Somebody as stored."""
        with self.store.reading() as connection:
            row = staff.find(connection, name)
        assert row
        return row

    def rows(self) -> dict[str, list[Any]]:
        """Everything in the database."""
        with self.store.reading() as connection:
            tables = sa.inspect(connection).get_table_names()
            return {
                name: sorted(map(repr, connection.execute(sa.text(f"SELECT * FROM {name}"))))  # noqa: S608 (names of tables)
                for name in tables
            }


class Browser:
    """One browser: it keeps cookies, and sends the tokens of the page that it shows."""

    def __init__(self, house: House, headers: dict[str, str]) -> None:
        self.house = house
        self.web = house.app.test_client()
        self.base = house.settings.public_base_url
        self.headers = headers
        self.page = Page("")

    def get(self, path: str, status: int = 200, **more: Any) -> TestResponse:
        """Open a page, which must be what every page must be."""
        reply = self.web.get(
            f"/console{path}", base_url=self.base, headers={**self.headers, **more}, buffered=True
        )
        assert reply.status_code == status, (path, reply.status_code, reply.text[:600])
        if reply.mimetype == "text/html" and status not in {204, 303}:
            self.page = judged(reply.text)
        return reply

    def part(self, path: str, status: int = 200, **more: str) -> TestResponse:
        """What a page asks for by itself: no page of its own."""
        headers = {**self.headers, **more}
        reply = self.web.get(f"/console{path}", base_url=self.base, headers=headers, buffered=True)
        assert reply.status_code == status, (path, reply.status_code)
        return reply

    def post(self, path: str, status: int = 303, /, **form: Any) -> TestResponse:
        """Send a form, with the token that its page has."""
        tokens = [one.fields.get("csrf", "") for one in self.page.forms]
        given = {"csrf": tokens[0] if tokens else "", **form}
        reply = self.web.post(
            f"/console{path}", data=given, base_url=self.base, headers=self.headers
        )
        assert reply.status_code == status, (path, reply.status_code, reply.text[:900])
        if reply.mimetype == "text/html" and status != 303:
            self.page = judged(reply.text)
        return reply

    def sign_in(self, name: str, status: int = 303, /, **form: Any) -> TestResponse:
        """Sign in with everything right, but for what is given."""
        self.get("/sign-in")
        given = {"name": name, "password": PASSWORD}
        if "code" not in form:
            form["code"] = self.house.code(name)
        reply = self.post("/sign-in", status, **{**given, **form})
        if status == 303:
            self.get("/set-up" if reply.location.endswith("/set-up") else "/account")
        return reply

    def cookie(self, word: str) -> Any:
        """A cookie that it holds."""
        name = f"__Host-{word}" if self.base.startswith("https") else word
        return self.web.get_cookie(name, domain=self.base.split("/")[2].partition(":")[0])


def built(
    folder: Path, *, demo: bool = False, means: Callable[[Line], Means] = means_of, **changes: str
) -> House:
    """A house in a folder whose database is migrated, with nobody in it."""
    make = installations.rehearsing if demo else installations.real
    settings = load_settings(make(folder, **changes))
    real = Line(settings)
    clock = [NOW]
    line = SimpleNamespace(
        store=real.store,
        settings=settings,
        health=Health("", 1, 1),
        world=real.world,
        context=real.context,
    )
    app = Flask("staffed", static_folder=None)
    given = means(cast(Line, line))
    app.register_blueprint(door(cast(Any, line), settings, lambda: clock[0], given))
    shielded = protected(app.wsgi_app, tuple(HEADERS.items()))
    app.wsgi_app = shielded  # type: ignore[assignment,method-assign]  # Flask says so
    return House(settings, app, real.store, {}, line, clock)


def hire(house: House, name: str, role: str, *, speaks: tuple[str, ...] = ("nl",)) -> int:
    """Add somebody who has set herself up, with an app."""
    secret = codes.new_secret()
    with house.store.writing() as connection:
        new = New(name, name.capitalize(), role, "en", speaks)
        number = staff.add(connection, "test", new, HASHED, house.clock[0])
        keys = house.settings.secret_keys
        factors.add_totp(connection, keys, "test", number, secret, 0, "phone", house.clock[0])
        staff.set_password(connection, "test", number, HASHED, house.clock[0])
    house.secrets[name] = secret
    return number


def invite(house: House, name: str, role: str = "operator") -> str:
    """Add somebody who was only invited; the invitation."""
    invitation = passwords.invitation()
    with house.store.writing() as connection:
        new = New(name, name.capitalize(), role, "en", ())
        staff.add(connection, "test", new, passwords.hashed(invitation), house.clock[0])
    return invitation
