"""One whole callback in a demonstration that runs, and everything that is seen of it on the way."""

import io
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog

from ivr import clock, logs
from ivr.callbacks.means import means_of
from ivr.callbacks.sweeps import sweep
from ivr.carrier.rehearsal.client import FarTelephone
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.handset import Handset
from ivr.commands.carrier import JOURNAL
from ivr.console.access import ACCESS
from ivr.store import callbacks, phones
from tests import canary
from tests.canary import CODE, NOTE, NUMBER
from tests.console.staffed import ROLES, Browser, House, hire
from tests.installations import REHEARSAL_ACCOUNT, REHEARSAL_TOKEN
from tests.phone.callbacks import pretend, tomorrow
from tests.phone.lines import Running, running

OWN = "keeper"
DESK = "+493023125088"
"""An example: +49 30 23125xxx is kept for films too."""


@dataclass
class Journey:
    """One callback from the first key to its last trace, and what was seen on the way."""

    stage: Running
    house: House
    log: canary.Log
    number: int = 0
    pages: dict[str, bytes] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    meanwhile: list[str] = field(default_factory=list)
    backup: Path = Path()

    @property
    def var(self) -> Path:
        """The folder of the installation."""
        return self.stage.settings.var

    @property
    def journal(self) -> Path:
        """The carrier's own."""
        return self.var / JOURNAL

    def files(self) -> list[str]:
        """The files of ours, and of the database's server, in which it is."""
        with self.house.store.engine.connect() as connection:
            if self.house.store.sqlite:
                return canary.in_files(self.var, but=(self.journal,))
            folder = connection.exec_driver_sql("SHOW data_directory").scalar()
        ours = canary.in_files(self.var, but=(self.journal,))
        return [*ours, *canary.in_files(Path(str(folder)))]

    def signed_in(self, name: str) -> Browser:
        """The browser of somebody; codes go by the real time."""
        if name not in self.browsers:
            self.house.clock[0] = clock.now() - timedelta(seconds=30)
            self.browsers[name] = self.house.signed_in(name)
        return self.browsers[name]

    def look_around(self, when: str) -> None:
        """Open every page of everybody, but for the card of who has the callback."""
        for role in ROLES:
            browser = self.signed_in(role)
            for (rule, method), roles in ACCESS.items():
                path = rule.replace("<int:number>", str(self.number))
                if method == "GET" and role in roles and "<" not in path:
                    reply = browser.web.get(f"/console{path}", base_url=browser.base, buffered=True)
                    self.pages[f"{when} {role} {path}"] = reply.data
                    assert reply.status_code < 500, path


def book(stage: Running) -> None:
    """She books from her own telephone, in English, for ten to twelve."""
    world = stage.line.world("rehearsal")
    number = next(one.number for one in world.directory.access
                  if one.purpose == "line" and not one.bound)  # fmt: skip
    phone = Handset(FarTelephone(stage.carrier.url, REHEARSAL_ACCOUNT, REHEARSAL_TOKEN))
    phone.ring(Setup(number, NUMBER))
    for key in "43112":
        phone.press(key)
        phone.wait_for(lambda view: view.phase == "listening")
    for digits in (CODE, CODE, "1"):
        for digit in digits:
            phone.press(digit)
        phone.wait_for(lambda view: view.phase == "listening")
    phone.hang_up()


def talk(stage: Running) -> None:
    """The operator picks up and presses 1; she picks up, keys her code, and they talk."""
    far = FarTelephone(stage.carrier.url, REHEARSAL_ACCOUNT, REHEARSAL_TOKEN)
    phone = Handset(far)
    phone.view = far.answer(far.lines(DESK)[0]["leg"])
    phone.press("1")
    phone.wait_for(lambda view: view.other is not None)
    phone.other_picks_up()
    for digit in CODE:
        phone.other_presses(digit)
    view = phone.wait_for(lambda view: view.phase in ("talking", "ended"))
    assert view.phase == "talking"
    phone.hang_up()


def serve(journey: Journey) -> None:
    """The operator takes it, notes, calls, and says how it went."""
    desk = journey.signed_in(OWN)
    at = f"/callbacks/{journey.number}"
    for verb, form in (("claim", {}), ("note", {"note": NOTE})):
        desk.get(at)
        desk.post(f"{at}/{verb}", **form)
    desk.get(at)
    assert NOTE in desk.page.text, "who has it may read it"
    journey.look_around("while it is kept")
    journey.meanwhile += journey.files()
    if journey.house.store.sqlite:
        journey.house.store.scrub()
        journey.backup = journey.var.parent / "backup.sqlite"
        shutil.copy(str(journey.house.store.engine.url.database), journey.backup)
    desk.get(at)
    desk.post(f"{at}/call")
    talk(journey.stage)
    desk.get(at)
    desk.post(f"{at}/outcome", outcome="spoke")


def travel(journey: Journey) -> None:
    """The whole of it."""
    stage = journey.stage
    pretend(stage, tomorrow(9))
    stage.line.refresh(clock.now())
    book(stage)
    with journey.house.store.reading() as connection:
        journey.number = max(row.id for row in callbacks.open_ones(connection))
    journey.look_around("while it waits")
    journey.meanwhile += journey.files()
    pretend(stage, tomorrow(10, 20))
    serve(journey)
    for hours in (0, 1, 30, 100):
        sweep(means_of(stage.line), tomorrow(12) + timedelta(hours=hours))
    journey.look_around("afterwards")


@contextmanager
def travelled(folder: Path) -> Iterator[Journey]:
    """It is made once; the log is all that this process writes to it meanwhile."""
    with logged() as log, running(folder / "var", staffed=True) as stage:
        telephone = FarTelephone(stage.carrier.url, REHEARSAL_ACCOUNT, REHEARSAL_TOKEN)
        for number in (NUMBER, DESK):
            telephone.own(number, paced=True)
        house = House(stage.settings, stage.app, stage.line.store, {}, SimpleNamespace())
        for name, role in [*((role, role) for role in ROLES), (OWN, "operator")]:
            hire(house, name, role, speaks=("en",))
        keys, who = stage.settings.secret_keys, house.person(OWN).id
        with house.store.writing() as connection:
            phones.keep_phone(connection, keys, OWN, who, DESK, clock.now())
        made = Journey(stage, house, log)
        travel(made)
        logs.get("line").warning("the journey is over")
        yield made


@contextmanager
def logged() -> Iterator[canary.Log]:
    """Everything that is logged, as it would be written."""
    log, patch = canary.Log(), pytest.MonkeyPatch()
    before = logging.root.handlers, logging.root.level
    patch.setattr("sys.stderr", io.TextIOWrapper(log, write_through=True))
    logs.configure()
    yield log
    patch.undo()
    structlog.reset_defaults()
    logging.root.handlers, logging.root.level = before
