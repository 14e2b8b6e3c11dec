"""Houses with staff, made from one migrated database that is copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import kinds
from tests.callbacks.calling import StandInCarrier
from tests.carrier.running import serving
from tests.console.screen import Screen
from tests.console.shift import Shift, means_for, rules_for
from tests.console.staffed import ROLES, House, built, hire
from tests.phone.lines import CHROMIUM, free_port
from tests.phone.pages import FLAGS

expect.set_options(timeout=15_000)  # a busy machine is no fault of the page


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A real installation in which nobody works yet."""
    kinds.migrated(tmp_path)
    house = built(tmp_path)
    yield house
    house.store.close()


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """A database with one of each role, named by it, and a second admin."""
    folder = tmp_path_factory.mktemp("peopled")
    kinds.migrated(folder)
    house = built(folder)
    for role in ROLES:
        hire(house, role, role)
    hire(house, "second", "admin")
    house.store.scrub()  # what is in the log is in no copy of the file
    house.store.close()
    return folder, house


@pytest.fixture
def house(peopled: tuple[Path, House], tmp_path: Path) -> Iterator[House]:
    """One of each role, named by it, and a second admin."""
    folder, made = peopled
    kinds.copied(folder, tmp_path)
    house = built(tmp_path)
    house.secrets.update(made.secrets)
    yield house
    house.store.close()


@pytest.fixture
def shift(peopled: tuple[Path, House], tmp_path: Path) -> Iterator[Shift]:
    """The same at work: a carrier in memory, two operators and a supervisor with telephones."""
    folder, made = peopled
    kinds.copied(folder, tmp_path)
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
def demo(tmp_path: Path) -> Iterator[House]:
    """A demonstration on this machine."""
    kinds.migrated(tmp_path)
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
    folder, made = peopled
    kinds.copied(folder, tmp_path)
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
    folder, made = peopled
    kinds.copied(folder, tmp_path)
    port, carrier = free_port(), StandInCarrier("rehearsal")
    rules = rules_for(tmp_path, [0.0])
    address = f"http://localhost:{port}"
    house = built(tmp_path, demo=True, means=means_for(carrier, rules), IVR_PUBLIC_BASE_URL=address)
    house.secrets.update(made.secrets)
    shift = Shift(house, carrier, rules, [0.0])
    hire(house, "other", "operator", speaks=("nl", "fr"))
    for number, name in enumerate(("operator", "supervisor", "other")):
        shift.phone(name, f"+1202555011{number}")
    with serving(house.app, port):
        screen = Screen(house, chromium)
        yield screen, shift
        screen.close()
    house.store.close()
    assert screen.problems == []
