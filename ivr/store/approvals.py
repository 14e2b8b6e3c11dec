"""What needs two admins: one asks, another agrees, and only then it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.store import audit
from ivr.store.staff import StaffError, about, check_role
from ivr.store.staff_tables import approvals as table
from ivr.store.staff_tables import staff

GOOD = timedelta(days=7)
"""After so long without an answer what was asked falls away."""
WHATS = ("add", "role", "reset")


@dataclass(frozen=True, slots=True)
class Approval:
    """What somebody asked for. `shown` is the name of the person whom it is about."""

    id: int
    what: str
    about: int
    shown: str
    role: str
    reason: str
    asked_by: int
    asker: str
    asked_at: datetime


def ask(
    connection: sa.Connection, who: str, asker: int, what: str, person: int, role: str,
    reason: str, at: datetime,
) -> None:  # fmt: skip
    """Ask for it; what was asked about the same person before falls away."""
    if not reason.strip():
        raise StaffError("people.wrong.reason", "A reason is needed.")
    if what == "role":
        check_role(role)
    old = (table.c.about == person, table.c.answered_at.is_(None))
    connection.execute(sa.delete(table).where(*old))
    row = {"what": what, "about": person, "role": role, "reason": reason.strip()}
    connection.execute(sa.insert(table).values(**row, asked_by=asker, asked_at=at))
    audit.write(connection, who, f"asked: {what}", about(person), f"{role} {reason}".strip(), at)


def waiting(connection: sa.Connection, at: datetime) -> list[Approval]:
    """What nobody has answered yet, the oldest first."""
    return _load(connection, table.c.answered_at.is_(None), table.c.asked_at > at - GOOD)


def find(connection: sa.Connection, number: int, at: datetime) -> Approval | None:
    """One that waits, by its id."""
    open_ = (table.c.answered_at.is_(None), table.c.asked_at > at - GOOD)
    return next(iter(_load(connection, table.c.id == number, *open_)), None)


def answer(
    connection: sa.Connection, who: str, approval: Approval, by: int, *, agreed: bool, at: datetime
) -> None:
    """Answer it once. Whoever asked may take it back but not agree, nor may she whom it is about.

    Raises StaffError.
    """
    if agreed and by in (approval.asked_by, approval.about):
        raise StaffError("people.wrong.two", "Another admin has to agree to this.")
    waits = (table.c.id == approval.id, table.c.answered_at.is_(None))
    values = {"answered_by": by, "answered_at": at, "agreed": agreed}
    if not connection.execute(sa.update(table).where(*waits).values(**values)).rowcount:
        raise StaffError("people.wrong.answered", "Somebody has just answered this.")
    word = "agreed" if agreed else "refused"
    audit.write(connection, who, f"{word}: {approval.what}", about(approval.about), "", at)


def _load(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Approval]:
    asker = staff.alias("asker")
    columns = (table.c.id, table.c.what, table.c.about, staff.c.shown, table.c.role)
    more = (table.c.reason, table.c.asked_by, asker.c.shown.label("asker"), table.c.asked_at)
    joined = table.join(staff, staff.c.id == table.c.about)
    both = joined.join(asker, asker.c.id == table.c.asked_by)
    query = sa.select(*columns, *more).select_from(both).where(*where).order_by(table.c.id)
    return [Approval(**row._mapping) for row in connection.execute(query)]
