"""What every page has at hand, and who is looking at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import g

from ivr.callbacks.context import Context
from ivr.callbacks.means import Means
from ivr.console.entry import Cookies
from ivr.settings import Settings
from ivr.store.database import Store
from ivr.store.sessions import Session

if TYPE_CHECKING:
    from ivr.line import Line

INVITED = "invited"
"""The role of somebody who has an invitation, and no way to prove herself yet."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in. `speaks` are codes of languages; `language` is that of her pages."""

    id: int
    name: str
    shown: str
    role: str
    language: str
    speaks: tuple[str, ...]
    status: str
    has_phone: bool


@dataclass(frozen=True)
class Desk:
    """The line with its database and settings. Sign-in, sessions and audit keep real time (`now`);
    windows and calls that of the line (`at`), which a demonstration may pretend.
    """

    line: "Line"
    settings: Settings
    now: Callable[[], datetime]
    means: Means

    @cached_property
    def at(self) -> Callable[[], datetime]:
        """What time it is for windows and calls."""
        if not self.settings.demo:
            return self.now
        from ivr.carrier.rehearsal.pretended import Pretended  # not where real callers ring

        return Pretended(self.settings, self.now).now

    @property
    def carrier(self) -> str:
        """Whose callbacks are in the queue: of this carrier, and of no other."""
        return self.settings.carrier

    @property
    def context(self) -> Context:
        """What the rules about callbacks need now."""
        return self.means.context()

    @property
    def store(self) -> Store:
        """The database: `with desk.store.writing() as connection`."""
        return self.line.store

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The keys that everything signed or sealed comes from, the newest first."""
        return self.settings.secret_keys

    @property
    def cookies(self) -> Cookies:
        """What browsers hold for us."""
        return Cookies(self.secrets, self.settings.public_base_url.startswith("https:"))

    @property
    def zone(self) -> str:
        """The zone of every time on a page."""
        return self.line.world(self.settings.carrier).directory.zone

    @property
    def host(self) -> str:
        """The name by which browsers know this site, and passkeys belong to it."""
        return urlsplit(self.settings.public_base_url).hostname or ""


def current() -> Person:
    """Who is signed in; only on a page that nobody else reaches."""
    return cast(Person, g.person)


def session() -> Session:
    """Her session."""
    return cast(Session, g.session)


def on_call() -> None:
    """Say, in a request that does not count as activity, that a call in progress does."""
    g.active = True
