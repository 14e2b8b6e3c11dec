"""The whole of it by hand, in each language: booked on one telephone, kept from the console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.phone.callbacks import CODE, pretend, tomorrow
from tests.phone.lines import Running, running

KEYS = {"nl": "1", "fr": "2", "de": "3", "en": "4"}
BOOKED_IN = {"nl": "Dutch", "fr": "French", "de": "German", "en": "English"}
SOON = 20_000  # ms


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("whole"), staffed=True) as stage:
        yield stage


def book(phone: Page, language: str, number: str) -> None:
    """She books the window that begins at ten, by keys alone."""
    phone.fill("#at", f"{tomorrow(9):%Y-%m-%dT%H:%M}")
    phone.fill("#from", number)
    phone.locator("#from").blur()
    expect(phone.locator("#caller-number")).to_have_text(number)
    expect(phone.locator("#moment")).to_contain_text("09:00")
    phone.wait_for_timeout(2000)  # the page has said that this number is its own
    phone.click("#call")
    expect(phone.locator(".turn.line")).to_have_count(1)
    for key, place in (
        (KEYS[language], "main"), ("3", "callback"), ("1", "booking.phone"),
        ("1", "booking.time"), ("2", "booking.code"), (CODE, "booking.again"),
        (CODE, "booking.confirm"), ("1", "booking.done"),
    ):  # fmt: skip
        press(phone, key)
        expect(phone.locator("#picture .here")).to_have_attribute("data-node", place, timeout=SOON)
    phone.click("#hang-up")
    expect(phone.locator("#phase")).to_have_text("The call is over")


def press(phone: Page, keys: str) -> None:
    for key in keys:
        phone.keyboard.press(key)
        phone.wait_for_timeout(250)


def come_in(console: Page, stage: Running) -> None:
    """Sign in as an example of an operator, whose code stands on the page; in English."""
    console.goto(f"{stage.url}/console/sign-in?lang=en")
    with console.expect_navigation():
        console.click('form.example:has([value="noor"]) button')
    with console.expect_navigation():
        console.click('.languages [value="en"]')


def follow(console: Page, words: str) -> None:
    expect(console.locator("#going")).to_have_text(words, timeout=SOON)


def keep(console: Page, phone: Page, stage: Running, language: str) -> str:
    """From the queue to the outcome; the address of the card."""
    console.goto(f"{stage.url}/console/queue?language={language}")
    newest = console.locator("[aria-labelledby=now] a[id^=callback-]").last
    expect(newest).to_contain_text(BOOKED_IN[language])
    with console.expect_navigation():
        newest.click()
    card = console.url
    for button in ("#claim", "#call"):
        with console.expect_navigation():
            console.click(button)
    follow(console, "Your telephone rings")
    phone.click("#operator-pick-up")
    expect(phone.locator(".turn.headset")).to_be_visible()
    press(phone, "1")
    follow(console, "Her telephone rings")
    phone.click("#pick-up", timeout=SOON)
    follow(console, "Somebody picked up")
    press(phone, CODE)
    follow(console, "The code was right")
    phone.click("#hang-up")
    console.locator("#outcome-1").wait_for(timeout=SOON)
    console.check('[value="spoke"]')
    with console.expect_navigation():
        console.click("text=Keep this")
    return card


def test_in_each_language_from_the_first_key_until_her_number_is_gone(
    chromium: Browser, stage: Running
) -> None:
    pretend(stage, None)
    phone = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    phone.goto(f"{stage.url}/phone?lang=en")
    console = chromium.new_context(locale="en-GB").new_page()
    come_in(console, stage)
    for place, language in enumerate(KEYS):
        number = f"+4917139200{place + 50}"
        book(phone, language, number)
        phone.fill("#at", f"{tomorrow(10, 20):%Y-%m-%dT%H:%M}")
        expect(phone.locator("#moment")).to_contain_text("10:20")
        console.goto(keep(console, phone, stage, language))
        expect(console.locator("main")).to_contain_text("Her number and her code are erased.")
        assert "ending in" not in console.content()
        expect(phone.locator("#operator-live")).to_be_hidden(timeout=SOON)
    for page in (phone, console):
        page.context.close()
