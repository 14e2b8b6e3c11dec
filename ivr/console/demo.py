"""The people of a demonstration, whose passwords and codes stand on its sign-in page.

They are made by `make_examples` (`ivr up`), in a file beside the demonstration's other settings.
Where real callers ring there is no such file, and nothing here is asked.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.console import codes, passwords
from ivr.console.desk import Desk
from ivr.editions.files import write
from ivr.settings import Settings
from ivr.store import factors, staff
from ivr.store.database import Away, Store
from ivr.store.staff import New

FILE = "demo-staff.json"
PEOPLE = (
    New("noor", "Noor", "operator", "nl", ("nl", "fr", "en")),
    New("samir", "Samir", "operator", "fr", ("fr", "en")),
    New("hanne", "Hanne", "supervisor", "nl", ("nl", "de", "en")),
    New("thomas", "Thomas", "admin", "de", ("de", "fr")),
    New("claire", "Claire", "auditor", "fr", ("fr",)),
)
"""Made up."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them as the file has her."""

    name: str
    password: str
    secret: str


@dataclass(frozen=True, slots=True)
class Example:
    """One of them as the page shows her. `code` is empty until the used one is over."""

    name: str
    shown: str
    role: str
    password: str
    code: str


def make_examples(settings: Settings, at: datetime) -> None:
    """Make them where they are missing. Raises `database.Away`."""
    if not settings.demo:
        return
    kept = {one.name: one for one in _kept(settings)}
    with Store(settings.database_url) as store:
        for new in PEOPLE:
            with store.writing() as connection:
                kept[new.name] = _make(connection, settings, new, kept.get(new.name), at)
    told = json.dumps([asdict(one) for one in kept.values()], indent=1)
    write(settings.var / FILE, told.encode())


def examples(desk: Desk) -> list[Example]:
    """Who may sign in to this demonstration, with codes that were not used yet."""
    kept = {one.name: one for one in _kept(desk.settings)}
    try:
        with desk.store.reading() as connection:
            return [
                _shown(connection, desk, new, kept[new.name]) for new in PEOPLE if new.name in kept
            ]
    except Away:
        return []


def _shown(connection: sa.Connection, desk: Desk, new: New, kept: Kept) -> Example:
    row = staff.find(connection, new.name)
    apps = factors.totps(connection, desk.secrets, row.id) if row else []
    used = max((used for _, _, used in apps), default=0)
    code = codes.next_code(kept.secret, used, desk.now())
    return Example(new.name, new.shown, new.role, kept.password, code)


def _kept(settings: Settings) -> list[Kept]:
    try:
        rows = json.loads((settings.var / FILE).read_text(encoding="utf-8"))
        return [Kept(**row) for row in rows]
    except (OSError, ValueError, TypeError):
        return []


def _make(
    connection: sa.Connection, settings: Settings, new: New, kept: Kept | None, at: datetime
) -> Kept:
    """As she was, when file and database both know her; else anew."""
    row = staff.find(connection, new.name)
    if row and kept:
        return kept
    fresh = Kept(new.name, f"demo-{secrets.token_hex(4)}", codes.new_secret())
    hashed = passwords.hashed(fresh.password)
    number = row.id if row else staff.add(connection, "ivr up", new, hashed, at)
    if row:
        staff.invite(connection, "ivr up", number, hashed, "demonstration", at)
    factors.add_totp(
        connection, settings.secret_keys, "ivr up", number, fresh.secret, 0, "demonstration", at
    )
    staff.set_password(connection, "ivr up", number, hashed, at)
    return fresh
