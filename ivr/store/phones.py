"""The telephone that an operator is rung on: her own, sealed, shown to nobody but her."""

import re
from datetime import datetime

import sqlalchemy as sa

from ivr.store import audit, lasting
from ivr.store.lasting import Secrets
from ivr.store.sealing import Place
from ivr.store.staff import StaffError, about
from ivr.store.staff_tables import staff as table

_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
_SIP = re.compile(r"sips?:[A-Za-z0-9_.+-]{1,48}@[A-Za-z0-9.-]{1,60}")
_SPACES = re.compile(r"[\s()./-]|\u00a0")


def phone_of(connection: sa.Connection, secrets: Secrets, number: int) -> str:
    """Where the operator of an id is rung: E.164 or a `sip:` address; empty when she named none.

    Raises LostError when nothing opens it any more.
    """
    sealed = connection.scalar(sa.select(table.c.phone).where(table.c.id == number))
    if sealed is None:
        return ""
    plain, old = lasting.unseal(secrets, _place(number), sealed)
    return plain.decode()


def keep_phone(
    connection: sa.Connection, secrets: Secrets, who: str, number: int, phone: str, at: datetime
) -> None:
    """Keep where she is rung, or forget it when it is empty."""
    sealed = lasting.seal(secrets, _place(number), phone.encode()) if phone else None
    connection.execute(sa.update(table).where(table.c.id == number).values(phone=sealed))
    audit.write(connection, who, "own telephone", about(number), "kept" if phone else "gone", at)


def read_phone(source: str) -> str:
    """Read what she typed: `+32 …`, `0032 …` or `sip:…`. Raises StaffError for anything else."""
    given = source.strip()
    if given.lower().startswith("sip"):
        if _SIP.fullmatch(given):
            return given
        raise StaffError("account.wrong.phone", "That is no sip address.")
    number = re.sub(r"^00", "+", _SPACES.sub("", given))
    if number and not _NUMBER.fullmatch(number):
        raise StaffError("account.wrong.phone", "That is no number with its country.")
    return number


def _place(number: int) -> Place:
    return Place("staff", number, "phone")
