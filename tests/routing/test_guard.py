"""The guard against a call to the wrong place. Every number here is an example."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.directory import Centre, Directory
from routing.guard import No, Yes, canonical, is_buried, may_dial, may_say
from tests.routing.directories import ALWAYS, NATIONAL, OWN, SHOWN, directory

FREE = Centre("free", "0800 20 015", "+3280020015", hours=ALWAYS, toll_free=True)
HERE = directory()


def yes(target: str, within: Directory = HERE) -> bool:
    return may_dial(target, within) == Yes()


@pytest.mark.parametrize(
    "target",
    [
        "+3232011690",
        "+3225116464",
        "+3242324030",
        "+3278055800",
        "+32470000014",
        "+3281200014",
        "sip:desk@centre.example.org",
        "sip:1712@trunk.example.be",
        "sip:200@pbx.example.be:5061",
        "sip:+3232011690@trunk.example.be;transport=tls",
        "sip:a.b-c_d@x.example.be",
    ],
)
def test_what_may_be_rung(target: str) -> None:
    assert may_dial(target, HERE) == Yes()


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("101", "short code"),
        ("112", "short code"),
        ("1712", "short code"),
        ("116000", "short code"),
        ("+32101", "neither"),
        ("+321712", "neither"),
        ("+32116000", "no number"),
        ("+3290012345", "premium"),
        ("+3270223456", "premium"),
        ("+3290312345", "premium"),
        ("+3278791234", "shared cost"),
        ("+3280020015", "free number"),
        ("+3280012345", "free number"),
        ("+31201234567", "NL, which is not"),
        ("+12025550123", "US, which is not"),
        ("+80012345678", "001, which is not"),
        ("+882130000000", "no number"),
        (OWN, "this line itself"),
        (SHOWN, "this line itself"),
        ("", "neither"),
        ("032011690", "neither"),
        ("0032032011690", "neither"),
        ("tel:+3232011690", "neither"),
        ("+32 3 201 16 90", "neither"),
        ("+3232011690 ", "neither"),
        ("+3232011690\n", "neither"),
        ("+٣٢٣٢٠١١٦٩٠", "neither"),
        ("+323201169²", "neither"),
        ("+32032011690", "no number"),
        ("+3232011690,,1", "neither"),
        ("+3232011690#31#", "neither"),
        ("client:anna", "neither"),
        ("sip:101@trunk.example.be", "emergency"),
        ("sip:1-0-1@trunk.example.be", "emergency"),
        ("sip:0900-12.345@trunk.example.be", "premium"),
        ("sip:112@trunk.example.be", "emergency"),
        ("sip:+3290012345@trunk.example.be", "premium"),
        ("sip:090012345@trunk.example.be", "premium"),
        ("sip:003290012345@trunk.example.be", "premium"),
        ("sip:3290012345@trunk.example.be", "premium"),
        ("sip:31201234567@trunk.example.be", "NL"),
        ("sip:0031201234567@trunk.example.be", "NL"),
        (f"sip:{OWN}@trunk.example.be", "this line itself"),
        (f"sip:{OWN[1:]}@x.example.be", "this line"),
        (f"sip:0{OWN[3:]}@trunk.example.be", "this line itself"),
        ("sip:+1@x.example.be", "no number"),
        ("sip:@example.be", "neither"),
        ("sip:desk@localhost", "neither"),
        ("sip:desk@127.0.0.1", "neither"),
        ("sip:desk@[::1]", "neither"),
        ("sip:a:b@example.be", "neither"),
        ("sip:desk@example.be?x=1", "neither"),
        ("sip:desk@example.be&a=b", "neither"),
        ("sip:desk@example.be;maddr=10.0.0.1", "neither"),
        ("sip:de%73k@example.be", "neither"),
        ("sip:desk@example.be:99999999", "neither"),
        ("sip:desk@-x.example.be", "neither"),
        ("sip:desk@example..be", "neither"),
        ("sip:desk@example.be.", "neither"),
        ("SIP:desk@example.be", "neither"),
        ("sips:desk@example.be", "neither"),
        ("sip:désk@example.be", "neither"),
        ("sip:desk@example.be\n", "neither"),
        ("sip:<x>@example.be", "neither"),
        ("\ud800", "neither"),
    ],
)
def test_what_is_never_rung(target: str, why: str) -> None:
    answer = may_dial(target, HERE)
    assert isinstance(answer, No)
    assert why in answer.reason


def test_a_free_number_is_rung_by_choice_alone() -> None:
    assert yes(FREE.dial, directory(NATIONAL, FREE))
    assert not yes("+3280020016", directory(NATIONAL, FREE))
    assert not yes("sip:+3280020015@trunk.example.be", directory(NATIONAL, FREE))


BURIED = directory(buried=frozenset({"+3232000011", "sip:desk@centre.example.org"}))


@pytest.mark.parametrize(
    "target",
    [
        "+3232000011",
        "sip:+3232000011@trunk.example.be",
        "sip:3232000011@trunk.example.be",
        "sip:032000011@trunk.example.be",
        "sip:desk@centre.example.org",
        "sip:DESK@centre.example.org",
        "sip:desk@centre.example.org:5061",
        "sip:desk@centre.example.org;transport=tcp",
    ],
)
def test_what_was_buried_does_not_come_back_in_another_dress(target: str) -> None:
    answer = may_dial(target, BURIED)
    assert isinstance(answer, No)
    assert "withdrawn" in answer.reason
    assert yes(target)


def test_a_buried_one_is_known_however_it_is_written() -> None:
    assert is_buried("sips:Desk:secret@CENTRE.example.org.", BURIED)
    assert canonical("sip:") == "sip:"
    assert not is_buried("", BURIED)


@pytest.mark.parametrize(
    "said",
    ["03 201 16 90", "078 055 800", "0800 30 030", "1712", "116 000", "1-0-1", "+32 3 201 16 90"],
)
def test_what_may_be_said_to_a_caller(said: str) -> None:
    assert may_say(said, HERE) == Yes()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "no number to say"),
        ("Payoke", "no number to say"),
        ("0900 12 345", "premium"),
        ("4000", "premium"),
        ("116 006", "exists"),
        ("116 111", "exists"),
        ("99", "exists"),
        ("03 200 00 11", "withdrawn"),
        ("02 000 00 01", "this line itself"),
        ("+31 20 123 4567", "NL"),
        ("03 201 16", "exists"),
        ("٣٢٣", "no number to say"),
    ],
)
def test_what_is_never_said(said: str, why: str) -> None:
    answer = may_say(said, BURIED)
    assert isinstance(answer, No)
    assert why in answer.reason


def test_a_number_of_any_allowed_country_may_be_said() -> None:
    for countries in (("BE", "NL"), ("NL", "BE")):
        assert may_say("03 201 16 90", directory(countries=countries)) == Yes()


def test_without_a_country_nothing_is_allowed() -> None:
    nowhere = directory(countries=())
    assert not yes("+3232011690", nowhere)
    assert isinstance(may_say("03 201 16 90", nowhere), No)


ODD = st.one_of(
    st.text(),
    st.text("+0123456789"),
    st.from_regex(r"\+[0-9]{1,18}"),
    st.from_regex(r"sips?:[^@]{0,12}@[a-z0-9.:;=-]{0,20}"),
)


@settings(max_examples=500, deadline=None)
@given(ODD)
def test_any_string_gets_an_answer(target: str) -> None:
    for within in (HERE, BURIED, directory(countries=("XX",))):
        assert isinstance(may_dial(target, within), Yes | No)
        assert isinstance(may_say(target, within), Yes | No)
    if yes(target):
        assert re.fullmatch(r"[ -~]+", target)
        assert not re.search(r"[<>&\"'\s]", target)
