"""Whether somebody is who she says: password and a second factor, judged together.

A wrong name, a wrong password and a wrong code get one answer, after the same work.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.console import codes, passkeys, passwords
from ivr.console.passkeys import Site
from ivr.store import factors, sessions, staff
from ivr.store.factors import Passkey
from ivr.store.sealing import LostError
from ivr.store.staff import Row

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave to prove herself. `browser` ties a passkey's answer to it."""

    name: str
    password: str
    code: str = ""
    passkey: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to compare it with: nothing for a name that nobody has."""

    row: Row | None
    totps: tuple[tuple[int, str, int], ...] = ()
    passkeys: tuple[tuple[int, Passkey], ...] = ()
    recovery: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """That it is she, and what was used for it once and for all."""

    row: Row
    kind: str = ""  # empty: an invitation
    factor: int = 0
    moment: int = 0
    counter: int = 0

    @property
    def invited(self) -> bool:
        """Whether she may only set up how she proves herself from now on."""
        return not self.kind


def look_up(connection: sa.Connection, secrets: tuple[bytes, ...], given: Given) -> Known:
    """Look up what is known, by the same statements for every name."""
    row = staff.find(connection, given.name)
    number = row.id if row else NOBODY
    try:
        totps = tuple(factors.totps(connection, secrets, number))
    except LostError:  # the secret that sealed them is gone: other ways are left
        totps = ()
    keys = tuple(factors.passkeys(connection, number))
    return Known(row, totps, keys, factors.recovery(connection, secrets, number, given.code))


def judge(known: Known, given: Given, site: Site, at: datetime) -> Proof | None:
    """Judge it. Raises passwords.BusyError."""
    row = known.row
    right = passwords.fits(row.password if row else "", given.password)
    found = _second(row, known, given, site, at) if row else None
    if row is None or not right or row.disabled_at:
        return None
    if row.invited_until:
        return Proof(row) if at < row.invited_until else None
    return found


def settle(connection: sa.Connection, proof: Proof, at: datetime) -> str:
    """Use up what was good once, and begin a session; empty when another was faster."""
    match proof.kind:
        case "":
            done = True
        case "recovery":
            done = factors.spend(connection, proof.factor)
        case _:
            done = factors.use(connection, proof.factor, proof.moment, counter=proof.counter)
    if not done:
        return ""
    return sessions.begin(connection, proof.row.id, at, invited=proof.invited)


def _second(row: Row, known: Known, given: Given, site: Site, at: datetime) -> Proof | None:
    for factor, key in known.passkeys if given.passkey else ():
        answered = passkeys.used(site, given.browser, key, given.passkey, at)
        if answered:
            return Proof(row, "passkey", factor, answered.moment, answered.counter)
    for factor, secret, before in known.totps:
        step = codes.step_of(secret, given.code, at, before)
        if step:
            return Proof(row, "totp", factor, step)
    return Proof(row, "recovery", known.recovery) if known.recovery else None
