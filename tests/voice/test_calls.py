"""Whole calls through the door, as a carrier sees them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ivr.call.legs import Inbound, Screening
from ivr.call.signals import Answered, DialEnded, HungUp, Outcome, Pressed, Silent
from ivr.voice.address import address_of_proof
from tests.voice.telephone import (
    BASE,
    NEWER_SECRET,
    NEWER_TOKEN,
    REHEARSAL_SID,
    REHEARSAL_TOKEN,
    SECRET,
    House,
    Leg,
    path_of,
)
from tests.worlds import CALLER_ID, MONDAY_MORNING, line_number

MONDAY = MONDAY_MORNING.astimezone(UTC).date()
CENTRE = "+12025550111"  # an example: nobody's number


def rehearsed(house: House, **changes: object) -> Leg:
    """A telephone of the rehearsal carrier, for which every centre counts as proved."""
    return house.call(account=REHEARSAL_SID, token=REHEARSAL_TOKEN, **changes)


def state_of(house: House) -> Inbound:
    """The state that the last turn began with."""
    before = house.tally.turns[-1][1]
    assert isinstance(before, Inbound)
    return before


def test_she_chooses_a_language_asks_for_a_person_and_is_bridged() -> None:
    house = House()
    ringing = rehearsed(house).says().presses("1").presses("0")
    assert ringing.verbs[-1] == "Dial"
    centre = ringing.answered().says()
    assert centre.verbs == ["Gather", "Redirect", "Hangup"]
    assert centre.presses("1").verbs == []
    after = ringing.says(DialCallStatus="completed", DialBridged="true")
    assert after.verbs == ["Gather", "Redirect"]
    assert [signal for _, _, signal in house.tally.turns] == [
        Answered(),
        Pressed("1"),
        Pressed("0"),
        Answered(),
        Pressed("1"),
        DialEnded(Outcome.COMPLETED, True),
    ]


def test_a_machine_that_picks_up_is_no_person_and_the_call_falls_on() -> None:
    house = House()
    ringing = rehearsed(house).says().presses("1").presses("0")
    machine = ringing.answered().says().waits()
    assert machine.waits().verbs == ["Hangup"]
    again = ringing.says(DialCallStatus="completed", DialBridged="false")
    assert again.verbs[-1] in ("Dial", "Redirect")
    assert state_of(house).tried


def test_she_hangs_up_while_it_rings() -> None:
    house = House()
    ringing = rehearsed(house).says().presses("1").presses("0")
    assert ringing.says(CallStatus="completed", DialCallStatus="canceled").verbs == ["Hangup"]
    assert house.tally.turns[-1][2] == DialEnded(Outcome.CANCELLED, False)
    assert ringing.says(CallStatus="completed").verbs == ["Hangup"]
    assert house.tally.turns[-1][2] == HungUp()


def test_the_same_webhook_at_the_same_moment_gets_the_same_bytes_from_any_machine() -> None:
    one, another = House(), House()
    leg = one.call()
    for said in ({}, {"Digits": "1"}, {"Digits": "4"}, {"Digits": ""}, {"Digits": "*"}):
        answer = leg.post(**said)
        assert leg.post(**said) == answer
        assert replace(leg, house=another).post(**said) == answer
        leg = leg.hears(answer)


def test_a_state_belongs_to_its_call_its_account_and_its_kind_of_leg() -> None:
    house = House()
    leg = rehearsed(house).says().presses("1")
    menu = leg.waits()
    assert state_of(house).language == "nl"
    others = (
        replace(leg, sid="CA" + "c" * 32),
        house.call(target=leg.target),
    )
    for other in others:
        began_again = other.waits()
        assert (state_of(house).node, state_of(house).silences) == ("main", 0)
        assert began_again.document[0][0].text != menu.document[0][0].text
    moved = replace(leg, kind="screening", target=leg.target.replace("inbound", "screening"))
    assert moved.waits().verbs == ["Hangup"]


def test_a_screened_leg_belongs_to_the_call_and_the_dial_that_it_was_made_for() -> None:
    house = House()
    centre = rehearsed(house).says().presses("1").presses("0").answered()
    assert centre.says().verbs[0] == "Gather"
    for other in (replace(centre, parent="CA" + "d" * 32), replace(centre, parent="")):
        assert other.presses("1").verbs == ["Hangup"]
    head, _, token = centre.target.rpartition("/")
    raw = urlsafe_b64decode(token)
    placed = urlsafe_b64encode(b"\0\2" + raw[2:]).decode()
    assert raw[:2] == b"\0\1"
    assert replace(centre, target=f"{head}/{placed}").presses("1").verbs == ["Hangup"]


@pytest.mark.parametrize("days", [1, 2])
def test_an_unreadable_call_begins_again_with_the_menu_of_its_number(days: int) -> None:
    house = House()
    leg = house.call(number=line_number(bound=True)).says()
    house.line.at += timedelta(days=days)
    leg.presses("1")
    here = state_of(house)
    assert (here.node, here.language != "") == ("main", True)
    expected = Pressed("1") if days == 1 else Answered()
    assert house.tally.turns[-1][2] == expected


def test_a_call_goes_on_while_the_secret_and_the_token_are_changed() -> None:
    before = House().call().says().presses("1")
    changed = House(secret_keys=(NEWER_SECRET, SECRET))
    after = replace(before, house=changed, token=NEWER_TOKEN).presses("2").waits()
    assert state_of(changed).node == "region"
    assert replace(after, house=House(secret_keys=(NEWER_SECRET,))).waits()


def test_a_running_call_ends_in_the_edition_that_it_began_in() -> None:
    house = House()
    leg = house.call().says().presses("1")
    mine = house.line.current
    house.line.current = replace(mine, number=2, digest="newer")
    house.line.editions = {1: mine}
    old = leg.presses("4")
    house.line.editions = {}
    assert leg.presses("4").document[0][0].text == old.document[0][0].text


def test_values_that_are_bad_are_silence() -> None:
    house = House()
    leg = house.call().says().presses("1")
    for digits in ("²", "1\n", "x", "1" * 30):
        leg.presses(digits)
        assert house.tally.turns[-1][2] == Silent()
    leg.post([*leg.fields(Digits="1"), ("Digits", "1")])
    assert house.tally.turns[-1][2] == Silent()


@pytest.mark.parametrize("bad", ["", "CA1", "CA" + "g" * 32])
def test_a_call_without_a_good_name_is_answered_all_the_same(bad: str) -> None:
    leg = House().call(sid=bad)
    assert leg.says().presses("1").presses("1").verbs == ["Gather", "Redirect"]


@pytest.mark.parametrize("number", ["", "sip:line@example.org", "+999"])
def test_a_number_that_is_none_of_ours_reaches_the_line(number: str) -> None:
    house = House()
    leg = house.call(number=number).says()
    assert leg.verbs == ["Gather", "Redirect"]
    forgotten = replace(leg, target="/voice/inbound/none")
    assert forgotten.waits().verbs == ["Gather", "Redirect"]
    assert (state_of(house).node, state_of(house).language) == ("main", "nl")


def test_whoever_rings_the_number_that_we_show_learns_nothing() -> None:
    house = House()
    outbound = [one.number for one in house.line.world("twilio").directory.access
                if one.purpose == "outbound"]  # fmt: skip
    leg = house.call(number=(outbound or [CALLER_ID])[0])
    assert leg.says()


@pytest.mark.parametrize("kind", ["screening", "gate", "nonsense"])
def test_a_leg_that_cannot_be_read_ends_without_a_word(kind: str) -> None:
    leg = House().call(kind=kind, target=f"/voice/{kind}/none")
    assert leg.presses("1").verbs == ["Hangup"]


@pytest.mark.parametrize("kind", ["operator", "deadend"])
def test_others_that_cannot_be_read_hear_a_sentence_of_their_own(kind: str) -> None:
    leg = House().call(kind=kind, target=f"/voice/{kind}/none")
    assert leg.presses("1").verbs == ["Play", "Hangup"]


# ---- a proof: the centre presses 1 once, and it is kept once


def proof(house: House) -> Leg:
    """A centre's telephone that we ring ourselves."""
    leg = Screening(CENTRE, "nl", "", 1, proof=True)
    url = address_of_proof(BASE, (SECRET,), REHEARSAL_SID, leg, MONDAY)
    return rehearsed(house, kind="screening", number=CENTRE, target=path_of(url))


def test_a_test_call_is_kept_once_however_often_the_carrier_asks() -> None:
    house = House()
    asked = proof(house).says()
    first = asked.post(Digits="1")
    assert [verb.tag for verb in asked.hears(first).document] == ["Play", "Hangup"]
    assert asked.post(Digits="1") == first
    assert house.effects.proved == [("rehearsal", CENTRE)]


def test_a_test_call_that_cannot_be_kept_says_no_thanks() -> None:
    house = House()
    asked = proof(house).says()
    house.effects.away = True
    assert asked.presses("1").verbs == ["Hangup"]
    house.effects.away = False
    assert asked.presses("1").verbs == ["Play", "Hangup"]


# ---- a pretended time


@pytest.mark.parametrize(
    ("changes", "honoured"),
    [
        ({"twilio_account_sid": "", "twilio_auth_tokens": ()}, True),
        ({}, False),
    ],
)
def test_only_a_rehearsal_without_a_real_carrier_plays_at_another_time(
    changes: dict[str, object], honoured: bool
) -> None:
    house = House(**changes)
    when = datetime(2027, 1, 1, 3, 0, tzinfo=UTC)
    leg = rehearsed(house, always={"PretendAt": when.isoformat()}).says().presses("1")
    started = state_of(house).started == when.timestamp() * 1000
    assert started is honoured
    assert leg.verbs == ["Gather", "Redirect"]


def test_a_real_carrier_pretends_nothing() -> None:
    house = House(rehearsal_account_sid="", rehearsal_auth_tokens=())
    house.call(always={"PretendAt": "2027-01-01T03:00:00Z"}).says().presses("1")
    assert state_of(house).started == MONDAY_MORNING.timestamp() * 1000
