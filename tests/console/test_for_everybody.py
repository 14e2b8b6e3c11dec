"""Pages on the way in, and in trouble: axe in the four languages, at every size, light and dark."""

import pytest
from playwright.sync_api import Page

from ivr.console.words import LANGUAGES
from tests.console.furnished import people
from tests.console.screen import Screen, press_enter
from tests.console.staffed import PASSWORD, invite
from tests.phone.pages import violations

LOOKS = {"wide": (1280, 800, "light"), "narrow": (360, 780, "dark")}


def look(page: Page, width: int, what: str) -> None:
    """Nothing that axe finds, nothing wider than the window, everything unfolded."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(page) == [], what
    assert page.evaluate("document.documentElement.scrollWidth") <= width, what


def test_axe_finds_nothing_on_an_invitation(screen: Screen) -> None:
    people(screen.house, "de")
    page = screen.signed_in("admin")
    page.goto(f"{screen.base}/people")
    with page.expect_navigation():
        page.locator(".rows .button.primary").last.click()
    look(page, 1280, "invitation")


@pytest.mark.parametrize("size", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_before_somebody_is_in(screen: Screen, language: str, size: str) -> None:
    from ivr.console import demo

    demo.make_examples(screen.house.settings, screen.house.clock[0])
    width, height, scheme = LOOKS[size]
    page = screen.window(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(f"{screen.base}/sign-in?lang={language}")
    look(page, width, "sign in")
    page.fill("#name", "nobody")
    page.fill("#password", "nothing")
    press_enter(page)
    assert page.get_attribute("html", "lang") == language
    look(page, width, "wrong")
    page.fill("#name", "guest")
    page.fill("#password", invite(screen.house, "guest"))
    press_enter(page)
    with page.expect_navigation():
        page.click(f'.languages [value="{language}"]')
    look(page, width, "set up")
    page.fill("#new", "too short")
    page.evaluate("document.querySelector('main form').noValidate = true")
    with page.expect_navigation():
        page.click(".button.primary")
    look(page, width, "trouble in the form")


def test_axe_finds_nothing_on_what_went_wrong_and_on_paper(screen: Screen) -> None:
    page = screen.signed_in("operator")
    page.goto(f"{screen.base}/people")
    look(page, 1280, "another role")
    page.goto(f"{screen.base}/account")
    page.click("summary:has-text('Make new codes')")
    page.fill("#recovery-password", "wrong")
    press_enter(page)
    look(page, 1280, "a wrong password")
    page.fill("#recovery-password", PASSWORD)
    press_enter(page)
    page.locator(".codes").wait_for()
    look(page, 1280, "paper")
