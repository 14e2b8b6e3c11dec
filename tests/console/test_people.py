"""People: more for somebody needs two admins, less needs one, and a reason is kept of each."""

import re

import pytest
import sqlalchemy as sa

from ivr.store import audit, staff
from ivr.store.staff_tables import approvals
from tests.console.staffed import Browser, House, hire

ANN = {
    "name": "ann", "shown": "Ann", "role": "operator", "language": "fr", "speaks": "fr",
    "others": "ro, pl", "reason": "new colleague",
}  # fmt: skip


@pytest.fixture
def first(house: House) -> Browser:
    return house.signed_in("admin")


@pytest.fixture
def second(house: House, first: Browser) -> Browser:
    return house.signed_in("second")


def waiting(house: House) -> int:
    with house.store.reading() as connection:
        query = sa.select(approvals.c.id).where(approvals.c.answered_at.is_(None))
        return int(connection.scalar(query) or 0)


def test_two_admins_add_somebody(first: Browser, second: Browser) -> None:
    first.get("/people/add")
    first.post("/people/add", **ANN)
    first.get("/people")
    assert "Admin wants to add Ann as operator. Because: new colleague" in first.page.text
    asked = waiting(first.house)
    first.post(f"/people/asked/{asked}", 400, answer="agree")
    second.get("/people")
    second.post(f"/people/asked/{asked}", 200, answer="agree")
    invitation = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){4}", second.page.text)
    assert invitation
    browser = first.house.browser()
    browser.sign_in("ann", password=invitation[0], code="")
    assert browser.page.language == "fr"
    assert first.house.person("ann").speaks == ("fr", "ro", "pl")


def test_before_the_second_agrees_nobody_can_come_in(first: Browser) -> None:
    first.post("/people/add", **ANN)
    for guess in ("", "!", "ann"):
        first.house.browser().sign_in("ann", 403, password=guess, code="")
        first.house.wait(minutes=1)


def test_what_the_second_refuses_is_not_there(first: Browser, second: Browser) -> None:
    first.post("/people/add", **ANN)
    second.post(f"/people/asked/{waiting(first.house)}", answer="refuse")
    assert first.house.person("ann").disabled_at
    assert not waiting(first.house)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "A!"}, "small letters"),
        ({"name": "operator"}, "has this name already"),
        ({"shown": " "}, "A name is needed"),
        ({"role": "chief"}, "no such role"),
        ({"others": "klingon"}, "no code of a language"),
        ({"language": "xx1"}, "no code of a language"),
        ({"reason": " "}, "A reason is needed"),
    ],
)
def test_what_does_not_fit_is_said_and_nobody_added(
    first: Browser, change: dict[str, str], said: str
) -> None:
    before = first.house.rows()["staff"]
    first.post("/people/add", 400, **{**ANN, **change})
    assert said in first.page.text
    assert first.house.rows()["staff"] == before


def test_a_role_needs_two_and_ends_her_sessions(first: Browser, second: Browser) -> None:
    hers = first.house.signed_in("operator")
    number = first.house.person("operator").id
    first.post(f"/people/{number}/ask", what="role", role="supervisor", reason="leads now")
    asked = waiting(first.house)
    first.post(f"/people/asked/{asked}", 400, answer="agree")
    assert first.house.person("operator").role == "operator"
    hers.get("/account")
    second.post(f"/people/asked/{asked}", answer="agree")
    assert first.house.person("operator").role == "supervisor"
    hers.get("/account", 303)


def test_nobody_agrees_about_herself(first: Browser, second: Browser) -> None:
    number = first.house.person("second").id
    first.post(f"/people/{number}/ask", what="role", role="supervisor", reason="x")
    second.post(f"/people/asked/{waiting(first.house)}", 400, answer="agree")
    assert first.house.person("second").role == "admin"


def test_a_reset_needs_two_and_takes_every_way_in(first: Browser, second: Browser) -> None:
    house = first.house
    hers = house.signed_in("operator")
    number = house.person("operator").id
    first.post(f"/people/{number}/ask", what="reset", reason="lost her phone")
    second.post(f"/people/asked/{waiting(house)}", 200, answer="agree")
    hers.get("/account", 303)
    house.browser().sign_in("operator", 403)
    assert str(number) not in [row.split(",")[1].strip() for row in house.rows()["factors"]]


def test_an_answer_is_given_once(first: Browser, second: Browser) -> None:
    number = first.house.person("operator").id
    first.post(f"/people/{number}/ask", what="role", role="auditor", reason="x")
    asked = waiting(first.house)
    second.post(f"/people/asked/{asked}", answer="refuse")
    second.post(f"/people/asked/{asked}", 400, answer="agree")
    assert "answered this meanwhile" in second.page.text
    assert first.house.person("operator").role == "operator"


def test_what_waits_for_a_week_falls_away(first: Browser, second: Browser) -> None:
    number = first.house.person("operator").id
    first.post(f"/people/{number}/ask", what="role", role="auditor", reason="x")
    asked = waiting(first.house)
    first.house.wait(days=8)
    second = first.house.signed_in("second")
    assert "wants to make" not in second.get("/people").text
    second.post(f"/people/asked/{asked}", 400, answer="agree")


def test_one_admin_is_enough_to_switch_off(first: Browser) -> None:
    hers = first.house.signed_in("operator")
    hers.post("/account/phone", phone="+3220000007")
    number = first.house.person("operator").id
    first.get(f"/people/{number}")
    first.post(f"/people/{number}/disable", 400, reason=" ")
    assert "A reason is needed" in first.page.text
    first.post(f"/people/{number}/disable", reason="left us")
    hers.get("/account", 303)
    row = first.house.person("operator")
    assert row.disabled_at
    assert not row.has_phone
    first.get(f"/people/{number}")
    assert "ivr staff" in first.page.text


def test_a_supervisor_signs_out_and_says_what_is_spoken(house: House) -> None:
    hers, lead = house.signed_in("operator"), house.signed_in("supervisor")
    number = house.person("operator").id
    lead.get(f"/people/{number}")
    lead.post(f"/people/{number}/languages", speaks="nl", others="ar")
    assert house.person("operator").speaks == ("nl", "ar")
    lead.post(f"/people/{number}/languages", 400, others="!")
    lead.post(f"/people/{number}/sign-out")
    hers.get("/account", 303)
    assert "/disable" not in lead.get(f"/people/{number}").text


def test_with_one_admin_the_page_names_the_other_way(empty: House) -> None:
    hire(empty, "only", "admin")
    number = hire(empty, "ann", "operator")
    browser = empty.signed_in("only")
    browser.get("/people")
    assert "ivr staff" in browser.page.text
    assert "/console/people/add" not in browser.page.links
    browser.get(f"/people/{number}")
    assert "ivr staff" in browser.page.text


@pytest.mark.parametrize("path", ["/people/99", "/people/99/languages", "/people/99/ask"])
def test_there_is_nobody_of_that_number(first: Browser, path: str) -> None:
    if path.count("/") == 2:
        first.get(path, 404)
    else:
        first.post(path, 404, what="role", role="admin", reason="x")
    assert "nothing here" in first.page.text


def test_nothing_else_can_be_asked_for(first: Browser) -> None:
    number = first.house.person("operator").id
    first.post(f"/people/{number}/ask", 400, what="delete", reason="x")
    first.post(f"/people/{number}/ask", 400, what="role", role="chief", reason="x")


def test_everything_is_in_the_audit_with_its_reason(first: Browser, second: Browser) -> None:
    number = first.house.person("operator").id
    first.post(f"/people/{number}/ask", what="role", role="auditor", reason="for a month")
    second.post(f"/people/asked/{waiting(first.house)}", answer="agree")
    with first.house.store.reading() as connection:
        newest = audit.entries(connection, most=3)
        assert list(audit.verify(connection)) == []
    told = [(one.who, one.what, one.about, one.detail) for one in newest]
    assert told == [
        ("second", "staff role", f"staff {number}", "auditor: for a month"),
        ("second", "agreed: role", f"staff {number}", ""),
        ("admin", "asked: role", f"staff {number}", "auditor for a month"),
    ]
    assert staff.about(number) == f"staff {number}"
