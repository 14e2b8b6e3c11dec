"""A real browser on the pages of staff: what somebody does there, and what must never go wrong."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.console.staffed import PASSWORD, House

EXPECTED = "Failed to load resource"
"""What Chromium says of every answer that is a refusal: those are looked at by their words."""


def press_enter(page: Page) -> None:
    """Send the form by its keyboard, and wait for the page that answers."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


class Screen:
    """Windows on one house; errors in them are kept."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house = house
        self.browser = browser
        self.base = f"{house.settings.public_base_url}/console"
        self.problems: list[str] = []
        self._open: list[Any] = []

    def window(self, **context: Any) -> Page:
        """A window of its own, in which nobody is signed in."""
        window = self.browser.new_context(**{"locale": "en-GB", **context})
        self._open.append(window)
        page = window.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self._note(said.type, said.text))
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and EXPECTED not in text:
            self.problems.append(text)

    def signed_in(self, name: str, **context: Any) -> Page:
        """A window in which somebody is signed in, on her account."""
        page = self.window(**context)
        self.sign_in(page, name)
        page.goto(f"{self.base}/account")
        return page

    def sign_in(self, page: Page, name: str, password: str = PASSWORD) -> None:
        """Sign in with a code."""
        page.goto(f"{self.base}/sign-in")
        page.fill("#name", name)
        page.fill("#password", password)
        page.fill("#code", self.house.code(name))
        press_enter(page)

    def close(self) -> None:
        """Close every window."""
        for window in self._open:
            window.close()
