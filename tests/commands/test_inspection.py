"""Twilio's own settings, as its library would tell them: what differs from what the line needs."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier import inspection
from ivr.settings import Settings, load_settings
from routing.directory import AccessNumber, Directory
from tests.installations import OUTBOUND, REAL_ACCOUNT, real
from tests.worlds import shipped_directory

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
RFC = "%a, %d %b %Y %H:%M:%S GMT"
NUMBER = "+3220000006"  # an example: nobody's number
GOOD = {
    "phone_number": NUMBER,
    "voice_url": "https://line.example.org/voice/incoming",
    "voice_method": "POST",
    "status_callback": "https://line.example.org/voice/status",
    "status_callback_method": "POST",
    "voice_fallback_url": "https://static.example.net/fallback.xml",
    "voice_fallback_method": "GET",
}


class Answers(HttpClient):
    """The library's own way to its API, answered here."""

    def __init__(self, rows: list[dict[str, str]], status: int = 200, date: datetime = NOW) -> None:
        self.rows, self.status = rows, status
        self.headers = {"Date": date.strftime(RFC)}
        self.asked: list[str] = []

    def request(self, method: str, url: str, *_: Any, **__: Any) -> Response:
        self.asked.append(f"{method} {url}")
        body = json.dumps({"incoming_phone_numbers": self.rows, "page_size": 1000})
        return Response(self.status, body, self.headers)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(real(tmp_path))


@pytest.fixture
def directory() -> Directory:
    return replace(
        shipped_directory(), access=(AccessNumber(NUMBER), AccessNumber("+32", example=True))
    )


def ask(settings: Settings, directory: Directory, http: Answers) -> str:
    client = Client(REAL_ACCOUNT, "token", http_client=http)
    found = inspection.examine(settings, directory, client, lambda: NOW)
    return "\n".join(f"{one.what} {one.do}" for one in found)


def test_numbers_that_are_set_as_the_line_needs_them(
    settings: Settings, directory: Directory
) -> None:
    http = Answers([GOOD, {"phone_number": OUTBOUND}])
    assert ask(settings, directory, http) == ""
    assert len(http.asked) == 1
    assert http.asked[0].startswith("GET https://api.twilio.com/")


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        (
            "voice_url",
            "https://old.example.org/voice",
            "Set it to https://line.example.org/voice/inc",
        ),
        ("voice_url", None, "Set it to https://line.example.org/voice/incoming"),
        ("voice_method", "GET", "voice_method is not as the line needs it. Set it to POST"),
        ("status_callback", "", "Set it to https://line.example.org/voice/status"),
        ("status_callback_method", "GET", "status_callback_method"),
        ("voice_fallback_url", "", "nothing answers while the line is away"),
        ("voice_fallback_url", "https://line.example.org/f.xml", "on the line's own host"),
        ("voice_fallback_method", "POST", "not asked by GET"),
    ],
)
def test_what_differs_is_told_with_what_to_set(
    settings: Settings, directory: Directory, name: str, value: str, finding: str
) -> None:
    rows = [{**GOOD, name: value}, {"phone_number": OUTBOUND}]
    told = ask(settings, directory, Answers(rows))
    assert finding in told
    assert told.count("\n") == 0


def test_overrides_in_the_address_s_fragment_are_the_admin_s_own(
    settings: Settings, directory: Directory
) -> None:
    row = {**GOOD, "voice_url": f"{GOOD['voice_url']}#ct=2000&rc=2"}
    assert ask(settings, directory, Answers([row, {"phone_number": OUTBOUND}])) == ""


def test_numbers_that_the_account_does_not_own(settings: Settings, directory: Directory) -> None:
    told = ask(settings, directory, Answers([]))
    assert f"does not own {NUMBER}." in told
    assert f"does not own {OUTBOUND}, which our own calls show." in told


@pytest.mark.parametrize(("seconds", "apart"), [(4, False), (-4, False), (6, True), (-6, True)])
def test_clocks_that_differ(
    settings: Settings, directory: Directory, seconds: int, apart: bool
) -> None:
    http = Answers([GOOD, {"phone_number": OUTBOUND}], date=NOW + timedelta(seconds=seconds))
    assert ("clock" in ask(settings, directory, http)) == apart


def test_an_account_that_refuses_is_told_in_plain_words(
    settings: Settings, directory: Directory
) -> None:
    told = ask(settings, directory, Answers([], status=401))
    assert "could not be asked" in told
    assert "TWILIO_AUTH_TOKEN" in told


def test_the_client_is_the_configured_account_s(settings: Settings) -> None:
    assert inspection.connect(settings).username == REAL_ACCOUNT
