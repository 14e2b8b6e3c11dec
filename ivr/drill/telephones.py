"""The world around a line that dies: a carrier with its journal, telephones, and a new callback."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, Self
from urllib.error import URLError
from urllib.request import urlopen

import sqlalchemy as sa

from ivr import clock
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.client import FarTelephone
from ivr.carrier.rehearsal.exchange import UnknownCallError
from ivr.carrier.rehearsal.handset import Handset
from ivr.carrier.rehearsal.journal import read_journal
from ivr.carrier.rehearsal.server import Carrier, open_switch, sender
from ivr.store import hers, lasting, staff_tables
from ivr.store.callback_tables import attempts
from ivr.store.database import Store
from ivr.store.hers import Asked, Wishes
from ivr.store.sealing import Place, Vault
from routing.window import Window

SECRET = "7f3a9c51e02b48d6a1f5c3e79b8d04268ce1f7a35b9d20467e8fa1c3b5d79e02"  # noqa: S105  # a drill's own
SID, TOKEN = "AC" + "d" * 32, "the-token-of-drills-and-nothing-else"
OUTBOUND = "+3220000009"  # an example: nobody's number
CODE, WRONG = "4711", "1174"
NOON = 12
PATIENCE = 30.0
DYING = 2.0


@dataclass(frozen=True, slots=True)
class Case:
    """One callback: its id, its operator with her telephone, and hers."""

    callback: int
    operator: int
    phone: str
    hers: str

    def last_attempt(self, url: str) -> int:
        """The id of the newest attempt; 0 where there is none."""
        query = sa.select(sa.func.max(attempts.c.id)).where(attempts.c.callback == self.callback)
        with Store(url) as store, store.reading() as connection:
            return connection.scalar(query) or 0


class House:
    """A line of its own process, which may die at any moment."""

    def __init__(self, base: str, process: int) -> None:
        """It is being started."""
        self._base, self._process = base, process

    @property
    def alive(self) -> bool:
        """Whether it has not died yet."""
        try:
            os.kill(self._process, 0)
        except ProcessLookupError:
            return False
        return True

    def died(self) -> bool:
        """Whether it is dead, or dies this moment: its wires are cut before it is gone."""
        end = clock.monotonic() + DYING
        while self.alive and clock.monotonic() < end:
            time.sleep(0.01)
        return not self.alive

    def wait(self) -> None:
        """Wait until it answers. Raises TimeoutError."""
        end = clock.monotonic() + PATIENCE
        while self.ask("here") is None:
            if clock.monotonic() > end:
                raise TimeoutError("the line does not come up")
            time.sleep(0.02)

    def ask(self, verb: str, case: Case | None = None, **more: int) -> str | None:
        """Let the operator do something; None where it died, or is not there."""
        given = {"callback": case.callback, "operator": case.operator} if case else {}
        words = "&".join(f"{name}={value}" for name, value in {**given, **more}.items())
        try:
            with urlopen(f"{self._base}/drill/{verb}?{words}", timeout=PATIENCE) as reply:  # noqa: S310  # our own line, on loopback
                return str(json.load(reply))
        except (URLError, OSError, HTTPException):
            return None

    def __enter__(self) -> Self:
        """It answers already."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, and wait until its port is free."""
        if self.alive:
            os.kill(self._process, 9)
        while self.alive:
            time.sleep(0.005)


class Rehearsal:
    """A carrier, its telephones, and a nursery of lines. `url` is the database."""

    def __init__(self, url: str, folder: Path) -> None:
        """Listen; no line lives yet."""
        self.url, self._folder = url, folder
        self._port = _free_port()
        base = f"http://127.0.0.1:{self._port}"
        numbers = Numbers(f"{base}/voice/incoming", f"{base}/voice/status")
        account = Account(SID, TOKEN, frozenset({OUTBOUND}))
        self._journal = folder / "journal.jsonl"
        switch = open_switch(account, numbers, self._journal, clock.now, sender())
        self._carrier = Carrier(switch, "127.0.0.1", 0)
        self.telephone = FarTelephone(self._carrier.url, SID, TOKEN)
        self.environ = {
            "IVR_PUBLIC_BASE_URL": base,
            "IVR_SECRET_KEY": SECRET,
            "IVR_VAR": str(folder / "var"),
            "IVR_DATABASE_URL": url,
            "IVR_OUTBOUND_NUMBER": OUTBOUND,
            "IVR_REHEARSAL_ACCOUNT_SID": SID,
            "IVR_REHEARSAL_AUTH_TOKEN": TOKEN,
            "IVR_REHEARSAL_URL": self._carrier.url,
        }

    def __enter__(self) -> Self:
        """Carry calls from here on."""
        self._carrier.start()
        self._nursery = subprocess.Popen(  # this very interpreter, a module of ours
            [sys.executable, "-m", "ivr.drill.nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        """End everything."""
        for pipe in (self._nursery.stdin, self._nursery.stdout):
            if pipe:
                pipe.close()
        self._nursery.wait()
        self._carrier.close()

    @property
    def vault(self) -> Vault:
        """What seals as the line does."""
        return Vault(self._folder / "var" / "ring", (bytes.fromhex(SECRET),))

    def house(self, point: str, nth: int, fault: str) -> House:
        """A new line, which dies at a point; none: it lives."""
        order = {"environ": self.environ, "port": self._port, "point": point, "nth": nth,
                 "fault": fault}  # fmt: skip
        if self._nursery.stdin is None or self._nursery.stdout is None:
            raise RuntimeError("no nursery")
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()
        process = int(self._nursery.stdout.readline())
        house = House(self.environ["IVR_PUBLIC_BASE_URL"], process)
        house.wait()
        return house

    def meet(self, case: Case, who: str) -> None:
        """The operator picks up and presses 1; then whoever is there meets what rings."""
        for line in self.telephone.lines(case.phone):
            try:
                self._talk(line["leg"], who)
            except UnknownCallError:
                continue

    def _talk(self, leg: str, who: str) -> None:
        phone = Handset(self.telephone)
        phone.view = self.telephone.answer(leg)
        phone.press("1")
        if phone.now.other and who in ("she", "somebody else"):
            phone.other_picks_up()
            for digit in CODE if who == "she" else WRONG * 2:
                phone.other_presses(digit)
        phone.wait_for(lambda view: view.phase in ("talking", "ended"))
        phone.hang_up()

    def seen(self, case: Case) -> Iterator[str]:
        """What the journal says of a callback: each ring, each bridge, what is still alive."""
        live: dict[str, bool] = {}
        for entry in read_journal(self._journal):
            if entry["what"] == "dialled" and entry["to"] == case.hers:
                yield "rung"
            if entry["what"] == "bridged" and entry["to"] == case.hers:
                yield "bridged"
            if entry["what"] == "call" and entry["record"]["to"] in (case.hers, case.phone):
                if entry["call"] not in live and entry["record"]["to"] == case.phone:
                    yield "placed"
                live[entry["call"]] = not entry["record"]["ended"]
        yield from ("live" for alive in live.values() if alive)


def open_case(rehearsal: Rehearsal, seed: int) -> Case:
    """A new callback whose window is open now, and an operator for it."""
    hers_ = f"+120255{seed % 10**5:05d}"  # examples, on a carrier that is none
    phone = f"+120256{seed % 10**5:05d}"
    rehearsal.telephone.own(phone, paced=True)
    with Store(rehearsal.url) as store, store.writing() as connection:
        operator = _employ(connection, phone)
        asked = Asked(hers_, CODE, around(clock.now()), "nl", "", "", False, Wishes())
        callback = hers.insert(
            connection, rehearsal.vault, asked, carrier="rehearsal", at=clock.now()
        )
    return Case(callback, operator, phone, hers_)


def around(at: datetime) -> Window:
    """A window that is open now, and for some hours: where it is about noon."""
    ahead = NOON - at.astimezone(UTC).hour
    day = (at.astimezone(UTC) + timedelta(hours=ahead)).date()
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    return Window(day, (NOON - 1) * 60, (NOON + 3) * 60, zone)


def _employ(connection: sa.Connection, phone: str) -> int:
    row: dict[str, Any] = {
        "name": f"o{phone[1:]}", "shown": "O", "role": "operator", "language": "nl",
        "speaks": "nl", "password": "-", "status": "here", "made_at": clock.now(),
    }  # fmt: skip
    made = connection.execute(sa.insert(staff_tables.staff).values(**row))
    operator: int = made.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has it
    secrets, place = (bytes.fromhex(SECRET),), Place("staff", operator, "phone")
    sealed = lasting.seal(secrets, place, phone.encode())
    where = staff_tables.staff.c.id == operator
    connection.execute(sa.update(staff_tables.staff).where(where).values(phone=sealed))
    return operator


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
