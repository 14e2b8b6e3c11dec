"""Turns are answered below Flask, for speed; its own routes would have answered the same."""

from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from ivr.voice.signature import sign
from tests.voice.telephone import BASE, CALL, FORM, TWILIO_SID, TWILIO_TOKEN, House
from tests.worlds import line_number

FIELDS = [
    ("AccountSid", TWILIO_SID),
    ("CallSid", CALL),
    ("CallStatus", "ringing"),
    ("To", line_number()),
]


def below(house: House) -> Client:
    """The application as a server calls it."""
    return Client(house.app)


def above(house: House) -> Client:
    """The application as Flask alone would answer."""
    return Client(lambda environ, start: Flask.wsgi_app(house.app, environ, start))


def ask(client: Client, target: str, *, method: str = "POST", media: str = FORM) -> TestResponse:
    """One signed webhook."""
    return client.open(
        target,
        method=method,
        data=urlencode(FIELDS),
        content_type=media,
        headers={"X-Twilio-Signature": sign(BASE, target, FIELDS, TWILIO_TOKEN)},
        base_url=BASE,
    )


def what(answer: TestResponse) -> tuple[int, bytes, str | None, str | None]:
    """Everything about an answer that a carrier sees."""
    headers = answer.headers
    return (
        answer.status_code,
        answer.data,
        headers.get("Content-Type"),
        headers.get("Cache-Control"),
    )


@pytest.mark.parametrize(
    "target",
    [
        "/voice/incoming",
        "/voice/inbound/" + "A" * 256,
        "/voice/screening/" + "A" * 256,
        "/voice/elsewhere/" + "A" * 256,
        "/voice/inbound/short",
        "/voice/status",
    ],
)
def test_both_ways_give_the_same_answer(target: str) -> None:
    house = House()
    assert what(ask(below(house), target)) == what(ask(above(house), target))


def test_both_ways_refuse_the_same() -> None:
    house = House()
    for method, media in (("POST", "text/plain"), ("GET", FORM), ("PUT", FORM)):
        ways = [ask(client, "/voice/incoming", method=method, media=media)
                for client in (below(house), above(house))]  # fmt: skip
        assert what(ways[0]) == what(ways[1])
        assert ways[0].status_code in (403, 405)


def test_an_address_that_is_no_turn_is_left_to_flask() -> None:
    house = House()
    for target in ("/voice/", "/voice/INBOUND/" + "A" * 256, "/voice/inbound/A/B", "/voice//A"):
        assert what(ask(below(house), target)) == what(ask(above(house), target))
