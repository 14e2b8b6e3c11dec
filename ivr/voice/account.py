"""Whose webhooks are accepted: each carrier's account, with tokens that are good for it alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

TWILIO = "twilio"
REHEARSAL = "rehearsal"


@dataclass(frozen=True, slots=True)
class Account:
    """One account at one carrier; several tokens while one of them is being changed."""

    carrier: str
    sid: str
    tokens: tuple[str, ...]


class Configured(Protocol):
    """What the door needs of the settings."""

    @property
    def public_base_url(self) -> str:
        """Where carriers reach the line: scheme, host and port."""

    @property
    def secret_keys(self) -> tuple[bytes, ...]:
        """The keys that seal: the first seals, all unseal."""

    @property
    def twilio_account_sid(self) -> str:
        """The real carrier's account; empty: none."""

    @property
    def twilio_auth_tokens(self) -> tuple[str, ...]:
        """The real carrier's tokens."""

    @property
    def rehearsal_account_sid(self) -> str:
        """The rehearsal carrier's account; empty: none."""

    @property
    def rehearsal_auth_tokens(self) -> tuple[str, ...]:
        """The rehearsal carrier's tokens."""


def accounts(settings: Configured) -> Mapping[str, Account]:
    """The accounts by their SID. Raises ValueError for one without a token, or one for two."""
    rows = (
        Account(TWILIO, settings.twilio_account_sid, settings.twilio_auth_tokens),
        Account(REHEARSAL, settings.rehearsal_account_sid, settings.rehearsal_auth_tokens),
    )
    found = [row for row in rows if row.sid]
    by_sid = {row.sid: row for row in found}
    if len(by_sid) < len(found) or not all(row.tokens for row in found):
        raise ValueError("every carrier needs an account of its own, and a token for it")
    return by_sid
