"""What is said is what is kept: the spoken hours, read back by a parser that knows only words."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings

from prompts import load_catalogue
from routing import saying
from routing.directory import Hours, Stretch
from routing.hours import say_hours
from routing.saying import say_window
from routing.window import Window
from tests.routing.directories import HOURS, OFFICE

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Minutes = set[tuple[int, int]]


class Listener:
    """Somebody who hears the prompts one by one and writes down when it is open."""

    def __init__(self, said: tuple[str, ...]) -> None:
        self.rest = list(said)

    def next(self, *wanted: str) -> str:
        """Take the next prompt when it is one of these, or begins a family such as `day.`."""
        if self.rest and any(self.rest[0].startswith(one) for one in wanted):
            return self.rest.pop(0)
        return ""

    def must(self, wanted: str) -> str:
        heard = self.next(wanted)
        assert heard, f"expected {wanted}, heard {self.rest[:1]}"
        return heard

    def hear(self) -> tuple[Minutes, bool]:
        """The minutes of the week that were said, and whether holidays count as well."""
        if not self.rest:
            return set(), True
        always = {(day, minute) for day in range(7) for minute in range(1440)}
        found = always if self.next("hours.always") else self.groups()
        holidays = not self.next("hours.notholidays")
        assert not self.rest
        return found, holidays

    def groups(self) -> Minutes:
        found: Minutes = set()
        days = self.days()
        while True:
            found |= {(day, minute) for minute in self.stretch() for day in days}
            if not self.next("hours.and"):
                return found
            if self.rest[0].startswith("day.") or self.rest[1].startswith("day."):
                days = self.days()

    def days(self) -> range:
        if alone := self.next("day."):
            return range(DAYS.index(alone[4:]), DAYS.index(alone[4:]) + 1)
        self.must("hours.from")
        first = DAYS.index(self.must("day.")[4:])
        self.must("hours.until")
        last = DAYS.index(self.must("day.")[4:])
        assert first < last
        return range(first, last + 1)

    def stretch(self) -> range:
        self.must("hours.from")
        start = self.time()
        self.must("hours.until")
        return range(start, self.time())

    def time(self) -> int:
        hour = int(self.must("hour.")[5:])
        part = self.next("minute.")
        assert part in {"", "minute.15", "minute.30", "minute.45"}
        return hour * 60 + int(part[7:] or 0)


def kept(hours: Hours) -> Minutes:
    """The minutes of the week that are kept, counted one by one."""
    if hours.always:
        return {(day, minute) for day in range(7) for minute in range(1440)}
    return {
        (one.weekday, minute)
        for one in hours.week
        for minute in range(
            one.start.hour * 60 + one.start.minute,
            one.until.hour * 60 + one.until.minute or 1440,
        )
    }


def spoken(hours: Hours) -> str:
    return " ".join(key.partition(".")[2] for key in say_hours(hours))


def test_office_hours_are_said_as_a_range_of_days() -> None:
    assert spoken(OFFICE) == "from monday until friday from 9 until 18 notholidays"


def test_day_and_night_is_said_in_one() -> None:
    assert say_hours(Hours(always=True)) == ("hours.always",)
    full = Hours(week=tuple(Stretch(day, time(0), time(0)) for day in range(7)), holidays=False)
    assert say_hours(full) == ("hours.always", "hours.notholidays")


def test_a_pause_at_noon_a_single_day_and_midnight() -> None:
    hours = Hours(
        week=(
            Stretch(2, time(9), time(12, 30)),
            Stretch(2, time(13, 15), time(17, 45)),
            Stretch(5, time(22), time(0)),
            Stretch(6, time(0), time(2)),
        )
    )
    assert spoken(hours) == (
        "wednesday from 9 until 12 30 and from 13 15 until 17 45"
        " and saturday from 22 until 24 and sunday from 0 until 2"
    )


def test_stretches_that_touch_are_said_as_one() -> None:
    hours = Hours(week=(Stretch(0, time(12), time(18)), Stretch(0, time(9), time(12))))
    assert spoken(hours) == "monday from 9 until 18"


def test_hours_that_never_hold_are_not_said() -> None:
    assert say_hours(Hours(holidays=False)) == ()


@pytest.mark.parametrize(
    ("ahead", "start", "until", "said"),
    [
        (0, 14 * 60, 16 * 60, "today from 14 until 16"),
        (1, 22 * 60, 24 * 60, "tomorrow from 22 until 24"),
        (2, 0, 2 * 60, "wednesday from 0 until 2"),
        (6, 9 * 60 + 15, 10 * 60 + 45, "sunday from 9 15 until 10 45"),
        (-1, 9 * 60, 10 * 60, "sunday from 9 until 10"),
    ],
)
def test_a_window_is_said_by_its_day_and_its_hours(
    ahead: int, start: int, until: int, said: str
) -> None:
    monday = date(2026, 11, 23)
    keys = say_window(Window(monday + timedelta(days=ahead), start, until), monday)
    assert " ".join(key.partition(".")[2] for key in keys) == said
    assert set(keys) <= set(load_catalogue().keys)


@settings(max_examples=500, deadline=None)
@given(HOURS)
def test_what_is_said_is_what_is_kept(hours: Hours) -> None:
    said, holidays = Listener(say_hours(hours)).hear()
    assert said == kept(hours)
    assert holidays == (hours.holidays or not kept(hours))


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("_say_time", lambda minute: [f"hour.{minute // 60}"]),
        ("_say_days", lambda first, last: [f"day.{DAYS[first]}"]),
        ("_say_spans", lambda spans: saying._say_time(spans[0][0])),
    ],
)
def test_planted_fault_the_listener_hears_it(
    name: str, fault: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = Hours(week=tuple(Stretch(day, time(9, 30), time(12, 45)) for day in range(3)))
    assert Listener(say_hours(hours)).hear()[0] == kept(hours)
    monkeypatch.setattr(saying, name, fault)
    try:
        heard = Listener(say_hours(hours)).hear()[0]
    except AssertionError:
        return
    assert heard != kept(hours)
