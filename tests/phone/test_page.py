"""The page in a real browser: rung, heard, read, with the picture of where the call is."""

import pytest
from playwright.sync_api import expect

from tests.phone.pages import Open, ring, skip, words
from tests.worlds import line_number


@pytest.mark.parametrize(("lang", "key"), [("nl", "1"), ("fr", "2"), ("de", "3"), ("en", "4")])
def test_the_words_are_in_the_callers_language_and_the_page_in_the_readers(
    show: Open, lang: str, key: str
) -> None:
    page_language = {"nl": "fr", "fr": "nl", "de": "en", "en": "de"}[lang]
    with show(page_language) as page:
        assert page.get_attribute("html", "lang") == page_language
        page.click("#call")
        expect(page.locator(".turn.line")).to_have_count(1)
        page.keyboard.press(key)
        spoken = page.locator(f'#transcript [lang="{lang}"]', has_text=words(lang, "main.now"))
        expect(spoken.first).to_be_visible()


def test_the_sound_is_really_played_and_the_browser_says_when_it_is_over(show: Open) -> None:
    with show() as page:
        clips: list[int] = []
        page.on(
            "response", lambda reply: clips.append(reply.status) if "/audio/" in reply.url else None
        )
        ring(page)
        page.keyboard.press("4")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "main")
        page.keyboard.press("2")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "region")
        expect(page.locator("#phase")).to_have_text("Waits for a key", timeout=20_000)
        assert len(clips) >= 3
        assert set(clips) <= {200, 206}
        expect(page.locator("#carrier")).to_have_attribute("data-state", "here")


def test_the_picture_shows_where_the_call_is_and_how_it_came_there(show: Open) -> None:
    with show() as page:
        ring(page)
        for key, node in (("4", "main"), ("4", "info"), ("2", "papers"), ("1", "papers.first")):
            page.keyboard.press(key)
            expect(page.locator("#picture .here")).to_have_attribute("data-node", node)
        passed = page.locator("#picture g.passed")
        names = passed.evaluate_all("all => all.map(one => one.dataset.node)")
        assert names == ["languages", "main", "info", "papers"]
        expect(page.locator("#place")).to_have_text(words("en", "papers.first"))
        page.keyboard.press("#")
        expect(page.locator("#place")).to_contain_text("Covered")


def test_a_person_is_reached_and_either_end_hangs_up(show: Open) -> None:
    with show() as page:
        ring(page)
        page.keyboard.press("0")
        skip(page, "Talking")
        expect(page.locator(".turn.centre")).to_be_visible()
        together = "The caller and somebody hear each other."
        expect(page.locator("#transcript")).to_contain_text(together)
        page.click("#other-hang-up")
        expect(page.locator("#transcript")).to_contain_text("The other end is gone.")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "ended")
        page.click("#hang-up")
        expect(page.locator("#phase")).to_have_text("The call is over")
        expect(page.locator("#call")).to_be_enabled()


def test_busy_and_closed_ends_at_numbers_and_never_in_silence(show: Open) -> None:
    with show() as page:
        page.select_option("#answers", "busy")
        page.locator('[name="answers.rest"]').select_option("no-answer")
        page.fill("#at", "2026-11-22T03:00")
        expect(page.locator("#moment")).to_contain_text("(pretended)")
        ring(page)
        page.keyboard.press("4")
        page.keyboard.press("0")
        for _ in range(30):
            if page.locator('#picture .here[data-node="nobody"]').count():
                break
            page.click("#skip-wait")
            page.wait_for_timeout(150)
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "nobody")
        expect(page.locator("#transcript")).to_contain_text("Busy.")
        expect(page.locator("#moment")).to_contain_text("Sunday")
        page.fill("#at", "")
        expect(page.locator("#moment")).not_to_contain_text("(pretended)")


def test_somebody_answers_by_hand(show: Open) -> None:
    with show() as page:
        page.select_option("#answers", "hand")
        ring(page)
        page.keyboard.press("0")
        skip(page, "is rung")
        page.click("#other-pick-up")
        expect(page.locator("#other-press")).to_be_visible()
        page.click("#other-press")
        expect(page.locator("#phase")).to_have_text("Talking with somebody")
        expect(page.locator("#other-press")).to_be_hidden()


def test_the_transcript_stays_at_its_end_until_somebody_scrolls_up(show: Open) -> None:
    with show(viewport={"width": 1440, "height": 700}) as page:
        ring(page)
        log = page.locator("#log")
        left = "one => one.scrollHeight - one.scrollTop - one.clientHeight"
        page.keyboard.press("4")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "main")
        page.keyboard.press("0")
        skip(page, "is rung")
        expect(page.locator("#other")).to_be_visible()
        expect(page.locator("#other-state")).to_have_text("It rings here.")
        page.wait_for_timeout(100)
        assert log.evaluate(left) < 4
        log.evaluate("one => one.scrollTo(0, 0)")
        page.click("#skip-wait")
        expect(page.locator("#transcript")).to_contain_text("Picks up.")
        assert log.evaluate("one => one.scrollTop") == 0


def test_a_number_with_a_language_begins_in_it(show: Open) -> None:
    with show() as page:
        page.select_option("#to", line_number(bound=True))
        page.click("#call")
        expect(page.locator("#transcript")).to_contain_text(words("en", "main.now"))


def test_the_curious_see_the_last_document(show: Open) -> None:
    with show() as page:
        expect(page.locator("#document")).to_have_text("Nothing has been asked yet.")
        page.click("#call")
        expect(page.locator("#document")).to_contain_text("<Gather")


def test_a_key_ends_what_is_said_at_once(show: Open) -> None:
    with show() as page:
        ring(page)
        page.route("**/keys?*", lambda route: page.wait_for_timeout(4000) or route.continue_())
        page.keyboard.press("4")
        expect(page.locator("#phase")).to_have_text("Connecting …")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "main")
        expect(page.locator("#phase")).to_have_text("The line speaks")
