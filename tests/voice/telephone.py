"""A carrier for tests: it signs, posts and follows, and holds every answer to the house's rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ivr.call import machine as real_machine
from ivr.voice.form import Fields
from ivr.voice.routes import door
from ivr.voice.signature import sign
from tests.twiml_grammar import validate
from tests.voice.standins import (
    StandInAttempts,
    StandInEffects,
    StandInLine,
    StandInShelf,
    StandInTally,
)
from tests.worlds import line_number

BASE = "https://line.example.org"
SECRET = bytes(range(32))
NEWER_SECRET = bytes(range(100, 132))
TWILIO_SID = "AC" + "1" * 32
REHEARSAL_SID = "AC" + "2" * 32
TWILIO_TOKEN = "twilio-token-of-the-tests-0123456"  # nobody's
NEWER_TOKEN = "twilio-token-that-comes-next-0123"  # nobody's
REHEARSAL_TOKEN = "rehearsal-token-of-the-tests-0123"  # nobody's
CALLER = "+12025550147"  # an example: nobody's number
CALL = "CA" + "a" * 32
CHILD = "CA" + "b" * 32
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


def settings(**changes: Any) -> Any:
    """Settings with both carriers, unless changed."""
    both = {
        "public_base_url": BASE,
        "secret_keys": (SECRET,),
        "twilio_account_sid": TWILIO_SID,
        "twilio_auth_tokens": (TWILIO_TOKEN, NEWER_TOKEN),
        "rehearsal_account_sid": REHEARSAL_SID,
        "rehearsal_auth_tokens": (REHEARSAL_TOKEN,),
    }
    return SimpleNamespace(**(both | changes))


class House:
    """The line behind its door, with everything around it standing in."""

    def __init__(self, *, machine: Any = real_machine, **changes: Any) -> None:
        self.line = StandInLine()
        self.shelf = StandInShelf()
        self.effects = StandInEffects()
        self.attempts = StandInAttempts()
        self.tally = StandInTally()
        app = Flask("line")
        app.register_blueprint(
            door(
                self.line,
                settings(**changes),
                machine=machine,
                shelf=self.shelf,
                effects=self.effects,
                attempts=self.attempts,
                tally=self.tally,
            )
        )
        self.app = app
        self.client: FlaskClient = app.test_client()

    def post(
        self, target: str, fields: Fields, *, signature: str, media: str = FORM
    ) -> TestResponse:
        """Post a form as it stands."""
        return self.client.post(
            target,
            data=urlencode(fields, errors="surrogatepass"),
            content_type=media,
            headers={"X-Twilio-Signature": signature},
            base_url=BASE,
        )

    def call(self, **changes: Any) -> "Leg":
        """A telephone that is about to ring the line."""
        return Leg(self, **changes)


@dataclass
class Leg:
    """One telephone's part of a call, as its carrier sees it."""

    house: House
    sid: str = CALL
    account: str = TWILIO_SID
    token: str = TWILIO_TOKEN
    number: str = field(default_factory=line_number)
    kind: str = "inbound"
    parent: str = ""
    target: str = "/voice/incoming"
    document: ET.Element = field(default_factory=lambda: ET.Element("Response"))
    always: Mapping[str, str] = field(default_factory=dict)

    def fields(self, **said: str) -> Fields:
        """The form that the carrier sends, with a few that nobody reads."""
        form = {
            "AccountSid": self.account,
            "ApiVersion": "2010-04-01",
            "CallSid": self.sid,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "From": CALLER,
            "FromCity": "Köln",
            "To": self.number,
            **({"ParentCallSid": self.parent} if self.parent else {}),
            **self.always,
            **said,
        }
        return list(form.items())

    def post(self, fields: Fields | None = None, **said: str) -> bytes:
        """Post, signed; the answer has to be good whatever was said."""
        form = self.fields(**said) if fields is None else fields
        signature = sign(BASE, self.target, form, self.token)
        response = self.house.post(self.target, form, signature=signature)
        assert response.status_code == 200, response.status
        assert response.content_type == "text/xml; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        assert validate(response.data, self.kind) == [], response.data.decode()
        return response.data

    def says(self, **said: str) -> "Leg":
        """Post, and stay at the line: what it answered is what the leg hears now."""
        return self.hears(self.post(**said))

    def hears(self, answer: bytes) -> "Leg":
        """Take an answer in, and go where it says."""
        document = ET.fromstring(answer)  # noqa: S314  # the line's own
        for clip in document.iter("Play"):
            served = self.house.client.get(path_of(clip.text))
            assert (served.status_code, served.mimetype) == (200, "audio/wav")
        onward = [v.get("action") for v in document if v.get("action")]
        onward += [v.text for v in document.iter("Redirect")]
        target = path_of(onward[0]) if onward else self.target
        return replace(self, document=document, target=target)

    def presses(self, key: str) -> "Leg":
        """Press one key."""
        return self.says(Digits=key)

    def waits(self) -> "Leg":
        """Press nothing until the time-out."""
        return self.says(Digits="")

    def answered(self) -> "Leg":
        """The other telephone of a dial, picked up: it asks what there is to hear."""
        noun = self.document.find("Dial")[0]
        return replace(
            self,
            sid=CHILD,
            parent=self.sid,
            number=noun.text or "",
            kind="screening",
            target=path_of(noun.get("url")),
        )

    @property
    def verbs(self) -> list[str]:
        """The verbs of what is heard now."""
        return [verb.tag for verb in self.document]


def path_of(url: str | None) -> str:
    """The raw target of an address of ours."""
    assert url
    assert url.startswith(f"{BASE}/"), url
    return urlsplit(url).path


def broken(*_: object) -> Any:
    """A function that never works."""
    raise RuntimeError("planted: +12025550147 must not be logged")


def machine_with(**changes: Callable[..., Any]) -> Any:
    """The real machine with some of it replaced."""
    parts = {"answer": real_machine.answer, "step": real_machine.step, "fail": real_machine.fail}
    return SimpleNamespace(**(parts | changes))
