"""Before anything else: a webhook is taken only when one of our carriers signed it for here."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest

from ivr.voice.account import REHEARSAL, TWILIO, accounts
from ivr.voice.form import MOST_BYTES
from ivr.voice.request import check
from ivr.voice.signature import sign
from tests.voice.telephone import (
    BASE,
    NEWER_TOKEN,
    REHEARSAL_SID,
    REHEARSAL_TOKEN,
    TWILIO_SID,
    TWILIO_TOKEN,
    settings,
)

KNOWN = accounts(settings())


def environ(sid: str = TWILIO_SID, token: str = TWILIO_TOKEN, **changes: Any) -> dict[str, Any]:
    """An honest request as a server hands it over."""
    form = [("AccountSid", sid), ("Digits", "1")]
    body = urlencode(form).encode()
    honest = {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "RAW_URI": "/voice/incoming",
        "HTTP_X_TWILIO_SIGNATURE": sign(BASE, "/voice/incoming", form, token),
        "wsgi.input": BytesIO(body),
    }
    return honest | changes


@pytest.mark.parametrize(
    ("sid", "token", "carrier"),
    [
        (TWILIO_SID, TWILIO_TOKEN, TWILIO),
        (TWILIO_SID, NEWER_TOKEN, TWILIO),
        (REHEARSAL_SID, REHEARSAL_TOKEN, REHEARSAL),
    ],
)
def test_both_carriers_are_taken_each_with_its_own_tokens(
    sid: str, token: str, carrier: str
) -> None:
    webhook = check(environ(sid, token), BASE, KNOWN)
    assert webhook is not None
    assert webhook.account.carrier == carrier
    assert ("Digits", "1") in webhook.fields


@pytest.mark.parametrize(
    ("sid", "token"),
    [
        (TWILIO_SID, REHEARSAL_TOKEN),
        (REHEARSAL_SID, TWILIO_TOKEN),
        ("AC" + "9" * 32, TWILIO_TOKEN),
        ("", TWILIO_TOKEN),
    ],
)
def test_no_carrier_speaks_for_another(sid: str, token: str) -> None:
    assert check(environ(sid, token), BASE, KNOWN) is None


def test_another_server_names_the_target_otherwise() -> None:
    other = environ(REQUEST_URI="/voice/incoming")
    del other["RAW_URI"]
    assert check(other, BASE, KNOWN)


@pytest.mark.parametrize(
    "change",
    [
        {"CONTENT_TYPE": "application/json"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=latin-1"},
        {"CONTENT_TYPE": ""},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "5"},
        {"CONTENT_LENGTH": "9999"},
        {"CONTENT_LENGTH": str(MOST_BYTES + 1)},
        {"RAW_URI": "/voice/incoming?"},
        {"RAW_URI": "/voice/status"},
        {"RAW_URI": "https://line.example.org/voice/incoming"},
        {"RAW_URI": "[", "HTTP_X_TWILIO_SIGNATURE": "A" * 27 + "="},
        {"HTTP_X_TWILIO_SIGNATURE": ""},
        {"HTTP_X_TWILIO_SIGNATURE": "é" * 28},
        {"wsgi.input": None},
        {"wsgi.input": BytesIO(b"\xff" * 60)},
    ],
)
def test_everything_else_is_refused_whatever_breaks(change: dict[str, Any]) -> None:
    assert check(environ(**change), BASE, KNOWN) is None


@pytest.mark.parametrize(
    ("length", "read"), [(MOST_BYTES, True), (MOST_BYTES + 1, False), (-1, False)]
)
def test_a_body_that_is_too_long_is_not_even_read(length: int, read: bool) -> None:
    sent = BytesIO(b"a" * (MOST_BYTES + 9))
    assert check(environ(CONTENT_LENGTH=str(length), **{"wsgi.input": sent}), BASE, KNOWN) is None
    assert (sent.tell() > 0) is read


@pytest.mark.parametrize(
    "key", ["CONTENT_TYPE", "CONTENT_LENGTH", "RAW_URI", "HTTP_X_TWILIO_SIGNATURE", "wsgi.input"]
)
def test_a_request_that_lacks_something_is_refused(key: str) -> None:
    lacking = environ()
    del lacking[key]
    assert check(lacking, BASE, KNOWN) is None


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"])
def test_no_header_has_a_say_in_the_address(header: str) -> None:
    assert check(environ(**{header: "elsewhere.example.org"}), BASE, KNOWN)
    assert (
        check(environ(**{header: "line.example.org"}), "https://elsewhere.example", KNOWN) is None
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: settings(twilio_auth_tokens=()),
        lambda: settings(rehearsal_auth_tokens=()),
        lambda: settings(rehearsal_account_sid=TWILIO_SID),
    ],
)
def test_the_door_does_not_open_without_a_token_for_each(wrong: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match="account of its own"):
        accounts(wrong())


def test_a_carrier_that_is_not_there_has_no_account() -> None:
    only = accounts(settings(twilio_account_sid="", twilio_auth_tokens=()))
    assert list(only) == [REHEARSAL_SID]
