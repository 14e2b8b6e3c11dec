"""The check that comes before anything else: who sent this, and was it signed for exactly here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivr.voice.account import Account
from ivr.voice.form import MOST_BYTES, Fields, account_of, read_fields
from ivr.voice.signature import verify

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request that one of our carriers signed: its account and all of its parameters."""

    account: Account
    fields: Fields


def check(environ: Mapping[str, Any], base: str, accounts: Mapping[str, Account]) -> Webhook | None:
    """The webhook of a WSGI request when its signature holds; None for everything else."""
    try:
        return _checked(environ, base, accounts)
    except Exception:  # whatever goes wrong while checking, the request was not shown to be honest
        return None


def _checked(
    environ: Mapping[str, Any], base: str, accounts: Mapping[str, Account]
) -> Webhook | None:
    media, _, parameters = environ["CONTENT_TYPE"].partition(";")
    if media.strip().lower() != FORM or parameters.strip().lower() not in ("", "charset=utf-8"):
        return None
    fields = read_fields(_body(environ))
    account = accounts[account_of(fields)]
    target = environ["RAW_URI"] if "RAW_URI" in environ else environ["REQUEST_URI"]
    honest = verify(base, target, fields, environ["HTTP_X_TWILIO_SIGNATURE"], account.tokens)
    return Webhook(account, fields) if honest else None


def _body(environ: Mapping[str, Any]) -> bytes:
    length = int(environ["CONTENT_LENGTH"])
    if not 0 <= length <= MOST_BYTES:
        raise ValueError("a body of no allowed length")
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) != length:
        raise ValueError("a body that was cut short")
    return body
