"""Houses with staff, made from one migrated database that is copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ivr.store import schema
from tests.callbacks.calling import StandInCarrier
from tests.carrier.running import serving
from tests.console.screen import Screen
from tests.console.shift import Shift, means_for, rules_for
from tests.console.staffed import ROLES, House, built, hire
from tests.databases import database, postgresql
from tests.phone.lines import CHROMIUM, free_port
from tests.phone.pages import FLAGS

__all__ = ["database", "postgresql"]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "line.sqlite"
    schema.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def empty(migrated: Path, tmp_path: Path) -> Iterator[House]:
    """A real installation in which nobody works yet."""
    shutil.copy(migrated, tmp_path / "line.sqlite")
    house = built(tmp_path)
    yield house
    house.store.close()


@pytest.fixture(scope="session")
def peopled(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """A database with one of each role, named by it, and a second admin."""
    folder = tmp_path_factory.mktemp("peopled")
    shutil.copy(migrated, folder / "line.sqlite")
    house = built(folder)
    for role in ROLES:
        hire(house, role, role)
    hire(house, "second", "admin")
    with house.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    house.store.close()
    return folder / "line.sqlite", house


@pytest.fixture
def house(peopled: tuple[Path, House], tmp_path: Path) -> Iterator[House]:
    """One of each role, named by it, and a second admin."""
    path, made = peopled
    shutil.copy(path, tmp_path / "line.sqlite")
    house = built(tmp_path)
    house.secrets.update(made.secrets)
    yield house
    house.store.close()


@pytest.fixture
def shift(peopled: tuple[Path, House], tmp_path: Path) -> Iterator[Shift]:
    """The same at work: a carrier in memory, two operators and a supervisor with telephones."""
    path, made = peopled
    shutil.copy(path, tmp_path / "line.sqlite")
    skew: list[float | None] = [0.0]
    carrier, rules = StandInCarrier("twilio"), rules_for(tmp_path, skew)
    house = built(tmp_path, means=means_for(carrier, rules))
    house.secrets.update(made.secrets)
    hire(house, "other", "operator", speaks=("nl", "fr"))
    shift = Shift(house, carrier, rules, skew)
    for number, name in enumerate(("operator", "other", "supervisor")):
        shift.phone(name, f"+1202555011{number}")
    yield shift
    house.store.close()


@pytest.fixture
def demo(migrated: Path, tmp_path: Path) -> Iterator[House]:
    """A demonstration on this machine."""
    shutil.copy(migrated, tmp_path / "line.sqlite")
    house = built(tmp_path, demo=True)
    yield house
    house.store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def screen(peopled: tuple[Path, House], tmp_path: Path, chromium: Browser) -> Iterator[Screen]:
    """A demonstration that runs, and a browser on it."""
    path, made = peopled
    shutil.copy(path, tmp_path / "line.sqlite")
    port = free_port()
    house = built(tmp_path, demo=True, IVR_PUBLIC_BASE_URL=f"http://localhost:{port}")
    house.secrets.update(made.secrets)
    with serving(house.app, port):
        screen = Screen(house, chromium)
        yield screen
        screen.close()
    house.store.close()
    assert screen.problems == []


@pytest.fixture
def scene(
    peopled: tuple[Path, House], tmp_path: Path, chromium: Browser
) -> Iterator[tuple[Screen, Shift]]:
    """A demonstration at work, and a browser on it."""
    path, made = peopled
    shutil.copy(path, tmp_path / "line.sqlite")
    port, carrier = free_port(), StandInCarrier("rehearsal")
    rules = rules_for(tmp_path, [0.0])
    address = f"http://localhost:{port}"
    house = built(tmp_path, demo=True, means=means_for(carrier, rules), IVR_PUBLIC_BASE_URL=address)
    house.secrets.update(made.secrets)
    shift = Shift(house, carrier, rules, [0.0])
    for number, name in enumerate(("operator", "supervisor")):
        shift.phone(name, f"+1202555011{number}")
    with serving(house.app, port):
        screen = Screen(house, chromium)
        yield screen, shift
        screen.close()
    house.store.close()
    assert screen.problems == []
