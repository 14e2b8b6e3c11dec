"""My callback: number and code first; a wrong one and another wrong one sound exactly alike."""

from dataclasses import replace
from datetime import date

import pytest

from ivr.call.actions import Cancel, Erase, Find, Forget, Move
from ivr.call.signals import Done, Known, Note, Noted
from routing.window import Window
from tests.call.promised import CODE, HERS, MINE, OTHER, OTHER_E164, Phone, said_in, staffed


def own(told: str = "") -> Phone:
    """A call that has found its own callback."""
    return Phone().key("3", "2", "1", CODE).got(Known(replace(MINE, told=told)))


def test_from_her_own_phone_only_the_code_is_keyed() -> None:
    phone = Phone().key("3", "2")
    assert phone.prompts[:4] == ["mine.which", "booking.this", "digit.4", "digit.7"]
    assert phone.key("1", CODE).effect == Find(HERS, CODE)


def test_from_another_phone_the_number_is_keyed_too() -> None:
    phone = Phone().key("3", "2", "2", OTHER)
    assert phone.node == "mine.code"
    assert phone.key(CODE).effect == Find(OTHER_E164, CODE)
    phone = Phone(caller="").key("3", "2")
    assert phone.node == "mine.number"
    assert phone.key(OTHER, CODE).effect == Find(OTHER_E164, CODE)
    assert Phone(caller="").key("3", "2", "101").prompts == ["number.short", "number.key"]
    assert Phone(caller="").key("3", "2", "9").node == "callback"


def test_it_can_be_cancelled_heard_moved_and_erased() -> None:
    phone = own()
    assert phone.prompts[:8] == [
        "mine.cancel", "key.1", "mine.hear", "key.2", "mine.move", "key.3", "mine.erase", "key.4",
    ]  # fmt: skip
    hours = ["day.tomorrow", "hours.from", "hour.14", "hours.until", "hour.16"]
    assert phone.key("2").prompts[:6] == ["mine.time", *hours]
    assert phone.key("1").effect == Cancel(MINE.id)
    phone.got(Done(ok=True))
    assert (phone.node, phone.prompts[:2]) == ("mine.cancelled", ["mine.cancelled", "traces.short"])
    assert phone.call.draft == ()
    phone = own().key("4")
    assert phone.effect == Erase(MINE.id)
    assert phone.got(Done(ok=True)).prompts[:2] == ["mine.erased", "traces.short"]
    assert phone.wait().over


def test_moving_is_read_back_and_the_old_time_stands_until_it_is_noted() -> None:
    phone = own().key("3")
    assert phone.node == "mine.time"
    phone.key("2")
    assert phone.prompts[:6] == [
        "mine.new", "day.today", "hours.from", "hour.12", "hours.until", "hour.14",
    ]  # fmt: skip
    window = Window(date(2026, 11, 23), 12 * 60, 14 * 60)
    assert phone.key("1").effect == Move(MINE.id, window)
    phone.got(Noted(Note.FULL))
    assert (phone.node, phone.prompts[0]) == ("mine.time", "mine.full")
    phone.key("9")
    assert "hour.14" in phone.key("2").prompts
    assert phone.prompts[1] == "day.tomorrow"
    phone.key("3", "5", "3", "2", "1").got(Noted(Note.NOTED))
    assert phone.node == "booking.done"
    assert phone.prompts[1] == "day.wednesday"


@pytest.mark.parametrize("how", [Note.CAPPED, Note.AWAY])
def test_a_move_that_could_not_be_kept_is_said_and_a_person_is_rung(how: Note) -> None:
    phone = own().key("3", "1", "1").got(Noted(how))
    assert phone.prompts == ["mine.failed", "person.ringing"]
    assert phone.rings


def test_with_no_other_time_she_is_told_so_and_keeps_what_she_has() -> None:
    phone = own().promises(None).key("3")
    assert (phone.node, phone.prompts[0]) == ("mine.menu", "mine.notimes")
    assert phone.key("1").effect == Cancel(MINE.id)


@pytest.mark.parametrize("keys", ["1", "4"])
def test_what_could_not_be_carried_out_is_said_and_a_person_is_rung(keys: str) -> None:
    phone = own().key(keys).got(Done(ok=False))
    assert phone.prompts == ["mine.failed", "person.ringing"]
    assert phone.rings


@pytest.mark.parametrize(("told", "said"), [("no code", "mine.nocode"), ("missed", "mine.missed")])
def test_what_she_should_know_is_told_first(told: str, said: str) -> None:
    assert own(told).prompts[:2] == [said, "mine.cancel"]


def test_a_wrong_number_and_a_wrong_code_sound_exactly_alike() -> None:
    known = Phone().key("3", "2", "1", "2581").got(Known(None))
    unknown = Phone().key("3", "2", "2", OTHER, CODE).got(Known(None))
    assert known.turn.actions == unknown.turn.actions
    assert known.prompts == ["mine.wrong", "mine.code"]


def test_after_three_wrong_tries_a_person_can_still_be_reached() -> None:
    phone = Phone().key("3", "2", "1")
    for _ in range(3):
        phone.key("2581").got(Known(None))
    assert (phone.node, phone.prompts[:2]) == ("mine.over", ["mine.wrong", "mine.over"])
    for keys in (("1", "3", "2"), ("#",)):
        phone.key(*keys)
    phone.enter("##").key("3", "2")
    assert phone.node == "mine.over"
    assert phone.key("0").rings


def test_tries_are_counted_whichever_way_they_are_come_to() -> None:
    phone = Phone().key("3", "2", "1", "2581").got(Known(None))
    phone.key("9", "2", OTHER, "2581").got(Known(None))
    assert phone.call.tries == 2
    phone.key("0").talked()
    phone.key("2", "3", "2", "1", "2581").got(Known(None))
    assert phone.node == "mine.over"


def test_a_forgotten_code_stops_whatever_there_is_in_the_same_words() -> None:
    phone = Phone().key("3", "2", "3")
    assert phone.prompts[:3] == ["mine.forget", "mine.stop", "key.1"]
    assert phone.key("1").effect == Forget(HERS)
    phone.got(Done(ok=True))
    assert phone.prompts[:2] == ["mine.forgotten", "traces.short"]
    assert phone.key("1").node == "callback"
    assert Phone().key("3", "2", "3", "1").got(Done(ok=False)).prompts[0] == "mine.failed"


def test_a_forgotten_code_is_only_for_the_very_phone_that_she_holds() -> None:
    phone = Phone(caller="").key("3", "2")
    assert "mine.forgot" not in phone.prompts
    phone.turn = replace(phone.turn, call=phone.call._replace(node="mine"))
    phone.key("3")
    assert phone.node == "mine.number"


def test_a_new_one_after_looking_at_the_old_is_a_booking_and_not_a_move() -> None:
    phone = own().key("9", "1", "1", "1", CODE, CODE, "1").got(Noted(Note.NOTED))
    assert phone.node == "booking.done"
    phone = own().key("9", "1", "1", "1", CODE, CODE, "1").got(Noted(Note.CAPPED))
    assert phone.prompts[0] == "booking.capped"


def test_incomplete_digits_are_no_try() -> None:
    phone = Phone().key("3", "2", "1", "25")
    assert phone.prompts == ["code.four", "mine.code"]
    assert phone.call.tries == 0


def test_no_code_is_ever_spoken_and_the_number_never_whole() -> None:
    phone = Phone().key("3", "2", "2", OTHER, CODE).got(Known(None))
    assert not [one for one in phone.prompts if one.startswith("digit.")]
    assert said_in(phone, "mine.wrong")


def test_her_own_callback_is_there_when_nothing_can_be_booked() -> None:
    nobody = replace(staffed(), directory=replace(staffed().directory, roster=()))
    phone = Phone(nobody).key("3", "2", "1", CODE).got(Known(MINE))
    assert phone.key("1").effect == Cancel(MINE.id)
