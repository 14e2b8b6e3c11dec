"""The call's state on its journey through the carrier: sealed, bound to one leg, good for two days.

The seal is deterministic: the same state on the same day is the same bytes, so a repeated webhook
gets the same answer. It says nothing but the place of the dial, not even by its length.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from ivr.call.legs import Call, pack, unpack
from ivr.voice.keys import derive

BLOCK = 255
"""Bytes that a state is filled up to; with place and seal it then fills base64 exactly."""
_PLACE_BYTES = 2
_TOKEN = re.compile(r"[A-Za-z0-9_-]{256,4096}")


class UnreadableError(Exception):
    """A state that is none of ours, or of another leg, or too old."""


class Binding(NamedTuple):
    """What a state belongs to: the account, the kind of leg, and the call.

    For a leg that we dialled the call is its parent's, and `place` says which dial of it.
    """

    account: str
    kind: str
    call: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """A call between two turns: how many steps it took, and the day (UTC) on which it began."""

    call: Call
    step: int
    day: date


def seal(secrets: tuple[bytes, ...], bound: Binding, state: State) -> str:
    """Seal a state for the address of the next webhook."""
    plain = b"%d %d " % (state.day.toordinal(), state.step) + pack(state.call)
    padded = plain.ljust(-(-len(plain) // BLOCK) * BLOCK)
    sealed = derive(secrets[0], _purpose(state.day)).encrypt(padded, [_tie(bound)])
    return urlsafe_b64encode(bound.place.to_bytes(_PLACE_BYTES, "big") + sealed).decode()


def unseal(
    secrets: tuple[bytes, ...], bound: Binding, token: str, today: date
) -> tuple[Binding, State]:
    """Open a state of today's or yesterday's call; the binding comes back with its place.

    Raises UnreadableError.
    """
    if len(token) % 4 or not _TOKEN.fullmatch(token):
        raise UnreadableError
    raw = urlsafe_b64decode(token)
    bound = bound._replace(place=int.from_bytes(raw[:_PLACE_BYTES], "big"))
    for day in (today, today - timedelta(days=1)):
        for plain in _opened(secrets, bound, raw[_PLACE_BYTES:], day):
            return bound, _read(plain, day)
    raise UnreadableError


def _opened(
    secrets: tuple[bytes, ...], bound: Binding, sealed: bytes, day: date
) -> Iterator[bytes]:
    tie = [_tie(bound)]
    for secret in secrets:
        try:
            yield derive(secret, _purpose(day)).decrypt(sealed, tie)
        except InvalidTag:
            continue


def _read(plain: bytes, day: date) -> State:
    written, step, packed = plain.split(b" ", 2)
    if int(written) != day.toordinal():
        raise UnreadableError
    try:
        return State(unpack(packed), int(step), day)
    except (ValueError, KeyError, TypeError):  # sealed by another release, with other fields
        raise UnreadableError from None


def _purpose(day: date) -> str:
    return f"call {day.isoformat()}"


def _tie(bound: Binding) -> bytes:
    return f"{bound.account}|{bound.kind}|{bound.call}|{bound.place}".encode()
