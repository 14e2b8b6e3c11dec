"""The page for everybody: axe, every size, keyboard alone, less motion, no script, plain words."""

import pytest
from playwright.sync_api import Browser, expect

from tests.phone.pages import Open, ring, violations

SIZES = {"wide": (1440, 900), "middle": (900, 1000), "narrow": (360, 780)}


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<p style="color:#bbb;background:#fff">faint</p><img src="a.png"><button></button>'
    )
    found = {one.partition(":")[0] for one in violations(page)}
    assert found >= {"color-contrast", "image-alt", "button-name", "html-has-lang"}
    page.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_during_and_after_a_call(
    show: Open, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    with show(viewport={"width": width, "height": height}, color_scheme=scheme) as page:
        assert violations(page) == []
        page.select_option("#answers", "hand", force=True) if size != "narrow" else None
        ring(page)
        expect(page.locator("#phase")).to_have_text("The line speaks")
        page.keyboard.press("4")
        page.keyboard.press("0")
        page.click(".technical summary")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.click("#hang-up")
        expect(page.locator("#phase")).to_have_text("The call is over")
        assert violations(page) == []


def test_everything_can_be_done_by_keyboard(show: Open) -> None:
    with show() as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator('#keypad [data-key="1"]')).to_be_focused()
        outline = page.locator('#keypad [data-key="1"]').evaluate(
            "one => getComputedStyle(one).outlineStyle"
        )
        assert outline == "solid"
        page.locator("#call").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#phase")).to_have_text("The line speaks")
        page.locator('#keypad [data-key="4"]').focus()
        page.keyboard.press("Space")
        expect(page.locator("#transcript")).to_contain_text("Key 4")
        page.locator("#hang-up").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#phase")).to_have_text("The call is over")


def test_digits_typed_into_a_setting_press_no_key(show: Open) -> None:
    with show() as page:
        page.click("#call")
        expect(page.locator(".turn.line")).to_have_count(1)
        page.fill("#from", "")
        page.locator("#from").press_sequentially("+3212345678")
        page.keyboard.press("Escape")
        expect(page.locator(".turn.caller")).to_have_count(0)


def test_a_number_that_is_none_is_said_where_it_stands(show: Open) -> None:
    with show() as page:
        page.fill("#from", "0470")
        page.click("#call")
        expect(page.locator("#from-problem")).to_be_visible()
        expect(page.locator("#from")).to_be_focused()
        expect(page.locator("#phase")).to_have_text("On the hook")
        page.select_option("#shown", "withheld")
        expect(page.locator("#from-field")).to_be_hidden()
        page.click("#call")
        expect(page.locator("#phase")).to_have_text("The line speaks")


def test_an_old_telephone_says_that_its_keys_do_nothing(show: Open) -> None:
    with show() as page:
        page.check("#toneless")
        ring(page)
        page.keyboard.press("4")
        expect(page.locator("#transcript")).to_contain_text("this telephone sends no tones")


def test_without_script_the_page_names_the_other_way(show: Open) -> None:
    with show("nl", java_script_enabled=False) as page:
        page.wait_for_load_state("networkidle")
        expect(page.locator("noscript p")).to_contain_text("ivr phone")
        assert page.locator("#picture svg").count() == 1


def test_who_wants_less_motion_gets_none(show: Open) -> None:
    with show(reduced_motion="reduce") as page:
        page.click("#call")
        expect(page.locator("#phase")).to_have_text("The line speaks")
        assert page.locator("#progress").evaluate("one => one.style.transform") == "scaleX(0)"
