"""One whole demonstration, a browser on it, and a door: what several tests in this room need."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.phone.door import Phone
from tests.phone.lines import CHROMIUM, Running, running
from tests.phone.pages import FLAGS, Open

expect.set_options(timeout=15_000)  # a busy machine is no fault of the page


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The application and the rehearsal carrier, running, with the shipped audio."""
    with running(tmp_path_factory.mktemp("demonstration")) as stage:
        yield stage


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, demonstration: Running) -> Open:
    """The page, which must say nothing wrong while it is looked at."""

    @contextmanager
    def opened(lang: str = "en", url: str = demonstration.url, **context: Any) -> Iterator[Page]:
        window = browser.new_context(**context)
        page = window.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        page.goto(f"{url}/phone?lang={lang}")
        yield page
        window.close()
        assert not [one for one in problems if "Failed to load resource" not in one], problems

    return opened


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return Phone(tmp_path)
