"""How often somebody may book, and key a wrong code: never how often she may ask or be connected.

Counted by keyed hashes whose keys change daily; today's and yesterday's are looked at.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from ivr.store import caps
from ivr.store.caps import Kind
from ivr.store.sealing import Vault


@dataclass(frozen=True, slots=True)
class Limits:
    """Bookings in 24 hours for one number, and from one telephone; bookings an hour in all; wrong
    codes for one number in 24 hours. Hours are those of the clock.
    """

    number: int = 3
    calling: int = 6
    hour: int = 30
    codes: int = 5


def hash_of(vault: Vault, kind: str, number: str, at: datetime) -> bytes:
    """The hash under which a number is counted today."""
    return vault.daily(kind, number, _day(at))


def hashes_of(vault: Vault, kind: str, number: str, at: datetime) -> tuple[bytes, ...]:
    """All hashes under which a number may have been counted in the last 24 hours."""
    return vault.dailies(kind, number, (_day(at), _day(at - timedelta(days=1))))


def may_book(
    connection: Connection, vault: Vault, limits: Limits, number: str, calling: str, at: datetime
) -> bool:
    """Whether one more booking is within the limits; a withheld number is not counted."""
    hour = caps.total(connection, Kind.ALL, (b"",), at - timedelta(hours=1))
    return (
        hour < limits.hour
        and _counted(connection, vault, Kind.BOOKED, number, at) < limits.number
        and _counted(connection, vault, Kind.CALLING, calling, at) < limits.calling
    )


def count_booking(
    connection: Connection, vault: Vault, number: str, calling: str, at: datetime
) -> None:
    """Count one booking."""
    caps.add(connection, Kind.ALL, b"", at)
    caps.add(connection, Kind.BOOKED, hash_of(vault, Kind.BOOKED, number, at), at)
    if calling:
        caps.add(connection, Kind.CALLING, hash_of(vault, Kind.CALLING, calling, at), at)


def try_code(
    connection: Connection, vault: Vault, limits: Limits, number: str, at: datetime
) -> bool:
    """Count a try at *my callback*, and whether it was within the limit; whoever tries the same
    number meanwhile waits. A try that was right is taken back.
    """
    caps.add(connection, Kind.CODE, hash_of(vault, Kind.CODE, number, at), at)
    return _counted(connection, vault, Kind.CODE, number, at) <= limits.codes


def take_back(connection: Connection, vault: Vault, number: str, at: datetime) -> None:
    """The code was right: this try does not count."""
    caps.add(connection, Kind.CODE, hash_of(vault, Kind.CODE, number, at), at, -1)


def _counted(connection: Connection, vault: Vault, kind: Kind, number: str, at: datetime) -> int:
    if not number:
        return 0
    return caps.total(connection, kind, hashes_of(vault, kind, number, at), at - caps.KEPT)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
