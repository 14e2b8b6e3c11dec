"""Booking, turn by turn: seven on the straight path, and nothing is kept until she says yes."""

from dataclasses import replace
from datetime import date

import pytest

from ivr.call.actions import Book, Effect, HangUp, Listen
from ivr.call.signals import Note, Noted
from routing.window import Window
from tests.call.promised import CODE, HERS, OTHER, OTHER_E164, TO_CONFIRM, Phone, staffed

TODAY = date(2026, 11, 23)
TEN = Window(TODAY, 10 * 60, 12 * 60)


def wanted(phone: Phone) -> Book:
    """What she said yes to."""
    assert isinstance(phone.effect, Book)
    return phone.effect


def test_the_straight_path_takes_seven_turns_and_books_what_she_heard() -> None:
    phone = Phone()
    before = phone.call.turns
    phone.key(*TO_CONFIRM, "1")
    assert phone.call.turns - before == 7
    asked = wanted(phone).wanted
    assert (asked.number, asked.window, asked.code, asked.own) == (HERS, TEN, CODE, True)
    assert (asked.language, asked.need, asked.region, asked.young) == ("en", "", "", False)
    assert (asked.voicemail, asked.redial, asked.retry, asked.woman) == (False,) * 4
    phone.got(Noted(Note.NOTED))
    assert phone.node == "booking.done"
    hours = ["day.today", "hours.from", "hour.10", "hours.until", "hour.12"]
    assert phone.prompts[:8] == ["booking.noted", *hours, "booking.nothing", "traces.short"]


def test_nothing_is_an_effect_before_yes_and_the_read_back_says_it_all() -> None:
    phone = Phone()
    for keys in TO_CONFIRM:
        phone.key(keys)
        assert not [one for one in phone.turn.actions if isinstance(one, Effect)]
    assert phone.prompts == [
        "booking.read", "day.today", "hours.from", "hour.10", "hours.until", "hour.12",
        "booking.never", "booking.shows", "digit.0", "digit.0", "booking.pickup", "booking.keep",
        "booking.yes", "key.1", "booking.change", "key.2", "booking.stop", "key.3",
        "booking.wishes", "key.4",
    ]  # fmt: skip


def test_the_number_that_shows_begins_as_people_dial_it_at_home() -> None:
    here = replace(staffed(), caller_id="+3225550100")
    phone = Phone(here).key(*TO_CONFIRM)
    place = phone.prompts.index("booking.shows")
    assert phone.prompts[place + 1 : place + 3] == ["digit.0", "digit.2"]


def test_the_code_is_never_spoken() -> None:
    phone, heard = Phone(), list[str]()
    for keys in (*TO_CONFIRM, "1"):
        phone.key(keys)
        heard += phone.prompts if phone.node in ("booking.again", "booking.confirm") else []
    assert not [one for one in heard if one in ("digit.2", "digit.5", "digit.8", "key.5", "key.8")]


@pytest.mark.parametrize("code", ["1111", "0000", "1234", "4321"])
def test_a_code_that_is_easily_guessed_is_refused(code: str) -> None:
    phone = Phone().key("3", "1", "1", "1", code)
    assert (phone.node, phone.prompts[0]) == ("booking.code", "code.easy")


@pytest.mark.parametrize("digits", ["2", "25", "258"])
def test_too_few_digits_are_asked_for_again(digits: str) -> None:
    phone = Phone().key("3", "1", "1", "1", digits)
    assert phone.prompts == ["code.four", "booking.code"]
    assert phone.key(CODE, digits).prompts[0] == "code.differs"


def test_two_different_codes_begin_the_code_anew() -> None:
    phone = Phone().key("3", "1", "1", "1", CODE, "2581")
    assert phone.prompts == ["code.differs", "booking.code"]
    assert phone.key("2581").node == "booking.again"
    assert phone.key("2581").node == "booking.confirm"


def test_another_phone_of_her_own_is_heard_back_by_its_last_four_digits() -> None:
    phone = Phone().key("3", "1", "2")
    [listen] = phone.turn.actions
    assert isinstance(listen, Listen)
    assert (listen.digits, listen.seconds) == (17, 6)
    phone.key(OTHER)
    assert phone.prompts[:5] == ["number.ends", "digit.5", "digit.1", "digit.4", "digit.7"]
    assert phone.key("2").node == "booking.number"
    phone.key(OTHER, "1", "1", CODE, CODE, "1")
    asked = wanted(phone).wanted
    assert (asked.number, asked.own) == (OTHER_E164, False)


@pytest.mark.parametrize(
    ("keyed", "why"),
    [
        ("101", "short"), ("0", ""), ("12", "short"), ("090055515", "premium"),
        ("080055515", "free"), ("078055800", "centre"), ("032011690", "centre"),
        ("0012025550123", "country"), ("00999123456789", "unknown"), ("9955551234", "unknown"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_rung_is_refused_in_a_plain_sentence(keyed: str, why: str) -> None:
    phone = Phone().key("3", "1", "2", keyed)
    if why:
        assert phone.prompts == [f"number.{why}", "number.key"]
        assert phone.node == "booking.number"
    else:
        assert phone.rings


def test_a_number_of_the_line_itself_is_refused() -> None:
    shown = next(one for one in staffed().directory.access if one.purpose == "outbound").number
    phone = Phone().key("3", "1", "2", f"00{shown[1:]}")
    assert phone.prompts[0] == "number.ours"


def test_a_star_in_an_entry_begins_it_again_and_a_hash_covers() -> None:
    phone = Phone().key("3", "1", "2", "047*")
    assert (phone.node, phone.clear, phone.prompts) == ("booking.number", True, ["number.key"])
    assert phone.key(f"04*{OTHER}").node == "booking.heard"
    phone = Phone().key("3", "1", "1", "1", "25*8")
    assert (phone.node, phone.clear) == ("booking.code", True)
    phone.key("25#0")
    assert phone.covered
    assert phone.call.draft == ()


@pytest.mark.parametrize("caller", ["", "+12025550123", "+3280055501"])
def test_a_phone_that_cannot_be_rung_is_not_offered(caller: str) -> None:
    phone = Phone(caller=caller).key("3", "1")
    assert "booking.this" not in phone.prompts
    assert "booking.other" in phone.prompts
    assert phone.key("1").node == "booking.phone"
    assert phone.call.wrong == 1
    assert phone.key("2").node == "booking.number"


def test_her_phone_is_named_by_its_last_two_digits_and_somebody_elses_is_never_left() -> None:
    phone = Phone().key("3", "1")
    said = phone.prompts
    assert said[:5] == ["booking.start", "booking.this", "digit.4", "digit.7", "key.1"]
    assert said[-1] == "booking.somebody"


def test_no_phone_suits_says_when_it_is_quiet_and_keeps_nothing() -> None:
    phone = Phone().key("3", "1", "3")
    assert phone.prompts[0] == "booking.quiet"
    assert phone.call.draft == ()
    assert phone.wait().prompts[-1] == "goodbye.end"


def test_stop_keeps_nothing_and_says_so() -> None:
    phone = Phone().key(*TO_CONFIRM, "3")
    assert (phone.node, phone.prompts[0]) == ("main", "booking.stopped")
    assert phone.call.draft == ()


@pytest.mark.parametrize("steps", range(1, 7))
def test_silence_keeps_nothing_and_ends_at_a_person(steps: int) -> None:
    phone = Phone().key(*TO_CONFIRM[:steps])
    phone.wait(3)
    assert phone.rings
    assert phone.call.mute
    assert phone.call.draft == ()
    assert not phone.effect


@pytest.mark.parametrize("steps", range(1, 7))
def test_zero_is_a_person_at_every_turn_and_the_draft_is_gone(steps: int) -> None:
    phone = Phone().key(*TO_CONFIRM[:steps], "0")
    assert phone.rings
    assert phone.call.draft == ()


@pytest.mark.parametrize(
    ("steps", "before"),
    [(1, "main"), (2, "callback"), (3, "booking.phone"), (4, "booking.time"),
     (5, "booking.code"), (6, "booking.code")],
)  # fmt: skip
def test_nine_is_one_step_back_from_every_turn(steps: int, before: str) -> None:
    assert Phone().key(*TO_CONFIRM[:steps], "9").node == before


def test_star_says_each_step_again_slower() -> None:
    for steps in range(1, 7):
        phone = Phone().key(*TO_CONFIRM[:steps])
        before = phone.prompts
        phone.key("*")
        assert phone.clear
        assert phone.prompts == before


def test_after_a_booking_the_call_ends_by_itself() -> None:
    phone = Phone().key(*TO_CONFIRM, "1").got(Noted(Note.NOTED))
    assert phone.key("*").prompts[0] == "booking.noted"
    phone.wait()
    assert isinstance(phone.turn.actions[-1], HangUp)
