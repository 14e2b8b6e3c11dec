"""A line without wires for drills: its turns are asked directly, and what it says is read back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

from audio.recipe import unpack
from ivr.call import machine
from ivr.call.actions import Check, Effect, Find, Ready
from ivr.call.edition import Edition
from ivr.call.signals import Checked, Done, Known, Result, Ring
from ivr.call.world import World
from ivr.editions.ship import shipped_edition
from ivr.voice.account import Account
from ivr.voice.clips import open_name
from ivr.voice.desk import Desk
from ivr.voice.request import Webhook
from ivr.voice.routes import open_desk
from ivr.voice.turn import take_turn
from prompts import Origin, Recording
from routing.centres import load_directory
from routing.directory import Directory

BASE = "https://line.example.org"
SECRET = bytes(range(32))
SID = "AC" + "e" * 32
OURS = "+12025550100"  # an example: nobody's number
HERS = "+12025550188"  # an example
CODE = "4711"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Form = dict[str, str]
Spoken = tuple[str, str]


@dataclass
class Parts:
    """What stands around the door, any of which may break."""

    broken: set[str] = field(default_factory=set)
    at: datetime = AT

    def world(self, carrier: str) -> World:
        """The world, as it ships, with a recording for every word."""
        self._check("world")
        rehearsal = carrier == "rehearsal"
        return World(marked_edition(), directory(), self.at, carrier, OURS, rehearsal)

    def edition(self, number: int) -> Edition | None:
        """No older edition is at hand."""
        self._check("edition")
        return None

    def carry_out(self, effect: Effect, **_: Any) -> Result:
        """Her telephone may be rung, and one code is hers."""
        self._check("effect")
        match effect:
            case Ready():
                return Ring(HERS, OURS, "fr", False, 1)
            case Check(_, code):
                return Checked(code == CODE)
            case Find():
                return Known(None)
            case _:
                return Done(True)

    def take(self, news: object) -> None:
        """News is kept nowhere."""
        self._check("news")

    def turn(self, *_: object) -> None:
        """Nothing is counted."""
        self._check("count")

    def ended(self, *_: object) -> None:
        """Nothing is counted."""

    def answer(self, *given: Any) -> Any:
        """The real machine."""
        self._check("answer")
        return machine.answer(*given)

    def step(self, *given: Any) -> Any:
        """The real machine."""
        self._check("step")
        return machine.step(*given)

    def fail(self, *given: Any) -> Any:
        """The real machine."""
        self._check("fail")
        return machine.fail(*given)

    def _check(self, part: str) -> None:
        if part in self.broken:
            raise RuntimeError(f"planted: {part}")


def open_door(parts: Parts) -> Desk:
    """The caller's door over these parts, with the rehearsal carrier alone."""
    settings: Any = SimpleNamespace(
        public_base_url=BASE,
        secret_keys=(SECRET,),
        twilio_account_sid="",
        twilio_auth_tokens=(),
        rehearsal_account_sid=SID,
        rehearsal_auth_tokens=("t" * 32,),
    )
    return open_desk(parts, settings, parts, parts, parts, parts)


def ask(desk: Desk, kind: str, token: str, form: Form, *more: tuple[str, str]) -> bytes:
    """What the door answers to a webhook whose signature held."""
    account = Account("rehearsal", SID, ("t" * 32,))
    fields = [("AccountSid", SID), *form.items(), *more]
    return take_turn(desk, Webhook(account, fields), kind, token)


def said_in(reply: bytes) -> Iterator[Spoken]:
    """Every prompt in a reply, with its language; what the carrier's own voice says as itself."""
    for verb in ET.fromstring(reply).iter():  # noqa: S314  # what the line itself has just written
        if verb.tag == "Say":
            yield f"voice: {verb.text}", verb.get("language", "")
        if verb.tag == "Play":
            name = (verb.text or "").rpartition("/")[2].removesuffix(".wav")
            packed = open_name((SECRET,), name)
            pieces = unpack(packed).pieces if packed else ()
            yield from (_names()[piece] for piece in pieces if isinstance(piece, str))


def onward(reply: bytes) -> tuple[str, str]:
    """The kind of leg and the state that a reply goes on with; empty where it ends."""
    found = re.search(rb"/voice/([a-z]+)/([A-Za-z0-9_-]+={0,2})", reply)
    return (found[1].decode(), found[2].decode()) if found else ("", "")


def child_of(reply: bytes) -> tuple[str, str]:
    """The kind and the state of the leg that a reply dials."""
    found = re.search(rb'url="[^"]*/voice/([a-z]+)/([A-Za-z0-9_-]+={0,2})"', reply)
    return (found[1].decode(), found[2].decode()) if found else ("", "")


@cache
def directory() -> Directory:
    """The directory that ships."""
    return load_directory()


@cache
def marked_edition() -> Edition:
    """The shipped edition, in which every text has a recording that only it could have."""
    edition = shipped_edition()
    recordings = {
        language: {key: _mark(language, key) for key in texts}
        for language, texts in edition.catalogue.texts.items()
    }
    return replace(edition, recordings=recordings)


def _mark(language: str, key: str) -> Recording:
    digest = sha256(f"{language} {key}".encode()).hexdigest()
    return Recording(digest, 1.0, "", Origin.SYNTHETIC)


@cache
def _names() -> dict[str, Spoken]:
    """Which prompt in which language a recording is."""
    return {
        recording.digest[:16]: (key, language)
        for language, keys in marked_edition().recordings.items()
        for key, recording in keys.items()
    }
