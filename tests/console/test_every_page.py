"""Every page that the table of access knows: axe, the keyboard alone, and without script."""

import pytest
from playwright.sync_api import Page, expect

from ivr.console.words import LANGUAGES
from tests.console.screen import Screen
from tests.console.shift import Shift
from tests.console.test_browser import stop_the_clock
from tests.console.test_for_everybody import LOOKS, look
from tests.console.tour import Tour, stops

Scene = tuple[Screen, Shift]
FOCUSABLE = (
    "a[href], button:enabled, input:enabled:not([type=hidden]), select, textarea, summary,"
    " [tabindex='0']"
)
MARK = """selector => {
    for (const one of document.querySelectorAll('details')) one.open = true;
    const groups = new Set();
    const mine = (one) => {
        if (!one.checkVisibility({ visibilityProperty: true })) return false;
        if (one.type !== 'radio') return true;
        const group = [...document.getElementsByName(one.name)];
        if (group.some((other) => other.checked)) return one.checked;
        return !groups.has(one.name) && Boolean(groups.add(one.name));
    };
    const found = [...document.querySelectorAll(selector)].filter(mine);
    found.forEach((one, place) => { one.dataset.place = place; });
    return found.length;
}"""
HERE = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    return [one.dataset.place || '', style.outlineStyle, one.outerHTML.slice(0, 90)];
}"""


def test_the_tour_leaves_no_page_out() -> None:
    rules = {one.rule for one in stops()}
    assert len(rules) > 15
    assert {"/queue", "/board", "/callbacks/<int:number>/again", "/sign-in", "/set-up"} <= rules


@pytest.mark.parametrize("size", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(scene: Scene, language: str, size: str) -> None:
    tour = Tour(*scene, language)
    width, height, scheme = LOOKS[size]
    window = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    for stop, page in tour.walk(stops(), **window):
        assert page.get_attribute("html", "lang") == language, stop
        look(page, width, stop.rule)


def test_axe_finds_nothing_for_the_last_who_may_look(scene: Scene) -> None:
    tour = Tour(*scene, "en")
    for stop, page in tour.walk(stops(last=True)):
        look(page, 1280, f"{stop.rule} {stop.role}")


def test_letters_may_be_twice_as_large(scene: Scene) -> None:
    tour = Tour(*scene, "de")
    for stop, page in tour.walk(stops(), viewport={"width": 1366, "height": 768}):
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366, stop


def tabbed(page: Page, most: int) -> list[str]:
    """What has the focus, Tab after Tab, until the end of the page; always to be seen."""
    found = []
    for _ in range(most + 2):
        page.keyboard.press("Tab")
        place, outline, told = page.evaluate(HERE)
        if not place or place in found:
            break
        assert outline == "solid", told
        found.append(place)
    return found


def test_everything_on_every_page_is_reached_by_keyboard_alone(scene: Scene) -> None:
    tour = Tour(*scene, "en")
    stopped: set[Page] = set()
    for stop, page in tour.walk(stops()):
        if page not in stopped:
            stop_the_clock(page)
            page.reload()
            stopped.add(page)
        many = page.evaluate(MARK, FOCUSABLE)
        assert many > 3, stop
        found = tabbed(page, many)
        assert sorted(map(int, found)) == list(range(many)), stop


def test_every_form_on_every_page_is_sent_without_script(scene: Scene) -> None:
    tour = Tour(*scene, "nl")
    for stop, page in tour.walk(stops(), java_script_enabled=False):
        for summary in page.locator("summary").all():
            summary.click()
        for form in page.locator("form").all():
            if form.get_attribute("action") == "/console/account/passkey":
                expect(form.locator("noscript p")).to_contain_text("script")
                continue
            sends = form.locator("button:not([type='button'])").first
            assert sends.is_visible(), (stop, form.get_attribute("action"))
        for part in page.locator("main [data-live]").all():
            assert part, stop
            expect(page.locator("main noscript a")).to_be_attached()
