"""What no setting can know alone: which belong together, and which must not meet."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ivr import values


def disagreements(given: Mapping[str, Any]) -> Iterator[str]:
    """Say what no setting can know alone: what belongs together, and what must not meet."""
    twilio, rehearsal = given.get("TWILIO_ACCOUNT_SID"), given.get("IVR_REHEARSAL_ACCOUNT_SID")
    yield from _halves(given, "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    yield from _halves(given, "IVR_REHEARSAL_ACCOUNT_SID", "IVR_REHEARSAL_AUTH_TOKEN")
    if twilio and "IVR_OUTBOUND_NUMBER" not in given:
        yield "IVR_OUTBOUND_NUMBER is required with TWILIO_ACCOUNT_SID and not set."
    if not twilio and not rehearsal:
        yield "Nobody can ring: set TWILIO_ACCOUNT_SID or IVR_REHEARSAL_ACCOUNT_SID."
    if twilio and twilio == rehearsal:
        yield "IVR_REHEARSAL_ACCOUNT_SID must not be Twilio's own account."
    shared = {*_tokens(given, "TWILIO_AUTH_TOKEN")} & {*_tokens(given, "IVR_REHEARSAL_AUTH_TOKEN")}
    if shared:
        yield "IVR_REHEARSAL_AUTH_TOKEN must not be Twilio's own token."
    url = urlsplit(str(given.get("IVR_PUBLIC_BASE_URL", "")))
    if url.scheme == "http" and (twilio or not values.is_loopback(url.hostname or "")):
        yield (
            "IVR_PUBLIC_BASE_URL must begin with https: http is for the rehearsal carrier alone,"
            " on loopback, without a Twilio account."
        )


def _halves(given: Mapping[str, Any], account: str, token: str) -> Iterator[str]:
    if bool(given.get(account)) != bool(given.get(token)):
        missing = token if given.get(account) else account
        yield f"{missing} is not set: {account} and {token} belong together."


def _tokens(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return values.read_list(str(given.get(name, "")))
