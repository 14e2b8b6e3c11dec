"""What Twilio knows of our numbers, compared with what the line needs; and its clock with ours."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from ivr.carrier.twilio import make_client
from ivr.readiness import Finding
from ivr.settings import Settings
from routing.directory import Directory, Purpose

API = "https://api.twilio.com/2010-04-01"
MOST_NUMBERS = 1000
APART = 5.0
"""Seconds that the two clocks may differ."""


def connect(settings: Settings) -> Any:
    """The client of the configured account."""
    account, token = settings.twilio_account_sid, settings.twilio_auth_tokens[0]
    return make_client(account, token, settings.twilio_region, settings.twilio_edge)


def examine(
    settings: Settings, directory: Directory, client: Any, now: Callable[[], datetime]
) -> Iterator[Finding]:
    """Ask Twilio how our numbers are set, and say what differs."""
    try:
        rows, date = _ask(client, settings.twilio_account_sid)
    except Exception as error:  # no network, a wrong token: whatever it is, nothing was seen
        yield Finding(
            f"Twilio could not be asked ({type(error).__name__}).",
            "Look whether TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are right, and try again.",
        )
        return
    if date and abs((now() - date).total_seconds()) > APART:
        yield Finding(
            "This machine's clock and Twilio's differ by more than five seconds.",
            "Let the machine take its time from the network (NTP).",
        )
    numbers = {row["phone_number"]: row for row in rows}
    for access in directory.access:
        if not access.example and access.purpose is Purpose.LINE:
            yield from _number(access.number, numbers.get(access.number), settings)
    if settings.outbound_number not in numbers:
        yield Finding(
            f"The account does not own {settings.outbound_number}, which our own calls show.",
            "Rent it, or set IVR_OUTBOUND_NUMBER to one that the account owns.",
        )


def _ask(client: Any, account: str) -> tuple[list[Mapping[str, Any]], datetime | None]:
    """The numbers of the account, and what time it is there."""
    url = f"{API}/Accounts/{account}/IncomingPhoneNumbers.json"
    response = client.request("GET", url, params={"PageSize": MOST_NUMBERS})
    if response.status_code != HTTPStatus.OK:
        raise PermissionError(response.status_code)
    date = response.headers.get("Date")
    rows: list[Mapping[str, Any]] = json.loads(response.text)["incoming_phone_numbers"]
    return rows, parsedate_to_datetime(date) if date else None


def _number(number: str, found: Mapping[str, Any] | None, settings: Settings) -> Iterator[Finding]:
    if found is None:
        yield Finding(f"The account does not own {number}.", "Rent it, or take it out.")
        return
    base = settings.public_base_url
    wanted = {
        "voice_url": f"{base}/voice/incoming",
        "voice_method": "POST",
        "status_callback": f"{base}/voice/status",
        "status_callback_method": "POST",
    }
    for name, value in wanted.items():
        if str(found.get(name) or "").partition("#")[0] != value:
            yield Finding(f"{number}: {name} is not as the line needs it.", f"Set it to {value}.")
    yield from _fallback(number, found, urlsplit(base).hostname or "")


def _fallback(number: str, found: Mapping[str, Any], own: str) -> Iterator[Finding]:
    host = urlsplit(str(found.get("voice_fallback_url") or "")).hostname
    if not host or host == own:
        yield Finding(
            f"{number}: nothing answers while the line is away"
            + (": its fallback URL is on the line's own host." if host else "."),
            "Write the site with `ivr fallback`, serve it elsewhere, and set voice_fallback_url.",
        )
    elif found.get("voice_fallback_method") != "GET":
        yield Finding(f"{number}: the fallback URL is not asked by GET.", "Set its method to GET.")
