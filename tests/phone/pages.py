"""What is done to the page in a browser, and how axe looks at it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.worlds import shipped_edition

AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
Open = Callable[..., AbstractContextManager[Page]]


def words(language: str, prompt: str) -> str:
    return shipped_edition().catalogue.texts[language][prompt].words


def ring(page: Page) -> None:
    """Ring, until the line speaks: keys before that reach nobody."""
    page.click("#call")
    expect(page.locator(".turn.line")).to_have_count(1)


def skip(page: Page, until: str, most: int = 12) -> None:
    """Skip ahead until the telephone's display says so."""
    for _ in range(most):
        if re.search(until, page.inner_text("#phase")):
            return
        page.click("#skip-wait")
        page.wait_for_timeout(250)
    expect(page.locator("#phase")).to_have_text(re.compile(until))


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]
