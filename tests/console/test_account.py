"""Her own account: where she is rung, password, factors, other browsers."""

import re

import pytest
import sqlalchemy as sa

from ivr.console import codes
from ivr.store import factors, phones
from ivr.store.staff_tables import staff as table
from tests.console.staffed import PASSWORD, Browser, House

OWN = "+3220000007"  # an example: no Belgian number begins so


@pytest.fixture
def own(house: House) -> Browser:
    return house.signed_in("operator")


def stored(house: House, name: str = "operator") -> str:
    with house.store.reading() as connection:
        return phones.phone_of(connection, house.settings.secret_keys, house.person(name).id)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (OWN, OWN),
        ("+32 2 000 00 07", OWN),
        ("0032 (2) 000.00-07", OWN),
        ("sip:desk@example.org", "sip:desk@example.org"),
    ],
)
def test_she_says_where_she_is_rung(own: Browser, typed: str, kept: str) -> None:
    own.post("/account/phone", phone=typed)
    assert stored(own.house) == kept
    own.get("/account")
    assert own.page.form("/console/account/phone").fields["phone"] == kept
    assert "The line rings you there" in own.page.text
    own.get("/account")
    assert "The line rings you there" not in own.page.text
    own.post("/account/phone", phone="")
    assert stored(own.house) == ""


@pytest.mark.parametrize(
    "typed", ["0470", "470000000", "+0470000000", "sip:", "sip:a b@c", "tel:+3220000007", "²²²²²"]
)
def test_what_is_no_telephone_is_refused_where_it_stands(own: Browser, typed: str) -> None:
    own.post("/account/phone", 400, phone=typed)
    assert "no telephone number" in own.page.text
    assert own.page.form("/console/account/phone").fields["phone"] == typed
    assert stored(own.house) == ""


def test_her_number_is_sealed_and_nobody_elses_row_opens_it(own: Browser) -> None:
    own.post("/account/phone", phone=OWN)
    house = own.house
    assert OWN not in repr(house.rows())
    with house.store.writing() as connection:
        sealed = connection.scalar(sa.select(table.c.phone).where(table.c.name == "operator"))
        connection.execute(
            sa.update(table).where(table.c.name == "supervisor").values(phone=sealed)
        )
    with pytest.raises(Exception, match="altered"):
        stored(house, "supervisor")
    other = house.signed_in("supervisor")
    assert other.page.form("/console/account/phone").fields["phone"] == ""


def test_admins_and_auditors_are_rung_by_nobody(house: House) -> None:
    for role in ("admin", "auditor"):
        browser = house.signed_in(role)
        assert "phone" not in [name for form in browser.page.forms for name in form.fields]
        browser.post("/account/phone", 403, phone=OWN)


def test_another_password_signs_out_every_other_browser(own: Browser) -> None:
    other = own.house.signed_in("operator")
    new = "a lamp beside the harbour"
    own.post("/account/password", password=PASSWORD, new=new, again=new)
    own.get("/account")
    other.get("/account", 303)
    own.house.browser().sign_in("operator", 403)
    own.house.browser().sign_in("operator", password=new)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"password": "wrong"}, "not your password"),
        ({"new": "short", "again": "short"}, "twelve characters"),
        ({"again": "different"}, "not the same"),
    ],
)
def test_a_password_is_not_changed_by_half(own: Browser, form: dict[str, str], said: str) -> None:
    before = own.house.person("operator").password
    good = {"password": PASSWORD, "new": "a lamp beside the harbour"}
    own.post("/account/password", 400, **{**good, "again": good["new"], **form})
    assert said in own.page.text
    assert own.house.person("operator").password == before


def test_a_stolen_session_cannot_try_passwords_for_long(own: Browser) -> None:
    for _ in range(3):
        own.post("/account/recovery", 400, password="wrong")
        assert "not your password" in own.page.text
    own.post("/account/recovery", 400, password=PASSWORD)
    assert "Too many tries" in own.page.text
    own.house.wait(minutes=1)
    own.post("/account/recovery", 200, password=PASSWORD)


def test_she_adds_an_app_and_takes_the_old_one_away(own: Browser) -> None:
    other = own.house.signed_in("operator")
    own.get("/account/app")
    shown = re.search(r"mono typed\">([A-Z2-7 ]+)<", own.page.source)
    assert shown
    secret = shown[1].replace(" ", "")
    given = {"secret": own.page.form("/console/account/app").fields["secret"], "called": "new one"}
    own.post("/account/app", 400, **given, password="wrong", code="000000")
    code = codes.code_at(secret, own.house.clock[0])
    own.post("/account/app", 400, **given, password=PASSWORD, code="000000")
    own.post("/account/app", **given, password=PASSWORD, code=code)
    own.get("/account")
    assert "new one" in own.page.text
    other.get("/account", 303)
    first = min(one.id for one in kept(own.house))
    own.post("/account/factor", 400, factor=first, password="wrong")
    own.post("/account/factor", factor=first, password=PASSWORD)
    own.get("/account")
    own.house.browser().sign_in("operator", 403)
    own.house.secrets["operator"] = secret
    own.house.browser().sign_in("operator")


def kept(house: House, name: str = "operator") -> list[factors.Factor]:
    with house.store.reading() as connection:
        return factors.of(connection, house.person(name).id)


def test_the_last_way_in_stays(own: Browser) -> None:
    (last,) = kept(own.house)
    own.post("/account/factor", 400, factor=last.id, password=PASSWORD)
    assert "only one left" in own.page.text
    assert len(kept(own.house)) == 1


@pytest.mark.parametrize("factor", ["", "x", "²", "9" * 30])
def test_somebody_elses_way_in_is_not_hers_to_take_away(own: Browser, factor: str) -> None:
    (theirs,) = kept(own.house, "supervisor")
    own.post("/account/factor", 400, factor=factor or theirs.id, password=PASSWORD)
    assert len(kept(own.house, "supervisor")) == 1


def test_new_codes_for_paper_end_the_old_ones(own: Browser) -> None:
    own.post("/account/recovery", 200, password=PASSWORD)
    old = re.findall(r"<li>([a-z2-9-]{14})</li>", own.page.source)
    own.post("/account/recovery", 200, password=PASSWORD)
    new = re.findall(r"<li>([a-z2-9-]{14})</li>", own.page.source)
    assert len(old) == len(new) == 10
    assert not set(old) & set(new)
    assert not any(code in repr(own.house.rows()) for code in new)
    own.house.browser().sign_in("operator", 403, code=old[0])
    own.house.browser().sign_in("operator", code=new[0])


def test_signing_out_elsewhere_keeps_this_browser(own: Browser) -> None:
    other = own.house.signed_in("operator")
    own.post("/account/sign-out")
    own.get("/account")
    other.get("/account", 303)


@pytest.mark.parametrize("status", ["here", "pause", "wrap-up", "away"])
def test_colleagues_see_how_she_is(own: Browser, status: str) -> None:
    own.post("/status", status=status, next="/console/account")
    assert own.house.person("operator").status == status
    own.get("/account")
    assert 'aria-pressed="true">' in own.page.source


def test_there_are_no_other_ways_to_be(own: Browser) -> None:
    own.post("/status", 400, status="asleep")
    assert "no such status" in own.page.text


def test_signing_in_is_being_here(own: Browser) -> None:
    assert own.house.person("operator").status == "here"
    assert own.house.person("auditor").status == "away"


@pytest.mark.parametrize(("language", "said"), [("nl", "Mijn account"), ("de", "Mein Konto")])
def test_her_pages_are_in_her_language(own: Browser, language: str, said: str) -> None:
    reply = own.post("/language", language=language, next="/console/account")
    assert reply.location == "/console/account"
    own.get("/account")
    assert said in own.page.text
    assert own.page.language == language
    own.post("/language", language="tlh")
    assert own.house.person("operator").language == language
