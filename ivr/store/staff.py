"""The people who keep the line: who they are, and every change of it, audited as it is made.

Whatever changes what somebody may do, or how she proves who she is, ends her sessions with it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.store import audit, sessions
from ivr.store.staff_tables import ROLES, STATUSES, approvals, factors
from ivr.store.staff_tables import staff as table

INVITED = timedelta(days=7)
"""How long an invitation is good."""
_NAME = re.compile(r"[a-z][a-z0-9.-]{1,31}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
MOST_SHOWN = 64


class StaffError(Exception):
    """What was asked cannot be, in a plain sentence; `key` is the page's word for it."""

    def __init__(self, key: str, sentence: str) -> None:
        """Keep both."""
        super().__init__(sentence)
        self.key = key


@dataclass(frozen=True, slots=True)
class Row:
    """One person as stored, without her sealed number."""

    id: int
    name: str
    shown: str
    role: str
    language: str
    speaks: tuple[str, ...]
    password: str
    invited_until: datetime | None
    status: str
    disabled_at: datetime | None
    has_phone: bool


@dataclass(frozen=True, slots=True)
class New:
    """Somebody who is to be added. Raises StaffError for what is no name, role or language."""

    name: str
    shown: str
    role: str
    language: str
    speaks: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what the table could not tell apart later."""
        if not _NAME.fullmatch(self.name):
            raise StaffError("people.wrong.name", f"{self.name!r} is no name to sign in with.")
        if not self.shown.strip() or len(self.shown) > MOST_SHOWN:
            raise StaffError("people.wrong.shown", "A name as colleagues read it is needed.")
        check_role(self.role)
        check_languages((self.language, *self.speaks))


def check_role(role: str) -> None:
    """Raise StaffError for a role that there is not."""
    if role not in ROLES:
        raise StaffError("people.wrong.role", f"{role!r} is no role: {', '.join(ROLES)}.")


def check_languages(codes: tuple[str, ...]) -> None:
    """Raise StaffError for what is no code of a language."""
    wrong = [code for code in codes if not _LANGUAGE.fullmatch(code)]
    if wrong:
        raise StaffError("people.wrong.languages", f"{', '.join(wrong)}: no code of a language.")


def load(connection: sa.Connection, number: int) -> Row | None:
    """The person of an id."""
    return _first(connection, table.c.id == number)


def find(connection: sa.Connection, name: str) -> Row | None:
    """The person of a name to sign in with."""
    return _first(connection, table.c.name == name.strip().lower())


def everybody(connection: sa.Connection) -> list[Row]:
    """All, by the name that colleagues read; who was switched off comes last."""
    order = (table.c.disabled_at.is_not(None), table.c.shown, table.c.id)
    return [_row(row) for row in connection.execute(sa.select(table).order_by(*order))]


def admins(connection: sa.Connection) -> int:
    """How many admins could agree to something now."""
    able = (table.c.role == "admin", table.c.disabled_at.is_(None), table.c.invited_until.is_(None))
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*able)) or 0


def add(connection: sa.Connection, who: str, new: New, password: str, at: datetime) -> int:
    """Add somebody with an invitation (its hash). Raises StaffError where the name is taken."""
    if find(connection, new.name):
        raise StaffError("people.wrong.taken", f"Somebody is called {new.name} already.")
    row = {"name": new.name, "shown": new.shown.strip(), "role": new.role, "made_at": at}
    words = {"language": new.language, "speaks": " ".join(new.speaks), "status": "away"}
    insert = sa.insert(table).values(
        **row, **words, password=password, invited_until=at + INVITED
    )  # fmt: skip
    number: int = connection.execute(insert).inserted_primary_key[0]  # type: ignore[index]  # it has one
    audit.write(connection, who, "staff added", about(number), new.role, at)
    return number


def invite(
    connection: sa.Connection, who: str, number: int, password: str, reason: str, at: datetime
) -> None:
    """Take away password and factors, and invite her again: what a reset is."""
    _need_reason(reason)
    _change(connection, number, password=password, invited_until=at + INVITED)
    connection.execute(sa.delete(factors).where(factors.c.staff == number))
    sessions.end_all(connection, number)
    audit.write(connection, who, "staff reset", about(number), reason, at)


def set_role(
    connection: sa.Connection, who: str, number: int, role: str, reason: str, at: datetime
) -> None:
    """Give her another role; her sessions end."""
    check_role(role)
    _need_reason(reason)
    _change(connection, number, role=role)
    sessions.end_all(connection, number)
    audit.write(connection, who, "staff role", about(number), f"{role}: {reason}", at)


def set_languages(
    connection: sa.Connection, who: str, number: int, speaks: tuple[str, ...], at: datetime
) -> None:
    """Say what she speaks."""
    check_languages(speaks)
    _change(connection, number, speaks=" ".join(speaks))
    audit.write(connection, who, "staff languages", about(number), " ".join(speaks), at)


def disable(connection: sa.Connection, who: str, number: int, reason: str, at: datetime) -> None:
    """Switch somebody off: she is out at once, and what was asked about her falls away."""
    _need_reason(reason)
    _change(connection, number, disabled_at=at, status="away", phone=None)
    sessions.end_all(connection, number)
    waiting = (approvals.c.about == number, approvals.c.answered_at.is_(None))
    connection.execute(sa.delete(approvals).where(*waiting))
    audit.write(connection, who, "staff disabled", about(number), reason, at)


def enable(connection: sa.Connection, who: str, number: int, reason: str, at: datetime) -> None:
    """Switch somebody on again, as she was."""
    _need_reason(reason)
    _change(connection, number, disabled_at=None)
    audit.write(connection, who, "staff enabled", about(number), reason, at)


def sign_out(connection: sa.Connection, who: str, number: int, at: datetime) -> None:
    """Sign somebody out everywhere."""
    sessions.end_all(connection, number)
    audit.write(connection, who, "signed out everywhere", about(number), "", at)


def set_password(
    connection: sa.Connection, who: str, number: int, password: str, at: datetime
) -> None:
    """Keep her own password (its hash): she is invited no longer, and signed out everywhere."""
    _change(connection, number, password=password, invited_until=None)
    sessions.end_all(connection, number)
    audit.write(connection, who, "password changed", about(number), "", at)


def set_language(connection: sa.Connection, number: int, language: str) -> None:
    """Choose the language of her pages."""
    _change(connection, number, language=language)


def arrive(connection: sa.Connection, number: int) -> None:
    """Who signs in is here."""
    _change(connection, number, status="here")


def set_status(connection: sa.Connection, who: str, number: int, status: str, at: datetime) -> None:
    """Say whether she is here, pausing, writing up, or away."""
    if status not in STATUSES:
        raise StaffError("account.wrong.status", f"{status!r} is no status.")
    _change(connection, number, status=status)
    audit.write(connection, who, "status", about(number), status, at)


def about(number: int) -> str:
    """How the audit names somebody."""
    return f"staff {number}"


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise StaffError("people.wrong.reason", "A reason is needed.")


def _change(connection: sa.Connection, number: int, **values: Any) -> None:
    done = connection.execute(sa.update(table).where(table.c.id == number).values(**values))
    if not done.rowcount:
        raise StaffError("people.wrong.nobody", "There is nobody of that number.")


def _first(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Row | None:
    row = connection.execute(sa.select(table).where(where)).first()
    return _row(row) if row else None


def _row(row: sa.Row[Any]) -> Row:
    given = row._mapping
    names = ("id", "name", "shown", "role", "language", "password", "invited_until", "status")
    return Row(
        **{name: given[name] for name in names},
        speaks=tuple(given["speaks"].split()),
        disabled_at=given["disabled_at"],
        has_phone=given["phone"] is not None,
    )
