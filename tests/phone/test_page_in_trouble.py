"""The page when something is lost: left, cut off, without its carrier, without sound."""

from pathlib import Path

from playwright.sync_api import expect

from tests.phone.lines import Running, running
from tests.phone.pages import Open, ring


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
