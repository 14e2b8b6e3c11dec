"""The page in a real browser: rung, heard, read, by keyboard alone, in every size and language."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.phone.lines import CHROMIUM, Running, running
from tests.worlds import line_number, shipped_edition

AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
SIZES = {"wide": (1440, 900), "middle": (900, 1000), "narrow": (360, 780)}
Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, demonstration: Running) -> Open:
    """The page, which must say nothing wrong while it is looked at."""

    @contextmanager
    def opened(lang: str = "en", url: str = demonstration.url, **context: Any) -> Iterator[Page]:
        window = browser.new_context(**context)
        page = window.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        page.goto(f"{url}/phone?lang={lang}")
        yield page
        window.close()
        assert not [one for one in problems if "Failed to load resource" not in one], problems

    return opened


def words(language: str, prompt: str) -> str:
    return shipped_edition().catalogue.texts[language][prompt].words


def ring(page: Page) -> None:
    """Ring, until the line speaks: keys before that reach nobody."""
    page.click("#call")
    expect(page.locator(".turn.line")).to_have_count(1)


def skip(page: Page, until: str, most: int = 12) -> None:
    """Skip ahead until the telephone's display says so."""
    for _ in range(most):
        if re.search(until, page.inner_text("#phase")):
            return
        page.click("#skip-wait")
        page.wait_for_timeout(150)
    expect(page.locator("#phase")).to_have_text(re.compile(until))


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]


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
        expect(page.locator("#transcript")).to_contain_text("You and somebody hear each other.")
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


def test_somebody_answers_by_hand(show: Open) -> None:
    with show() as page:
        page.select_option("#answers", "hand")
        ring(page)
        page.keyboard.press("0")
        skip(page, "being rung")
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
        skip(page, "being rung")
        expect(page.locator("#other")).to_be_visible()
        expect(page.locator("#other-state")).to_have_text("It rings here.")
        page.wait_for_timeout(100)
        assert log.evaluate(left) < 4
        log.evaluate("one => one.scrollTo(0, 0)")
        page.click("#skip-wait")
        expect(page.locator("#transcript")).to_contain_text("Picks up.")
        assert log.evaluate("one => one.scrollTop") == 0


def test_everything_can_be_done_by_keyboard(show: Open) -> None:
    with show() as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator('[data-key="1"]')).to_be_focused()
        outline = page.locator('[data-key="1"]').evaluate(
            "one => getComputedStyle(one).outlineStyle"
        )
        assert outline == "solid"
        page.locator("#call").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#phase")).to_have_text("The line speaks")
        page.locator('[data-key="4"]').focus()
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
        expect(page.locator("#from-hint")).to_be_visible()
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


def test_leaving_the_page_hangs_up(show: Open, demonstration: Running) -> None:
    with show() as page:
        ring(page)
        records = demonstration.carrier.switch.ledger
        call = next(iter(records.find({"direction": "inbound"})))["sid"]
        assert records.records[call]["status"] == "in-progress"
        page.goto("about:blank")
        for _ in range(50):
            if records.records[call]["status"] == "completed":
                break
            page.wait_for_timeout(100)
        assert records.records[call]["status"] == "completed"


def test_a_lost_connection_is_told_and_comes_back(show: Open) -> None:
    with show() as page:
        expect(page.locator("#carrier")).to_have_attribute("data-state", "here")
        page.context.set_offline(True)
        expect(page.locator("#carrier")).to_have_attribute("data-state", "lost", timeout=9000)
        page.context.set_offline(False)
        expect(page.locator("#carrier")).to_have_attribute("data-state", "here", timeout=9000)


def test_what_was_said_into_a_lost_connection_is_said_again(show: Open) -> None:
    with show() as page:
        ring(page)
        page.context.set_offline(True)
        page.click("#skip-wait")
        expect(page.locator("#carrier")).to_have_attribute("data-state", "lost")
        page.context.set_offline(False)
        expect(page.locator(".turn.line .words")).to_contain_text("Français", timeout=9000)


def test_a_key_ends_what_is_said_at_once(show: Open) -> None:
    with show() as page:
        ring(page)
        page.route("**/keys?*", lambda route: page.wait_for_timeout(1500) or route.continue_())
        page.keyboard.press("4")
        expect(page.locator("#phase")).to_have_text("Connecting …")
        expect(page.locator("#picture .here")).to_have_attribute("data-node", "main")
        expect(page.locator("#phase")).to_have_text("The line speaks")


def test_a_carrier_that_goes_away_is_told_with_what_to_do(show: Open, tmp_path: Path) -> None:
    with running(tmp_path) as stage, show(url=stage.url) as page:
        page.click("#call")
        expect(page.locator("#phase")).to_have_text("The line speaks")
        board = stage.carrier.switch.exchange.board
        board.families.clear()
        board.legs.clear()
        page.keyboard.press("1")
        expect(page.locator("#carrier")).to_have_attribute("data-state", "broken")
        expect(page.locator("#phase")).to_have_text("The call is over")


def test_a_sound_that_cannot_be_played_is_told_and_the_call_goes_on(show: Open) -> None:
    with show() as page:
        page.route("**/audio/**", lambda route: route.abort())
        ring(page)
        expect(page.locator("#carrier")).to_have_attribute("data-state", "blocked")
        expect(page.locator(".turn.line .words")).to_contain_text("Deutsch", timeout=20_000)


def test_without_script_the_page_names_the_other_way(show: Open) -> None:
    with show("nl", java_script_enabled=False) as page:
        expect(page.locator("noscript p")).to_contain_text("ivr phone")
        assert page.locator("#picture svg").count() == 1


def test_who_wants_less_motion_gets_none(show: Open) -> None:
    with show(reduced_motion="reduce") as page:
        page.click("#call")
        expect(page.locator("#phase")).to_have_text("The line speaks")
        assert page.locator("#progress").evaluate("one => one.style.transform") == "scaleX(0)"
