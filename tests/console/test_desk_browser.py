"""Queue and card in a real browser: live, by keyboard alone, without script, honest when lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from ivr.console.words import LANGUAGES
from ivr.store import staff
from routing.callback import State
from tests.console.furnished import furnish
from tests.console.screen import Screen
from tests.console.shift import Shift
from tests.console.test_browser import tab_to
from tests.console.test_for_everybody import LOOKS, look

Scene = tuple[Screen, Shift]


def open_page(screen: Screen, name: str, path: str, **context: object) -> Page:
    page = screen.signed_in(name, **context)
    page.goto(screen.base + path)
    return page


def test_the_queue_is_live_and_keeps_the_focus(scene: Scene) -> None:
    screen, shift = scene
    first = shift.book()
    page = open_page(screen, "operator", "/queue?language=all")
    page.locator(f"#callback-{first}").focus()
    second = shift.book(number="+3220000002", language="fr")
    expect(page.locator(f"#callback-{second}")).to_be_visible(timeout=15_000)
    expect(page.locator(f"#callback-{first}")).to_be_focused()
    assert page.title().startswith("Callbacks")
    page.check("#mark")
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    shift.book(number="+3220000003")
    expect(page).to_have_title(re.compile("^• Callbacks"), timeout=15_000)


def test_a_lost_connection_is_said_and_so_is_its_end(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = open_page(screen, "operator", "/queue?language=all")
    lost = page.locator('[data-when="lost"]')
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_be_visible(timeout=15_000)
    expect(page.locator(f"#callback-{number}")).to_be_visible()
    page.context.set_offline(False)
    expect(lost).to_be_hidden(timeout=15_000)
    page.context.clear_cookies()
    expect(page.locator('[data-when="out"]')).to_be_visible(timeout=15_000)


def test_the_card_follows_the_call_and_says_it_aloud(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = open_page(screen, "operator", f"/callbacks/{number}")
    page.click("#claim")
    page.click("#call")
    said = page.locator("#said")
    for happens, words in (
        (shift.ready, "Her telephone rings"),
        (shift.picks_up, "Somebody picked up"),
        (shift.keys, "The code was right"),
    ):
        happens(number)
        expect(page.locator("#going")).to_have_text(words, timeout=15_000)
        expect(said).to_have_text(words)
    page.fill("#note", "not yet kept")
    shift.ends(number, bridged=True)
    page.locator("#outcome-1").wait_for(timeout=15_000)
    assert page.input_value("#note") == "not yet kept"
    page.check("#outcome-2")
    page.wait_for_timeout(2500)
    expect(page.locator("#outcome-2")).to_be_checked()


def test_from_queue_to_outcome_by_keyboard_alone(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = open_page(screen, "operator", "/queue?language=all")
    tab_to(page, f"#callback-{number}")
    page.keyboard.press("Enter")
    tab_to(page, "#claim")
    page.keyboard.press("Enter")
    tab_to(page, "#call")
    page.keyboard.press("Enter")
    expect(page.locator("#going")).to_have_text("Your telephone rings")
    shift.talk(number)
    shift.ends(number, bridged=True)
    page.locator("#outcome-1").wait_for(timeout=15_000)
    tab_to(page, "#outcome-1")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".note.live")).to_contain_text("Kept. It is closed")
    assert shift.row(number).state == State.CLOSED


def test_from_queue_to_outcome_without_script(scene: Scene) -> None:
    screen, shift = scene
    number = shift.book()
    page = open_page(screen, "operator", "/queue?language=all", java_script_enabled=False)
    expect(page.locator("noscript").first).to_be_attached()
    page.click(f"#callback-{number}")
    page.click("#claim")
    page.click("#call")
    shift.talk(number)
    shift.ends(number, bridged=True)
    page.reload()
    page.check("#outcome-1")
    page.click("text=Keep this")
    expect(page.locator(".note.live")).to_contain_text("Kept. It is closed")
    page.click(".stopper summary")
    page.click("text=Stop all calls now")
    expect(page.locator("main")).to_contain_text("stopped all calls that we make")


@pytest.mark.parametrize("size", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_at_the_desks(scene: Scene, language: str, size: str) -> None:
    screen, shift = scene
    made = furnish(shift, language)
    width, height, scheme = LOOKS[size]
    window = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    page = open_page(screen, "operator", "/queue?language=all", **window)
    look(page, width, "queue")
    for number in made:
        page.goto(f"{screen.base}/callbacks/{number}")
        look(page, width, f"card {number}")
    number = made[0]
    page.goto(f"{screen.base}/callbacks/{number}")
    for button in ("#claim", "#call"):
        with page.expect_navigation():
            page.click(button)
        look(page, width, button)
    shift.talk(number)
    for path in ("", "/again"):
        page.goto(f"{screen.base}/callbacks/{number}{path}")
        look(page, width, f"talk{path}")
    page.goto(f"{screen.base}/callbacks/{number}")
    with page.expect_navigation():
        page.click(".head .button.danger")
    look(page, width, "danger")
    shift.ends(number, bridged=True)
    for path in (f"/callbacks/{number}", "/hand-over", "/hold"):
        page.goto(screen.base + path)
        look(page, width, path)
    lead = open_page(screen, "supervisor", "/board", **window)
    for path in ("/board", "/roster", f"/callbacks/{made[1]}"):
        lead.goto(screen.base + path)
        look(lead, width, path)


def test_the_queue_shows_the_language_in_which_she_booked(scene: Scene) -> None:
    screen, shift = scene
    spoken_in = {"nl": "Néerlandais", "fr": "Français", "de": "Allemand", "en": "Anglais"}
    made = {code: shift.book(number=f"+322000000{place}", language=code, need="papers.first")
            for place, code in enumerate(spoken_in)}  # fmt: skip
    with shift.house.store.writing() as connection:
        staff.set_language(connection, shift.house.person("operator").id, "fr")
    page = open_page(screen, "operator", "/queue?language=all")
    for code, name in spoken_in.items():
        row = page.locator(f"#callback-{made[code]}")
        expect(row).to_have_text(f"{name} : Que faire en premier")
        page.click(f"#callback-{made[code]}")
        expect(page.locator("h1")).to_have_text(f"{name} : Que faire en premier")
        expect(page.locator(".lines q").first).to_have_attribute("lang", code)
        page.go_back()
