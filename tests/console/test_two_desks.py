"""Stories of a shift in real browsers: two who press at once, danger, leaving, stopping, hiding."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Page, expect

from routing.callback import State
from tests.console.screen import Screen, press_enter
from tests.console.shift import EVENING, Shift
from tests.console.staffed import PASSWORD
from tests.console.test_desk_browser import Scene, open_page

NUMBER = "+3220000001"  # an example: nobody's number
SOON = 15_000  # ms in which a page that is live has seen it
AT_ONCE = """at => {
    const button = document.getElementById('claim');
    setTimeout(() => button.click(), at - Date.now());
}"""


def card(screen: Screen, name: str, number: int, **context: object) -> Page:
    return open_page(screen, name, f"/callbacks/{number}", **context)


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.click(button)


def talking(screen: Screen, shift: Shift, number: int) -> Page:
    """An operator who talks with her."""
    page = card(screen, "operator", number)
    press(page, "#claim")
    press(page, "#call")
    shift.talk(number)
    expect(page.locator("#going")).to_have_text("The code was right", timeout=SOON)
    return page


def spoken(screen: Screen, shift: Shift, number: int) -> Page:
    """An operator who has to say how it went."""
    page = talking(screen, shift, number)
    shift.ends(number, bridged=True)
    page.locator("#outcome-1").wait_for(timeout=SOON)
    return page


def test_two_who_press_at_once_are_one_who_has_it(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    names = ("operator", "other")
    pages = [card(screen, name, number) for name in names]
    at = pages[0].evaluate("Date.now()") + 1500
    for page in pages:
        page.evaluate(AT_ONCE, at)
    for page in pages:
        answered = re.compile(r"It is yours\.|Somebody was faster")
        expect(page.locator("main")).to_contain_text(answered, timeout=SOON)
    told = [page.inner_text("main") for page in pages]
    (won,) = [place for place, text in enumerate(told) if "It is yours." in text]
    winner = shift.house.person(names[won])
    assert f"{winner.shown} has it." in told[1 - won]
    assert shift.row(number).claimed_by == winner.id
    expect(pages[1 - won].locator("#call")).to_have_count(0)


def test_a_card_that_somebody_else_took_says_so_by_itself_and_without_script(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    live = card(screen, "operator", number)
    still = card(screen, "operator", number, java_script_enabled=False)
    press(card(screen, "other", number), "#claim")
    expect(live.locator("#live")).to_contain_text("Other has it.", timeout=SOON)
    expect(live.locator("#claim")).to_have_count(0)
    still.click("#claim")
    expect(still.locator("main")).to_contain_text("Somebody was faster")


def test_who_presses_twice_in_her_hurry_calls_once(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = card(screen, "operator", number)
    page.dblclick("#claim")
    expect(page.locator("main")).to_contain_text("It is yours.")
    page.dblclick("#call")
    expect(page.locator("#going")).to_have_text("Your telephone rings")
    expect(page.locator('main [role="alert"]:visible')).to_have_count(0)
    assert len(shift.carrier.orders) == 1


def test_danger_is_one_press_and_the_supervisor_sees_no_more_than_that(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    lead = open_page(screen, "supervisor", "/queue")
    page = talking(screen, shift, number)
    press(page, ".head .button.danger")
    expect(page.locator(".number")).to_have_text(NUMBER)
    expect(page.locator("main")).to_contain_text("Ring 101 on a second telephone")
    expect(page.locator("main")).to_contain_text("today at 14:3")
    expect(lead.locator(".news")).to_contain_text("An operator needs you now: 1", timeout=SOON)
    assert NUMBER not in lead.content()
    press(lead, ".news a.stop")
    press(lead, "text=I am on it")
    expect(lead.locator(".news")).not_to_contain_text("An operator needs you")
    shift.ends(number, bridged=True)
    press(page, "text=Back to the card")
    page.check('[value="in danger"]')
    press(page, "text=Keep this")
    page.goto(f"{screen.base}/callbacks/{number}/danger")
    assert NUMBER not in page.content()
    expect(page.locator("main")).to_contain_text("Her number and her code are erased.")


def test_the_outcome_cannot_be_passed_by(scene: Scene) -> None:
    screen, shift = scene
    number, other = shift.book(), shift.book(number="+3220000002")
    page = spoken(screen, shift, number)
    page.click("text=Keep this")
    assert page.locator("#outcome-1").evaluate("one => one.validity.valueMissing")
    assert shift.attempt(number).outcome is None
    page.goto(f"{screen.base}/account")
    expect(page.locator(".news")).to_contain_text("You have yet to say how a call went: 1")
    page.goto(f"{screen.base}/callbacks/{other}")
    expect(page.locator("#claim")).to_have_count(0)
    expect(page.locator("#live")).to_contain_text("First say how your last call went.")
    press(page, ".sign-out button")
    expect(page.locator("h1")).to_have_text("Before you go")
    press(page, "text=Hand over and sign out")
    expect(page.locator("main")).to_contain_text("Choose somebody for each.")
    press(page, "text=Say it yourself now")
    page.check('[value="referred"]')
    press(page, "text=Keep this")
    page.goto(f"{screen.base}/callbacks/{other}")
    press(page, "#claim")
    assert shift.row(number).state == State.CLOSED


def test_what_is_hers_goes_to_whom_she_says_when_she_leaves(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book(EVENING)
    page = card(screen, "operator", number)
    press(page, "#claim")
    press(page, ".sign-out button")
    page.select_option("select", label="Other (Away)")
    other = open_page(screen, "other", "/queue")
    press(page, "text=Hand over and sign out")
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(other.locator("#own")).to_have_text("Yours", timeout=SOON)
    press(other, f"#callback-{number}")
    expect(other.locator("main")).to_contain_text("It is yours until")


def test_once_it_is_closed_no_page_has_her_number(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = talking(screen, shift, number)
    page.click("summary:has-text('Show the whole number')")
    page.select_option("#number-reason", "interpreter")
    press(page, "text=Show it once")
    expect(page.locator(".number")).to_have_text(NUMBER)
    press(page, "text=Back to the card")
    expect(page.locator("main")).to_contain_text("Number ending in 01")
    shift.ends(number, bridged=True)
    page.locator("#outcome-1").wait_for(timeout=SOON)
    page.check('[value="spoke"]')
    press(page, "text=Keep this")
    for path in ("/queue?language=all", f"/callbacks/{number}"):
        page.goto(screen.base + path)
        assert NUMBER not in page.content()
        assert "ending in" not in page.content()
    for _ in range(6):
        with suppress(Error):  # what was sent once the browser has not kept
            page.go_back()
        expect(page.locator("html")).not_to_contain_text(NUMBER)


def test_calls_are_stopped_from_any_page_and_go_on_with_a_reason(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page, lead = card(screen, "operator", number), open_page(screen, "supervisor", "/roster")
    press(page, "#claim")
    lead.click(".stopper summary")
    lead.fill("#hold-reason", "somebody rings her back")
    press(lead, "text=Stop all calls now")
    expect(page.locator("#call")).to_have_count(0, timeout=SOON)
    expect(page.locator("#live")).to_contain_text("All calls that we make are stopped.")
    expect(page.locator(".news")).to_contain_text(
        "All calls that we make are stopped", timeout=SOON
    )
    press(page, ".news a.stop")
    expect(page.locator("main")).to_contain_text("A supervisor can lift it.")
    lead.fill("#lift-reason", " ")
    press(lead, "text=Let calls go on")
    expect(lead.locator(".wrong")).to_have_text("A reason is needed.")
    lead.fill("#lift-reason", "it was a test")
    press(lead, "text=Let calls go on")
    page.goto(f"{screen.base}/callbacks/{number}")
    expect(page.locator("#call")).to_be_visible()


def test_the_screen_goes_blank_and_the_call_goes_on(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = talking(screen, shift, number)
    page.fill("#note", "half a sen")
    page.click("[data-panic]")
    expect(page.locator("body")).to_be_hidden()
    assert shift.attempt(number).ended_at is None
    shift.ends(number, bridged=True)
    page.locator("#outcome-1").wait_for(timeout=SOON, state="attached")
    expect(page.locator("body")).to_be_hidden()
    assert page.title() == "–"
    page.mouse.dblclick(300, 300)
    expect(page.locator("#outcome-1")).to_be_visible()
    assert page.input_value("#note") == "half a sen"
    assert page.url.endswith(f"/callbacks/{number}")


def test_who_was_signed_out_over_the_outcome_comes_back_to_it(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = spoken(screen, shift, number)
    page.check('[value="spoke"]')
    page.context.clear_cookies(name="session")
    expect(page.locator('[data-when="out"]')).to_contain_text("signed out", timeout=SOON)
    press(page, "text=Keep this")
    expect(page.locator("main")).to_contain_text("nothing of it was kept")
    page.fill("#name", "operator")
    page.fill("#password", PASSWORD)
    page.fill("#code", screen.house.code("operator"))
    press_enter(page)
    assert page.url.endswith(f"/callbacks/{number}")
    page.check('[value="spoke"]')
    press(page, "text=Keep this")
    assert shift.row(number).state == State.CLOSED
