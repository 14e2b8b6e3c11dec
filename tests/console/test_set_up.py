"""An invitation: once, to a password of her own, a second factor, and codes for paper."""

import re

import pytest

from ivr.console import codes
from tests.console.staffed import Browser, House, invite

NEW = "a lamp beside the harbour"


@pytest.fixture
def invited(empty: House) -> Browser:
    browser = empty.browser()
    browser.sign_in("ann", password=invite(empty, "ann"), code="")
    return browser


def secret(browser: Browser) -> str:
    """The secret that the page shows, as somebody types it."""
    found = re.search(r"mono typed\">([A-Z2-7 ]+)<", browser.page.source)
    assert found
    return found[1].replace(" ", "")


def fill(browser: Browser, status: int, /, **changes: str) -> None:
    form = browser.page.form("/console/set-up").fields
    code = codes.code_at(secret(browser), browser.house.clock[0])
    given = {"secret": form["secret"], "new": NEW, "again": NEW, "code": code}
    browser.post("/set-up", status, **{**given, **changes})


def test_she_sets_herself_up_and_is_in(invited: Browser) -> None:
    app = secret(invited)
    fill(invited, 200)
    paper = re.findall(r"<li>([a-z2-9-]{14})</li>", invited.page.source)
    assert len(paper) == 10
    invited.get("/account")
    assert "10 of 10 are left" in invited.page.text
    invited.house.secrets["ann"] = app
    invited.house.browser().sign_in("ann", password=NEW)
    invited.house.browser().sign_in("ann", password=NEW, code=paper[4])


def test_the_invitation_is_good_no_longer(empty: House) -> None:
    invitation = invite(empty, "ann")
    one, other = empty.browser(), empty.browser()
    for browser in (one, other):
        browser.sign_in("ann", password=invitation, code="")
    fill(one, 200)
    other.post("/set-up")  # the other was signed out meanwhile
    assert "sign-in" in other.get("/set-up", 303).location
    empty.browser().sign_in("ann", 403, password=invitation, code="")


def test_an_invitation_ends_the_one_before(empty: House) -> None:
    from ivr.console import passwords
    from ivr.store import staff

    first = invite(empty, "ann")
    second = passwords.invitation()
    with empty.store.writing() as connection:
        number = empty.person("ann").id
        hashed = passwords.hashed(second)
        staff.invite(connection, "test", number, hashed, "lost", empty.clock[0])
    empty.browser().sign_in("ann", 403, password=first, code="")
    empty.browser().sign_in("ann", password=second, code="")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"new": "short", "again": "short"}, "twelve characters"),
        ({"new": "password1234", "again": "password1234"}, "easy to guess"),
        ({"new": "ann ann ann ann", "again": "ann ann ann ann"}, "easy to guess"),
        ({"new": "aaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaa"}, "easy to guess"),
        ({"new": "x y" * 60, "again": "x y" * 60}, "128 characters"),
        ({"again": "something else here"}, "not the same"),
        ({"code": "000000"}, "not the code"),
        ({"code": ""}, "not the code"),
        ({"passkey": "{}", "code": ""}, "not the code"),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(
    invited: Browser, changes: dict[str, str], said: str
) -> None:
    shown = secret(invited)
    fill(invited, 400, **changes)
    assert said in invited.page.text
    assert secret(invited) == shown, "what she scanned already is still good"
    fill(invited, 200)


def test_a_secret_that_this_page_did_not_show_is_none(invited: Browser) -> None:
    mine = codes.new_secret()
    fill(invited, 400, secret=mine, code=codes.code_at(mine, invited.house.clock[0]))
    assert "not the code" in invited.page.text


def test_somebody_elses_secret_is_none(empty: House) -> None:
    one, other = empty.browser(), empty.browser()
    one.sign_in("ann", password=invite(empty, "ann"), code="")
    other.sign_in("bea", password=invite(empty, "bea"), code="")
    theirs = other.page.form("/console/set-up").fields["secret"]
    code = codes.code_at(secret(other), empty.clock[0])
    fill(one, 400, secret=theirs, code=code)


def test_setting_up_ends_after_an_hour(invited: Browser) -> None:
    for _ in range(5):
        invited.house.wait(minutes=11)
        invited.get("/set-up")
    invited.house.wait(minutes=6)
    invited.get("/set-up", 303)


def test_the_picture_says_what_the_words_say(invited: Browser) -> None:
    address = codes.address(secret(invited), "ann", "line.example.org")
    assert address == (
        f"otpauth://totp/Line:ann%40line.example.org?secret={secret(invited)}&issuer=Line"
    )
    assert str(codes.picture(secret(invited), "ann", "line.example.org")) in invited.page.source
