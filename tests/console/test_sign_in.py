"""Signing in: two things that fit, once; whatever does not fit gets one answer."""

import pytest
import sqlalchemy as sa

from ivr.console import codes, passwords
from ivr.store import factors, staff
from tests.console.staffed import PASSWORD, Browser, House, invite


def test_password_and_code_let_her_in(house: House) -> None:
    browser = house.browser()
    browser.get("/sign-in")
    reply = browser.sign_in("operator")
    assert reply.headers["Location"] == "/console"
    browser.get("/account")
    assert "You are operator" in browser.page.text


def test_it_goes_on_where_she_wanted_to_go(house: House) -> None:
    browser = house.browser()
    reply = browser.get("/people?x=1", 303)
    assert reply.headers["Location"] == "/console/sign-in?next=%2Fconsole%2Fpeople%3Fx%3D1"
    browser.get("/sign-in?next=/console/people%3Fx%3D1")
    fields = browser.page.form("/console/sign-in?lang=en").fields
    assert fields["next"] == "/console/people?x=1"
    given = {"name": "supervisor", "password": PASSWORD, "code": house.code("supervisor")}
    reply = browser.post("/sign-in", 303, next=fields["next"], **given)
    assert reply.headers["Location"] == "/console/people?x=1"


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example", "//evil.example", "/console//evil", "/consolation", "/voice",
        "/console/\\evil", "\\\\evil", "/console/\nx", "javascript:alert(1)", "/console/é",
    ],
)  # fmt: skip
def test_it_goes_on_to_pages_of_ours_alone(house: House, path: str) -> None:
    reply = house.browser().sign_in("operator", next=path)
    assert reply.headers["Location"] == "/console"


WRONG = {
    "an unknown name": {"name": "nobody"},
    "another password": {"password": "not the password"},
    "no password": {"password": ""},
    "another code": {"code": "000000"},
    "no code": {"code": ""},
    "digits that are none": {"code": "²²²²²²"},
    "a passkey that is none": {"code": "", "passkey": "{}"},
    "something that is no passkey": {"code": "", "passkey": "x" * 9000},
}


@pytest.mark.parametrize("what", WRONG)
def test_whatever_does_not_fit_gets_one_answer(house: House, what: str) -> None:
    browser = house.browser()
    reply = browser.sign_in("operator", 403, **{"name": "operator", **WRONG[what]})
    assert "That did not fit" in browser.page.text
    assert browser.cookie("session") is None
    said = browser.page.form("/console/sign-in?lang=en").fields["name"]
    shown = WRONG[what].get("name", "operator")
    assert said == shown
    plain = reply.text.replace(f'value="{shown}"', 'value=""').replace(_token(browser), "")
    other = house.browser()
    reply = other.sign_in("operator", 403, password="wrong")
    assert plain == reply.text.replace('value="operator"', 'value=""').replace(_token(other), "")


def _token(browser: Browser) -> str:
    return browser.page.forms[0].fields["csrf"]


def test_known_and_unknown_names_cost_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements in the same order, and as many passwords checked."""
    said: list[str] = []
    sa.event.listen(
        house.store.engine, "before_cursor_execute", lambda *given: said.append(given[2])
    )
    checked: list[str] = []
    fits = passwords.fits
    monkeypatch.setattr(
        passwords, "fits", lambda stored, given: checked.append(stored[:30]) or fits(stored, given)
    )
    found = []
    for name in ("operator", "nobody"):
        browser = house.browser()
        browser.get("/sign-in")
        said.clear()
        browser.post("/sign-in", 403, name=name, password="wrong", code="123456")
        found.append(list(said))
    assert found[0] == found[1]
    assert len(checked) == 2


def test_a_password_that_nobody_has_takes_as_much_work() -> None:
    figures = "$argon2id$v=19$m=19456,t=2,p=1$"
    real = passwords.hashed("x")
    assert real.startswith(figures)
    assert passwords.NOBODY.startswith(figures)
    assert len(real) == len(passwords.NOBODY)
    assert not passwords.fits("", "x")
    assert not passwords.fits("!", "x")


def test_a_code_is_good_once(house: House) -> None:
    code = house.code("operator")
    house.browser().sign_in("operator", code=code)
    house.browser().sign_in("operator", 403, code=code)
    house.wait(seconds=60)
    house.browser().sign_in("operator")


def test_a_code_that_was_used_is_not_good_for_the_steps_before_it(house: House) -> None:
    now = house.code("operator")
    early = codes.code_at(house.secrets["operator"], house.clock[0].fromtimestamp(
        house.clock[0].timestamp() - 30, house.clock[0].tzinfo))  # fmt: skip
    house.browser().sign_in("operator", code=now)
    house.browser().sign_in("operator", 403, code=early)


@pytest.mark.parametrize(("seconds", "status"), [(-60, 403), (-30, 303), (30, 303), (60, 403)])
def test_a_clock_may_differ_by_half_a_minute(house: House, seconds: int, status: int) -> None:
    at = house.clock[0].timestamp() + seconds
    zone = house.clock[0].tzinfo
    code = codes.code_at(house.secrets["operator"], house.clock[0].fromtimestamp(at, zone))
    house.browser().sign_in("operator", status, code=code)


def test_a_code_from_paper_is_good_once(house: House) -> None:
    with house.store.writing() as connection:
        keys, number = house.settings.secret_keys, house.person("operator").id
        paper = factors.new_recovery(connection, keys, "test", number, house.clock[0])
    assert len(set(paper)) == 10
    house.browser().sign_in("operator", code=paper[0].upper().replace("-", " "))
    house.browser().sign_in("operator", 403, code=paper[0])
    house.browser().sign_in("supervisor", 403, code=paper[1])
    house.wait(seconds=10)
    house.browser().sign_in("operator", code=paper[1])


def test_who_is_switched_off_is_out_and_stays_out(house: House) -> None:
    browser = house.signed_in("operator")
    with house.store.writing() as connection:
        number = house.person("operator").id
        staff.disable(connection, "test", number, "left", house.clock[0])
    browser.get("/account", 303)
    house.browser().sign_in("operator", 403)


def test_signing_in_makes_a_new_session_each_time(house: House) -> None:
    browser = house.signed_in("operator")
    first = browser.cookie("session").value
    browser.post("/sign-out")
    browser.sign_in("operator")
    assert browser.cookie("session").value.split(".")[0] != first.split(".")[0]


def test_signing_out_ends_it_on_our_side_too(house: House) -> None:
    browser = house.signed_in("operator")
    browser.get("/account")
    kept = browser.cookie("session").value
    browser.post("/sign-out")
    assert browser.cookie("session") is None
    browser.web.set_cookie("__Host-session", kept, domain="line.example.org", secure=True)
    browser.get("/account", 303)
    assert house.person("operator").status == "away"


def test_who_is_signed_in_is_not_asked_again(house: House) -> None:
    browser = house.signed_in("operator")
    assert browser.get("/sign-in", 303).headers["Location"] == "/console"


def test_without_the_secret_that_sealed_an_app_paper_is_left(house: House) -> None:
    with house.store.writing() as connection:
        keys, number = house.settings.secret_keys, house.person("operator").id
        paper = factors.new_recovery(connection, keys, "test", number, house.clock[0])
        other = factors.lasting.seal((b"x" * 32,), factors._totp(number), b"A" * 32)
        connection.execute(
            sa.update(factors.table).where(factors.table.c.kind == "totp").values(secret=other)
        )
    house.browser().sign_in("operator", 403)
    house.browser().sign_in("operator", code=paper[0])


def test_an_invitation_opens_only_what_sets_up(empty: House) -> None:
    invitation = invite(empty, "ann")
    browser = empty.browser()
    reply = browser.sign_in("ann", password=invitation, code="")
    assert reply.headers["Location"] == "/console/set-up"
    assert browser.get("/account", 303).headers["Location"] == "/console/set-up"
    empty.wait(days=8)
    empty.browser().sign_in("ann", 403, password=invitation, code="")


def test_a_name_is_read_as_people_type_it(house: House) -> None:
    house.browser().sign_in("operator", name="  OPERATOR ")
