"""What she may change before she says yes, her wishes, other times, and when there are none."""

from dataclasses import replace
from datetime import date

import pytest

from ivr.call.actions import Book, Wanted
from ivr.call.signals import Note, Noted
from routing.window import Window
from tests.call.promised import CODE, OTHER, OTHER_E164, TO_CONFIRM, Phone, staffed
from tests.worlds import MONDAY_MORNING


def wanted(phone: Phone) -> Wanted:
    """What she said yes to."""
    assert isinstance(phone.effect, Book)
    return phone.effect.wanted


@pytest.mark.parametrize(
    ("key", "wish"), [("1", "voicemail"), ("2", "redial"), ("3", "retry"), ("4", "woman")]
)
def test_a_wish_is_off_until_she_chooses_it_and_can_be_taken_away(key: str, wish: str) -> None:
    phone = Phone().key(*TO_CONFIRM, "4")
    assert phone.prompts.count("wish.no") == 4
    phone.key(key)
    said = phone.prompts
    assert said[said.index(f"wish.{wish}") + 1] == "wish.yes"
    phone.key("5")
    assert phone.node == "booking.confirm"
    place = phone.prompts.index("booking.wished")
    assert phone.prompts[place + 1] == f"wish.{wish}"
    asked = wanted(phone.key("1"))
    assert [one for one in ("voicemail", "redial", "retry", "woman") if getattr(asked, one)] == [
        wish
    ]
    phone = Phone().key(*TO_CONFIRM, "4", key, key, "9", "1")
    assert not getattr(wanted(phone), wish)


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        (("1", "2", OTHER, "1"), "number", OTHER_E164),
        (("2", "2"), "window", Window(date(2026, 11, 23), 12 * 60, 14 * 60)),
        (("2", "5", "3", "1"), "window", Window(date(2026, 11, 25), 8 * 60, 10 * 60)),
        (("3", "2581", "2581"), "code", "2581"),
    ],
)
def test_one_thing_is_changed_and_the_rest_stands(
    keys: tuple[str, ...], field: str, value: object
) -> None:
    plain = wanted(Phone().key(*TO_CONFIRM, "1"))
    phone = Phone().key(*TO_CONFIRM, "2", *keys)
    assert phone.node == "booking.confirm"
    asked = wanted(phone.key("1"))
    own = {"own": False} if field == "number" else {}
    assert asked == replace(plain, **{field: value}, **own)


def test_another_day_is_a_weekday_and_then_a_part_of_it() -> None:
    phone = Phone().key("3", "1", "1", "5")
    assert phone.prompts[:5] == [
        "booking.whichday", "day.today", "digit.1", "day.tomorrow", "digit.2",
    ]  # fmt: skip
    assert phone.prompts[-1] == "digit.7"
    phone.key("4")
    assert phone.prompts[:2] == ["day.thursday", "booking.whichpart"]
    assert phone.prompts[-1] == "digit.8"
    assert phone.key("8").node == "booking.code"
    asked = wanted(phone.key(CODE, CODE, "1"))
    assert asked.window == Window(date(2026, 11, 26), 22 * 60, 24 * 60)


def test_with_four_times_or_less_there_is_no_other_day() -> None:
    at = MONDAY_MORNING.replace(hour=16)
    phone = Phone(replace(staffed(0), at=at)).key("3", "1", "1")
    assert "booking.day" not in phone.prompts
    assert phone.key("5").node == "booking.time"
    assert phone.call.wrong == 1


def test_a_day_is_named_once_among_the_next_times() -> None:
    at = MONDAY_MORNING.replace(hour=19)
    phone = Phone(replace(staffed(), at=at)).key("3", "1", "1")
    days = [one for one in phone.prompts if one.startswith("day.")]
    assert days == ["day.today", "day.tomorrow"]


def test_a_key_means_the_time_that_she_heard_however_late_it_comes() -> None:
    phone = Phone().key("3", "1", "1")
    phone.later(80 * 60)
    asked = wanted(phone.key("1", CODE, CODE, "1"))
    assert asked.window == Window(date(2026, 11, 23), 10 * 60, 12 * 60)


def test_a_full_time_leads_to_the_others_and_keeps_the_rest() -> None:
    phone = Phone().key(*TO_CONFIRM, "1").got(Noted(Note.FULL))
    assert (phone.node, phone.prompts[:2]) == ("booking.time", ["booking.full", "booking.times"])
    asked = wanted(phone.key("3", "1"))
    assert (asked.window.start, asked.code) == (14 * 60, CODE)


@pytest.mark.parametrize(
    ("how", "said"), [(Note.CAPPED, "booking.capped"), (Note.AWAY, "booking.failed")]
)
def test_what_could_not_be_kept_is_said_and_a_person_is_rung(how: Note, said: str) -> None:
    phone = Phone().key(*TO_CONFIRM, "1").got(Noted(how))
    assert phone.rings
    assert phone.prompts == [said, "person.ringing"]
    assert phone.call.draft == ()


def test_one_that_she_had_already_is_changed_and_that_is_said() -> None:
    phone = Phone().key(*TO_CONFIRM, "1").got(Noted(Note.CHANGED))
    assert (phone.node, phone.prompts[0]) == ("booking.changed", "booking.changed")
    assert "booking.nothing" in phone.prompts


def test_with_nobody_at_work_only_her_own_callback_and_the_hours_are_offered() -> None:
    nobody = replace(staffed(), directory=replace(staffed().directory, roster=()))
    phone = Phone(nobody).key("3")
    assert phone.node == "callback.none"
    assert phone.prompts[:3] == ["callback.none", "callback.ring", "hours.always"]
    assert "callback.new" not in phone.prompts
    assert phone.key("1").node == "callback.none"
    assert phone.key("2").node == "mine"


def test_with_the_database_away_she_is_told_that_nothing_can_be_noted_now() -> None:
    phone = Phone().promises(None).key("3")
    assert (phone.node, phone.prompts[:2]) == ("callback.away", ["callback.away", "callback.ring"])
    assert phone.key("9").node == "main"


def test_times_that_go_while_she_chooses_lead_to_what_is_possible() -> None:
    assert Phone().key("3", "1").promises(None).key("1").node == "callback.away"
    assert Phone().key("3", "1", "1").promises(None).key("5").node == "callback.away"
    phone = Phone().key(*TO_CONFIRM, "1").promises(None).got(Noted(Note.FULL))
    assert (phone.node, phone.prompts[0]) == ("callback.away", "booking.full")


def test_nobody_who_speaks_her_language_is_nobody() -> None:
    here = staffed(languages=("nl",))
    assert Phone(here).key("3").node == "callback.none"
    assert Phone(here, language="1").key("3").node == "callback"


def test_she_can_ask_for_a_call_after_every_topic_and_when_nobody_answered() -> None:
    asked = wanted(Phone().key("4", "2", "2", "3", "1", "1", "1", CODE, CODE, "1"))
    assert (asked.need, asked.young) == ("papers.status", False)
    asked = wanted(Phone().key("5", "2", "3", "1", "1", "1", CODE, CODE, "1"))
    assert (asked.need, asked.young) == ("young.love", True)
    phone = Phone().key("2", "3")
    while phone.rings:
        phone.refused()
    assert phone.node == "nobody"
    asked = wanted(phone.key("3", "1", "1", "1", CODE, CODE, "1"))
    assert (asked.region, asked.need) == ("wallonia", "")
