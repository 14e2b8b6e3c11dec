"""The pages in a real browser: by keyboard alone, without script, with the panic key."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.console.screen import Screen
from tests.console.staffed import PASSWORD, invite


def tab_to(page: Page, selector: str, most: int = 40) -> None:
    """Press Tab until it has the focus, which must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("one => one === document.activeElement"):
            outline = page.locator(selector).evaluate("one => getComputedStyle(one).outlineStyle")
            assert outline == "solid", selector
            return
    raise AssertionError(f"Tab never comes to {selector}")


def stop_the_clock(page: Page) -> None:
    """Let time pass for this page's scripts only when a test says so, however slow this machine."""
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))


def twice(page: Page, apart: int = 300) -> None:
    """Press Esc twice, so many milliseconds after each other."""
    page.keyboard.press("Escape")
    page.clock.run_for(apart)
    page.keyboard.press("Escape")


def test_everything_by_keyboard_alone(screen: Screen) -> None:
    page = screen.window()
    page.goto(f"{screen.base}/sign-in")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    tab_to(page, "#name", 2)
    page.keyboard.type("operator")
    tab_to(page, "#password", 1)
    page.keyboard.type(PASSWORD)
    tab_to(page, "#code", 1)
    page.keyboard.type(screen.house.code("operator"))
    tab_to(page, "form.stack .button.primary", 1)
    page.keyboard.press("Enter")
    expect(page.locator(".tools")).to_contain_text("Operator")
    page.goto(f"{screen.base}/account")
    tab_to(page, '.segments [value="pause"]')
    page.keyboard.press("Space")
    expect(page.locator('.segments [aria-pressed="true"]')).to_have_text("On a break")
    tab_to(page, "#phone")
    page.keyboard.type("+3220000007")
    page.keyboard.press("Enter")
    expect(page.locator(".note.live")).to_contain_text("rings you there")
    tab_to(page, ".sign-out button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_everything_without_script(screen: Screen) -> None:
    invitation = invite(screen.house, "ann")
    page = screen.window(java_script_enabled=False)
    page.goto(f"{screen.base}/sign-in")
    expect(page.locator("form.stack noscript p")).to_contain_text("needs script")
    expect(page.locator(".passkey button")).to_be_hidden()
    expect(page.locator("[data-panic]")).to_be_hidden()
    expect(page.locator(".foot noscript p")).to_contain_text("close the tab")
    page.fill("#name", "ann")
    page.fill("#password", invitation)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Welcome, Ann")
    secret = (page.text_content(".typed") or "").replace(" ", "")
    screen.house.secrets["ann"] = secret
    page.fill("#new", "a lamp beside the harbour")
    page.fill("#again", "a lamp beside the harbour")
    page.fill("#code", screen.house.code("ann"))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.click("text=I have kept them")
    page.click('.segments [value="wrap-up"]')
    expect(page.locator('.segments [aria-pressed="true"]')).to_have_text("Writing up")
    page.click('.languages [value="nl"]')
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.click(".sign-out button")
    expect(page.locator("h1")).to_have_text("Aanmelden")


def test_esc_twice_blanks_the_screen_and_twice_more_brings_the_same_back(screen: Screen) -> None:
    page = screen.window(viewport={"width": 1000, "height": 400})
    screen.sign_in(page, "operator")
    stop_the_clock(page)
    page.goto(f"{screen.base}/account")
    page.fill("#phone", "half a numb")
    page.evaluate("window.scrollTo(0, 120)")
    title = page.title()
    twice(page, apart=800)
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_be_visible()
    page.keyboard.press("a")
    twice(page)
    expect(page.locator("body")).to_be_hidden()
    assert page.title() == "–"
    page.keyboard.press("a")
    twice(page, apart=800)
    expect(page.locator("body")).to_be_hidden()
    page.clock.run_for(800)
    twice(page)
    expect(page.locator("main")).to_be_visible()
    assert page.title() == title
    assert page.input_value("#phone") == "half a numbaaa"
    assert page.evaluate("scrollY") == 120
    expect(page.locator("#phone")).to_be_focused()


def test_a_blank_screen_stays_blank_and_a_button_and_two_clicks_do_the_same(
    screen: Screen,
) -> None:
    page = screen.signed_in("operator")
    page.click("[data-panic]")
    expect(page.locator("body")).to_be_hidden()
    page.reload()
    expect(page.locator("body")).to_be_hidden()
    assert page.title() == "–"
    page.mouse.dblclick(200, 200)
    expect(page.locator("main")).to_be_visible()
    assert page.title() == "My account · The line"


def test_who_does_nothing_is_told_before_she_is_signed_out(screen: Screen) -> None:
    page = screen.window()
    page.clock.install()
    screen.sign_in(page, "operator")
    bar = page.locator("#idle")
    page.clock.run_for("12:50")
    expect(bar).to_be_hidden()
    page.clock.run_for("00:20")
    expect(bar).to_contain_text("signed out in two minutes")
    page.click("text=Stay signed in")
    expect(bar).to_be_hidden()
    page.clock.run_for("15:10")
    expect(bar).to_contain_text("You have been signed out")
    screen.house.wait(minutes=16)
    page.click("text=Sign in again")
    expect(page).to_have_url(re.compile("/console/sign-in"))


def test_the_frame_says_when_the_database_is_away(screen: Screen) -> None:
    from ivr.line import Health

    page = screen.signed_in("operator")
    expect(page.locator(".state")).to_have_text("The line answers")
    screen.house.line.health = Health("OperationalError at refresh", 1, 1)
    page.reload()
    expect(page.locator(".state")).to_contain_text("database is away")


def test_a_demonstration_signs_in_with_one_press(screen: Screen) -> None:
    from ivr.console import demo

    demo.make_examples(screen.house.settings, screen.house.clock[0])
    page = screen.window()
    page.goto(f"{screen.base}/sign-in?lang=fr")
    page.click("text=Se connecter comme Samir, opérateur")
    expect(page.locator(".tools")).to_contain_text("Samir")
    page.click(".sign-out button")
    page.click("text=Se connecter comme Samir, opérateur")
    expect(page.locator(".tools")).to_contain_text("Samir")
    page.click(".sign-out button")
    expect(page.locator("main")).to_contain_text("Samir, opérateur: Le code suivant")
