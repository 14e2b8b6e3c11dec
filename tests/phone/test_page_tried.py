"""What people stumbled over who tried the page for the first time."""

import re

import pytest
from playwright.sync_api import Page, expect

from ivr.phone.words import LANGUAGES
from routing.directory import Purpose
from tests.phone.lines import Running
from tests.phone.pages import Open, ring, skip
from tests.worlds import shipped_directory


@pytest.mark.parametrize("size", [(1280, 720), (1280, 800), (1440, 900), (1920, 1080)])
def test_on_an_ordinary_screen_everything_is_in_sight_at_once(
    show: Open, size: tuple[int, int]
) -> None:
    with show(viewport={"width": size[0], "height": size[1]}) as page:
        for part in ("#carrier", "#skip-wait", "#to", "#at", "#toneless", "#operator-hint"):
            assert lowest(page, part) <= size[1], part
        assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
        page.select_option("#answers", "hand")
        ring(page)
        page.keyboard.press("0")
        skip(page, "is rung")
        assert lowest(page, "#other-pick-up") <= size[1]
        assert lowest(page, "#skip-wait") <= size[1]


def lowest(page: Page, part: str) -> float:
    box = page.locator(part).bounding_box()
    assert box, part
    return box["y"] + box["height"]


@pytest.mark.parametrize("time", ["0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:59"])
def test_a_time_that_cannot_be_pretended_is_said_where_it_stands(show: Open, time: str) -> None:
    with show() as page:
        page.fill("#at", time)
        expect(page.locator("#at-problem")).to_have_text("Choose a time in the years 2020 to 2098.")
        page.click("#call")
        expect(page.locator("#at")).to_be_focused()
        expect(page.locator("#phase")).to_have_text("On the hook")
        page.fill("#at", "")
        expect(page.locator("#at-problem")).to_be_hidden()
        ring(page)


def test_a_time_that_is_still_pretended_is_seen_and_taken_back(show: Open) -> None:
    with show() as page:
        page.fill("#at", "2026-12-25T03:00")
        expect(page.locator("#moment")).to_contain_text("25 December")
    with show() as page:
        expect(page.locator("#at")).to_have_value(re.compile("2026-12-25T03:0[01]"))
        page.fill("#at", "")
        expect(page.locator("#moment")).not_to_contain_text("(pretended)")


def test_while_it_rings_at_the_other_end_a_narrow_screen_shows_it(show: Open) -> None:
    with show(viewport={"width": 390, "height": 844}) as page:
        page.click("#settings-box summary")
        page.select_option("#answers", "hand")
        page.evaluate("scrollTo(0, 0)")
        ring(page)
        page.keyboard.press("0")
        skip(page, "is rung")
        page.evaluate("scrollTo(0, 0)")
        assert lowest(page, "#other-pick-up") <= 844
        page.click("#other-pick-up")
        expect(page.locator("#other-press")).to_be_visible()
        page.click("#other-hang-up")
        expect(page.locator("#other")).to_be_hidden()


def test_what_is_heard_is_read_on_the_telephone_too(show: Open) -> None:
    with show(viewport={"width": 390, "height": 844}) as page:
        ring(page)
        expect(page.locator("#hears")).to_contain_text("Nederlands")
        assert lowest(page, "#hears") <= 844


def test_the_number_that_our_own_calls_show_is_a_place(show: Open) -> None:
    outbound = next(a.number for a in shipped_directory().access if a.purpose is Purpose.OUTBOUND)
    with show() as page:
        page.select_option("#to", outbound)
        ring(page)
        expect(page.locator("#place")).to_have_text("The number that our own calls show")


def test_after_the_call_nobody_is_rung_any_more_and_its_end_comes_last(show: Open) -> None:
    with show() as page:
        ring(page)
        page.keyboard.press("0")
        skip(page, "is rung")
        page.click("#hang-up")
        expect(page.locator("#place")).to_have_text("The call is over.")
        expect(page.locator("#picture .here")).to_have_count(0)
        told = page.locator("#transcript .turn .words").all_inner_texts()
        assert told[-2:] == ["It rings no more.", "The call is over."]


def test_that_a_call_was_broken_off_is_said_until_the_next_one(
    show: Open, demonstration: Running
) -> None:
    with show() as page:
        ring(page)
        board = demonstration.carrier.switch.exchange.board
        board.families.clear()
        board.legs.clear()
        page.keyboard.press("1")
        expect(page.locator("#carrier")).to_have_attribute("data-state", "broken")
        page.wait_for_timeout(5000)
        expect(page.locator("#carrier")).to_have_attribute("data-state", "broken")
        expect(page.locator(".turn.error")).to_contain_text("no longer knows this call")
        ring(page)
        expect(page.locator("#carrier")).to_have_attribute("data-state", "here")


def test_every_option_and_every_number_has_a_line_of_its_own(show: Open) -> None:
    with show(viewport={"width": 1600, "height": 900}) as page:
        ring(page)
        for key, node in (("4", "main"), ("4", "info"), ("3", "help"), ("1", "help.around")):
            page.keyboard.press(key)
            expect(page.locator("#picture .here")).to_have_attribute("data-node", node)
        skip(page, "Waits")
        rows = page.locator(".turn.line .words").last.inner_text().splitlines()
        assert any(row.strip() == "Next press one." for row in rows), rows
        assert not any("Next" in row and row.strip() != "Next press one." for row in rows), rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_narrowest_screen_no_word_is_torn_and_nothing_sticks_out(
    show: Open, language: str
) -> None:
    with show(language, viewport={"width": 320, "height": 700}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        torn = page.evaluate(TORN)
        assert torn == []


TORN = """() => [...document.querySelectorAll("button")].filter((button) => {
  const walk = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    for (const word of node.data.matchAll(/\\S+/g)) {
      const range = new Range();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) return true;
      if (button.scrollWidth > button.clientWidth) return true;
    }
  }
  return false;
}).map((button) => button.textContent)"""
