"""A callback by hand, in a real browser: booked on one telephone, it rings on both."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from ivr import clock
from ivr.callbacks.attempts import Started
from tests.phone.callbacks import CODE, book, call_back, pretend, tomorrow
from tests.phone.lines import Running, running
from tests.phone.pages import Open, ring, violations

TOGETHER = "The operator and the caller hear each other."


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("staffed"), staffed=True) as stage:
        yield stage


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(250)


def rung(page: Page, stage: Running, number: str, **wishes: bool) -> None:
    """Both telephones ring: the operator has picked up and pressed 1."""
    page.fill("#from", number)
    page.locator("#from").blur()
    expect(page.locator("#caller-number")).to_have_text(number)
    page.wait_for_timeout(2000)  # the page has said that this number is its own
    pretend(stage, tomorrow(10, 20))
    book(stage, number, **wishes)
    assert isinstance(call_back(stage), Started)
    page.click("#operator-pick-up")
    expect(page.locator(".turn.headset")).to_be_visible()
    press(page, "1")
    expect(page.locator("#phase")).to_have_text("It rings here")


def test_a_callback_is_booked_and_kept_by_hand_from_its_first_key_to_its_last(
    show: Open, stage: Running
) -> None:
    with show(url=stage.url, viewport={"width": 1280, "height": 800}) as page:
        pretend(stage, None)
        page.fill("#at", f"{tomorrow(9):%Y-%m-%dT%H:%M}")
        expect(page.locator("#moment")).to_contain_text("(pretended)")
        ring(page)
        for key, place in (
            ("4", "main"), ("3", "callback"), ("1", "booking.phone"), ("1", "booking.time"),
            ("2", "booking.code"),
        ):  # fmt: skip
            page.keyboard.press(key)
            expect(page.locator("#picture .here")).to_have_attribute("data-node", place)
        press(page, CODE)
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "booking.again")
        press(page, CODE)
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "booking.confirm")
        page.keyboard.press("1")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "booking.done")
        page.click("#hang-up")

        page.fill("#at", f"{tomorrow(10, 20):%Y-%m-%dT%H:%M}")
        expect(page.locator("#moment")).to_contain_text("10:20")
        assert isinstance(call_back(stage), Started)
        expect(page.locator("#operator-phase")).to_have_text("It rings here")
        assert page.title().startswith("It rings")
        expect(page.locator("#phase")).to_have_text("The call is over")
        assert violations(page) == []
        page.click("#operator-pick-up")
        expect(page.locator("#transcript")).to_contain_text("A call for you, in English")
        page.keyboard.press("1")
        expect(page.locator("#phase")).to_have_text("It rings here")
        expect(page.locator("#operator-hears")).to_have_text("Hears it ring.")
        assert violations(page) == []
        page.click("#pick-up")
        expect(page.locator(".turn.gate")).to_be_visible()
        press(page, CODE)
        expect(page.locator("#transcript")).to_contain_text(TOGETHER)
        for phase in ("#phase", "#operator-phase"):
            expect(page.locator(phase)).to_have_text("Talking with somebody")
        page.click("#hang-up")
        expect(page.locator("#phase")).to_have_text("The call is over")
        expect(page.locator("#transcript")).to_contain_text("The call has ended.")
        expect(page.locator("#operator-live")).to_be_hidden(timeout=20_000)


def test_a_wrong_code_then_the_right_one(show: Open, stage: Running) -> None:
    with show(url=stage.url) as page:
        rung(page, stage, "+491713920020")
        page.click("#pick-up")
        expect(page.locator(".turn.gate")).to_be_visible()
        press(page, "1111")
        expect(page.locator("#transcript")).to_contain_text("Key 1 1 1 1")
        expect(page.locator("#transcript")).not_to_contain_text(TOGETHER)
        press(page, CODE)
        expect(page.locator("#transcript")).to_contain_text(TOGETHER)


def test_who_says_nothing_hears_a_wrong_number(show: Open, stage: Running) -> None:
    with show(url=stage.url) as page:
        rung(page, stage, "+491713920021")
        page.click("#pick-up")
        for _ in range(12):
            if page.locator("#phase").inner_text() == "The call is over":
                break
            page.click("#skip-wait", timeout=5000)
            page.wait_for_timeout(300)
        expect(page.locator("#phase")).to_have_text("The call is over")
        expect(page.locator("#transcript")).not_to_contain_text(TOGETHER)
        expect(page.locator(".turn.gate").last).not_to_contain_text("English")


@pytest.mark.parametrize(
    ("number", "manner", "told"),
    [
        ("+491713920022", "busy", "Busy."),
        ("+491713920023", "no-answer", "Nobody picks up."),
        ("+491713920024", "machine", "A machine picks up"),
    ],
)
def test_nobody_need_pick_up(
    show: Open, stage: Running, number: str, manner: str, told: str
) -> None:
    with show(url=stage.url) as page:
        rung(page, stage, number)
        page.click(f'[data-manner="{manner}"]')
        expect(page.locator("#transcript")).to_contain_text(told)
        expect(page.locator("#pick-up")).to_be_hidden()


def test_she_hangs_up_at_the_gate(show: Open, stage: Running) -> None:
    with show(url=stage.url) as page:
        rung(page, stage, "+491713920025")
        page.click("#pick-up")
        expect(page.locator(".turn.gate")).to_be_visible()
        page.click("#hang-up")
        expect(page.locator("#phase")).to_have_text("The call is over")
        expect(page.locator("#operator-phase")).to_have_text("The line speaks")


def test_the_operator_is_busy(show: Open, stage: Running) -> None:
    with show(url=stage.url) as page:
        page.wait_for_timeout(1000)
        pretend(stage, tomorrow(10, 20))
        book(stage, "+491713920026")
        assert isinstance(call_back(stage), Started)
        page.click("#operator-hang-up")
        expect(page.locator("#operator-live")).to_be_hidden()
        expect(page.locator("#phase")).to_have_text("On the hook")


def test_a_telephone_on_a_call_is_busy_for_everybody_else(show: Open, stage: Running) -> None:
    number = "+491713920027"
    with show(url=stage.url) as page:
        page.fill("#from", number)
        ring(page)
        page.wait_for_timeout(2000)
        pretend(stage, tomorrow(10, 20))
        book(stage, number)
        assert isinstance(call_back(stage), Started)
        page.click("#operator-pick-up")
        expect(page.locator("#operator-phase")).to_have_text("The line speaks")
        page.locator('#operator-keypad [data-key="1"]').click()
        expect(page.locator("#transcript")).to_contain_text("Busy.")
        expect(page.locator("#phase")).not_to_have_text("It rings here")


def test_on_a_narrow_screen_what_rings_is_on_top(show: Open, stage: Running) -> None:
    with show(url=stage.url, viewport={"width": 390, "height": 844}) as page:
        page.click("#settings-box summary")
        rung(page, stage, "+491713920028")
        page.evaluate("scrollTo(0, 0)")
        for part in ("#operator-phase", "#phase", "#pick-up"):
            box = page.locator(part).bounding_box()
            assert box
            assert box["y"] + box["height"] <= 844, part
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_when_the_page_is_closed_both_are_met_as_the_carrier_was_told(
    show: Open, stage: Running
) -> None:
    number = "+491713920029"
    with show(url=stage.url) as page:
        page.fill("#from", number)
        page.locator("#from").blur()
        page.wait_for_timeout(2000)
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")
        owners = stage.carrier.switch.exchange.board.owners
        for _ in range(50):
            held = [one for one in owners.values() if not one.until or one.until > clock.now()]
            if not held:
                break
            page.wait_for_timeout(100)
        assert held == []
