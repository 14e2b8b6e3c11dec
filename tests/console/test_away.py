"""With the database away, pages say so and what goes on; and nobody gets in meanwhile."""

import shutil
from pathlib import Path

import pytest

from ivr.console import demo
from tests import kinds
from tests.console.staffed import PASSWORD, House, built


def test_who_is_in_is_told_that_calls_go_on(house: House, tmp_path: Path) -> None:
    browser = house.signed_in("operator")
    (tmp_path / "line.sqlite").write_bytes(b"this is no database" * 100)
    browser.get("/account", 503)
    assert "The line itself goes on" in browser.page.text
    assert browser.page.language == "en"


def test_nobody_gets_in_meanwhile(house: House, tmp_path: Path) -> None:
    browser = house.browser()
    browser.get("/sign-in")
    (tmp_path / "line.sqlite").write_bytes(b"this is no database" * 100)
    browser.get("/sign-in")
    browser.post("/sign-in", 503, name="operator", password=PASSWORD, code="000000")
    assert "The line itself goes on" in browser.page.text
    assert browser.cookie("session") is None


def test_a_demonstration_has_people_whose_codes_stand_on_the_page(demo_house: House) -> None:
    browser = demo_house.browser()
    browser.get("/sign-in?lang=en")
    assert "This is a demonstration" in browser.page.text
    form = next(one for one in browser.page.forms if one.fields.get("name") == "hanne")
    fields = {name: form.fields[name] for name in ("name", "password", "code")}
    browser.post("/sign-in", **fields)
    assert browser.get("/account").status_code == 200
    assert "Hanne" in browser.page.text


def test_made_again_they_are_the_same(demo_house: House) -> None:
    before = demo_house.rows()
    demo.make_examples(demo_house.settings, demo_house.clock[0])
    assert demo_house.rows() == before


def test_with_the_file_lost_they_are_made_anew(demo_house: House) -> None:
    path = demo_house.settings.var / demo.FILE
    path.write_text("nonsense")
    browser = demo_house.browser()
    browser.get("/sign-in?lang=en")
    assert "This is a demonstration" not in browser.page.text
    demo.make_examples(demo_house.settings, demo_house.clock[0])
    browser.get("/sign-in?lang=en")
    assert "This is a demonstration" in browser.page.text


def test_their_file_is_for_this_account_alone(demo_house: House) -> None:
    assert (demo_house.settings.var / demo.FILE).stat().st_mode & 0o077 == 0


def test_where_real_callers_ring_nobody_is_made_up(empty: House) -> None:
    demo.make_examples(empty.settings, empty.clock[0])
    assert not (empty.settings.var / demo.FILE).exists()
    assert empty.rows()["staff"] == []
    shutil.copy(__file__, empty.settings.var / demo.FILE)
    browser = empty.browser()
    browser.get("/sign-in?lang=en")
    assert "demonstration" not in browser.page.text


@pytest.fixture
def demo_house(tmp_path: Path) -> House:
    kinds.migrated(tmp_path)
    house = built(tmp_path, demo=True)
    demo.make_examples(house.settings, house.clock[0])
    return house
