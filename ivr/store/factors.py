"""The second thing by which somebody proves who she is: an app's codes, a passkey, a code on paper.

Each is good once: a time code and a passkey's challenge by the moment that they belong to, a
recovery code by being taken away.
"""

import json
import secrets as chance
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.store import audit, lasting, sessions
from ivr.store.lasting import Secrets
from ivr.store.sealing import Place, keyed
from ivr.store.staff import about
from ivr.store.staff_tables import factors as table

RECOVERY_CODES = 10
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_GROUPS, _GROUP = 3, 4


@dataclass(frozen=True, slots=True)
class Factor:
    """One of hers, without its secret."""

    id: int
    kind: str
    name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Passkey:
    """What has to be known of a passkey: nothing of it is secret. Bytes in base64url."""

    id: str
    key: str
    counter: int


def of(connection: sa.Connection, staff: int) -> list[Factor]:
    """All of hers, the oldest first."""
    columns = (table.c.id, table.c.kind, table.c.name, table.c.made_at)
    query = sa.select(*columns).where(table.c.staff == staff).order_by(table.c.id)
    return [Factor(**row._mapping) for row in connection.execute(query)]


def add_totp(
    connection: sa.Connection, secrets: Secrets, who: str, staff: int, secret: str,
    step: int, name: str, at: datetime,
) -> None:  # fmt: skip
    """Keep what an app makes codes from, `step` being that of the code which proved it."""
    sealed = lasting.seal(secrets, _totp(staff), secret.encode())
    _add(connection, staff, "totp", sealed, name, at, used=step)
    _changed(connection, who, staff, f"app added: {name}", at)


def add_passkey(
    connection: sa.Connection, who: str, staff: int, passkey: Passkey, name: str, at: datetime
) -> None:
    """Keep a passkey."""
    told = json.dumps({"id": passkey.id, "key": passkey.key}).encode()
    _add(connection, staff, "passkey", told, name, at, counter=passkey.counter)
    _changed(connection, who, staff, f"passkey added: {name}", at)


def remove(connection: sa.Connection, who: str, staff: int, factor: int, at: datetime) -> bool:
    """Take one of hers away, unless it is the last that is not on paper; whether it was done."""
    kept = [one.id for one in of(connection, staff) if one.kind != "recovery"]
    if factor not in kept or len(kept) < 2:
        return False
    connection.execute(sa.delete(table).where(table.c.id == factor, table.c.staff == staff))
    _changed(connection, who, staff, "taken away", at)
    return True


def new_recovery(
    connection: sa.Connection, secrets: Secrets, who: str, staff: int, at: datetime
) -> list[str]:
    """Make new codes for paper in place of the old ones; shown this once."""
    old = (table.c.staff == staff, table.c.kind == "recovery")
    connection.execute(sa.delete(table).where(*old))
    codes = [_draw() for _ in range(RECOVERY_CODES)]
    for code in codes:
        _add(connection, staff, "recovery", _recovery(secrets[0], staff, code), "", at)
    audit.write(connection, who, "recovery codes", about(staff), "new", at)
    return codes


def totps(connection: sa.Connection, secrets: Secrets, staff: int) -> list[tuple[int, str, int]]:
    """Her apps: id, secret in base32, and the step of the last code that was used.

    Raises LostError when the secret that sealed one is gone.
    """
    rows = _rows(connection, staff, "totp")
    opened = [(row, lasting.unseal(secrets, _totp(staff), row.secret)) for row in rows]
    for row, (plain, old) in opened:
        if old:
            sealed = lasting.seal(secrets, _totp(staff), plain)
            connection.execute(
                sa.update(table).where(table.c.id == row.id).values(secret=sealed)
            )  # fmt: skip
    return [(row.id, plain.decode(), row.used) for row, (plain, _) in opened]


def passkeys(connection: sa.Connection, staff: int) -> list[tuple[int, Passkey]]:
    """Her passkeys by their ids."""
    rows = _rows(connection, staff, "passkey")
    told = [(row, json.loads(row.secret)) for row in rows]
    return [(row.id, Passkey(one["id"], one["key"], row.counter)) for row, one in told]


def use(connection: sa.Connection, factor: int, moment: int, *, counter: int = 0) -> bool:
    """Use one at its moment (step or milliseconds); false when that or a later one was used."""
    later = (table.c.id == factor, table.c.used < moment)
    values = {"used": moment, "counter": counter}
    return connection.execute(sa.update(table).where(*later).values(**values)).rowcount == 1


def recovery(connection: sa.Connection, secrets: Secrets, staff: int, code: str) -> int:
    """The id of a code from paper; 0 when it is none of hers."""
    plain = "".join(sign for sign in code.lower() if sign in _SIGNS)
    hashes = [_recovery(secret, staff, plain) for secret in secrets]
    found = (table.c.staff == staff, table.c.kind == "recovery", table.c.secret.in_(hashes))
    return connection.scalar(sa.select(table.c.id).where(*found)) or 0


def spend(connection: sa.Connection, factor: int) -> bool:
    """Use a code from paper, which is then gone; false when it was gone already."""
    where = (table.c.id == factor, table.c.kind == "recovery")
    return connection.execute(sa.delete(table).where(*where)).rowcount == 1


def _draw() -> str:
    groups = ("".join(chance.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _recovery(secret: bytes, staff: int, code: str) -> bytes:
    return keyed(secret, "recovery", b"", f"{staff}|{code.replace('-', '')}")


def _totp(staff: int) -> Place:
    return Place("factors", staff, "totp")


def _rows(connection: sa.Connection, staff: int, kind: str) -> list[sa.Row[Any]]:
    where = (table.c.staff == staff, table.c.kind == kind)
    return list(connection.execute(sa.select(table).where(*where).order_by(table.c.id)))


def _add(
    connection: sa.Connection, staff: int, kind: str, secret: bytes, name: str, at: datetime,
    *, used: int = 0, counter: int = 0,
) -> None:  # fmt: skip
    row = {"staff": staff, "kind": kind, "secret": secret, "name": name, "made_at": at}
    connection.execute(sa.insert(table).values(**row, used=used, counter=counter))


def _changed(connection: sa.Connection, who: str, staff: int, detail: str, at: datetime) -> None:
    """Another way to prove who she is ends every session that began before it."""
    sessions.end_all(connection, staff)
    audit.write(connection, who, "factor", about(staff), detail, at)
