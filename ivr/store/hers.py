"""What identifies the caller of a callback: number, code, wishes and note, sealed in its row.

Sealed until the day on which the callback expires, and erased by the transaction that closes it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from ivr.store.callback_tables import OPEN_ONLY
from ivr.store.callback_tables import callbacks as table
from ivr.store.callbacks import COLUMNS, Row, in_window, row
from ivr.store.sealing import LostError, Place, Vault
from routing.callback import State
from routing.window import Window

MOST_NOTE = 280
"""Characters of a note."""
COLUMNS_OF_HERS = ("number", "code", "wishes", "note")
AT_ONCE = 32
"""Codes are compared so many at a time, whatever there is, so that nobody can tell by the work: as
many as three bookings a day can leave open.
"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What she wishes, safest by default: no voicemail; wait when the line drops; no second try
    when nobody keyed the code; whoever is there. `own` says it is the telephone she rang with.
    """

    voicemail: bool = False
    redial: bool = False
    retry: bool = False
    woman: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What she asked for, all of it."""

    number: str
    code: str
    window: Window
    language: str
    need: str
    region: str
    young: bool
    wishes: Wishes


def insert(
    connection: sa.Connection,
    vault: Vault,
    asked: Asked,
    *,
    carrier: str,
    at: datetime,
    state: State = State.WAITING,
    reason: str | None = None,
) -> int:
    """Keep a new callback; its id. The seals are bound to it, so they follow once it is known."""
    empty = dict.fromkeys(("number", "fingerprint", "code", "wishes"), b"")
    made = connection.execute(
        sa.insert(table).values(
            carrier=carrier,
            state=str(state),
            reason=reason,
            booked_at=at,
            **_plainly(asked),
            **empty,
        )
    )
    callback: int = made.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has it
    write(connection, vault, callback, asked)
    return callback


def write(connection: sa.Connection, vault: Vault, callback: int, asked: Asked) -> None:
    """Write what she asked for over what stands in the row."""
    values = _plainly(asked)
    expires: date = values["expires"]
    plain = {
        "number": asked.number.encode(),
        "code": vault.code(callback, asked.code),
        "wishes": json.dumps([int(one) for one in asdict(asked.wishes).values()]).encode(),
    }
    sealed = {name: vault.seal(_place(callback, name), plain[name], expires) for name in plain}
    connection.execute(
        sa.update(table)
        .where(table.c.id == callback)
        .values(**values, **sealed, fingerprint=vault.fingerprint(asked.number, expires))
    )


def reseal(connection: sa.Connection, vault: Vault, callback: int, window: Window) -> None:
    """Give an open callback another window: all that is sealed expires with that one now.

    Raises LostError when it is erased, or its day is over.
    """
    values = in_window(window)
    expires: date = values["expires"]
    plain = {
        name: vault.unseal(_place(callback, name), sealed)
        for name, sealed in _sealed(connection, callback).items()
        if sealed
    }
    if "number" not in plain:
        raise LostError("erased")
    sealed = {name: vault.seal(_place(callback, name), plain[name], expires) for name in plain}
    fingerprint = vault.fingerprint(plain["number"].decode(), expires)
    connection.execute(
        sa.update(table)
        .where(table.c.id == callback)
        .values(**values, **sealed, fingerprint=fingerprint)
    )


def number_of(connection: sa.Connection, vault: Vault, callback: int) -> str:
    """Her number, E.164. Raises LostError when it is erased, or its day is over."""
    return _read(connection, vault, callback, "number").decode()


def wishes_of(connection: sa.Connection, vault: Vault, callback: int) -> Wishes:
    """What she wishes. Raises LostError."""
    return read_wishes(_read(connection, vault, callback, "wishes"))


def read_wishes(plain: bytes) -> Wishes:
    """Wishes as they stand under their seal."""
    return Wishes(*(bool(one) for one in json.loads(plain)))


def note_of(connection: sa.Connection, vault: Vault, callback: int) -> str:
    """The operators' note; empty when there is none. Raises LostError."""
    sealed = _sealed(connection, callback)["note"]
    return vault.unseal(_place(callback, "note"), sealed).decode() if sealed else ""


def code_is(connection: sa.Connection, vault: Vault, callback: int, code: str) -> bool:
    """Whether four digits are hers. Raises LostError when it is erased, or its day is over."""
    return vault.code_is(callback, code, _read(connection, vault, callback, "code"))


def keep_note(connection: sa.Connection, vault: Vault, callback: int, note: str) -> bool:
    """Keep a note; False when the callback is closed. Raises ValueError when it is too long."""
    if len(note) > MOST_NOTE:
        raise ValueError(f"a note has {MOST_NOTE} characters at most")
    query = sa.select(table.c.expires).where(table.c.id == callback, OPEN_ONLY)
    expires = connection.scalar(query)
    if expires is None:
        return False
    sealed = vault.seal(_place(callback, "note"), note.encode(), expires) if note else None
    where = (table.c.id == callback, OPEN_ONLY)
    return connection.execute(sa.update(table).where(*where).values(note=sealed)).rowcount == 1


def of_number(
    connection: sa.Connection, vault: Vault, number: str, carrier: str
) -> tuple[tuple[Row, bytes], ...]:
    """The open callbacks of a number on a carrier, the newest first, each with its sealed code."""
    query = (
        sa.select(*COLUMNS, table.c.code)
        .where(
            OPEN_ONLY,
            table.c.carrier == carrier,
            table.c.fingerprint.in_(vault.fingerprints(number)),
        )
        .order_by(table.c.id.desc())
    )
    found = connection.execute(query).all()
    return tuple((row(one[:-1]), one[-1]) for one in found)


def with_code(vault: Vault, found: Sequence[tuple[Row, bytes]], code: str) -> tuple[Row, ...]:
    """Those of these callbacks that have this code; the work is the same where there is none."""
    right = tuple(one for one, sealed in found if _matches(vault, one.id, sealed, code))
    vault.pretend(code, -len(found) % AT_ONCE if found else AT_ONCE)
    return right


def _matches(vault: Vault, callback: int, sealed: bytes, code: str) -> bool:
    try:
        return vault.code_is(callback, code, vault.unseal(_place(callback, "code"), sealed))
    except LostError:
        return False


def _plainly(asked: Asked) -> dict[str, Any]:
    return {
        "language": asked.language,
        "need": asked.need,
        "region": asked.region,
        "young": asked.young,
        **in_window(asked.window),
    }


def _sealed(connection: sa.Connection, callback: int) -> dict[str, bytes | None]:
    query = sa.select(*(table.c[name] for name in COLUMNS_OF_HERS)).where(table.c.id == callback)
    found = connection.execute(query).first()
    return dict(zip(COLUMNS_OF_HERS, found or (None,) * len(COLUMNS_OF_HERS), strict=True))


def _read(connection: sa.Connection, vault: Vault, callback: int, column: str) -> bytes:
    sealed = _sealed(connection, callback)[column]
    if not sealed:
        raise LostError("erased")
    return vault.unseal(_place(callback, column), sealed)


def _place(callback: int, column: str) -> Place:
    return Place("callbacks", callback, column)
