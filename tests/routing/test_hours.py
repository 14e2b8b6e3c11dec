"""Is somebody there? By the clock on the wall, on every day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from routing import hours as hours_module
from routing.days import public_holidays
from routing.directory import Closure, Hours, Stretch
from routing.hours import is_open, next_opening
from tests.routing.directories import ALWAYS, CLOSURES, HOURS, MOMENTS, OFFICE

ZONE = "Europe/Brussels"
BRUSSELS = ZoneInfo(ZONE)
NIGHT = Hours(week=(Stretch(5, time(22), time(0)), Stretch(6, time(0), time(2, 30))))


def last_sunday(year: int, month: int) -> datetime:
    """The instant at which clocks change in that month (directive 2000/84/EC): 01:00 UTC."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


SUMMER = {year: (last_sunday(year, 3), last_sunday(year, 10)) for year in range(2025, 2031)}
CHANGES = [*SUMMER[2026], *SUMMER[2027]]


def wall(at: datetime) -> datetime:
    """What a clock on a wall in Belgium shows, without any time zone database."""
    first, last = SUMMER[(at + timedelta(hours=1)).year]
    return (at + timedelta(hours=2 if first <= at < last else 1)).replace(tzinfo=None)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


def holidays_by_hand(year: int) -> set[date]:
    """The ten days of the Belgian act of 4 January 1974 and its decree."""
    fixed = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (easter(year) + timedelta(days=days) for days in (1, 39, 50))
    return {date(year, month, day) for month, day in fixed} | set(moving)


def open_by_hand(hours: Hours, closures: tuple[Closure, ...], at: datetime) -> bool:
    """The oracle: the wall's minutes, counted one by one."""
    shown = wall(at)
    day = shown.date()
    if any(one.first <= day <= one.last for one in closures):
        return False
    if not hours.holidays and day in holidays_by_hand(day.year):
        return False
    minute = shown.hour * 60 + shown.minute
    return hours.always or any(
        minute in range(one.start.hour * 60 + one.start.minute, end_of(one))
        for one in hours.week
        if one.weekday == day.weekday()
    )


def end_of(stretch: Stretch) -> int:
    return (stretch.until.hour * 60 + stretch.until.minute) or 1440


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00:00", True),
        ("2026-11-23T17:59:59", True),
        ("2026-11-23T18:00:00", False),
        ("2026-11-22T12:00:00", False),  # a Sunday
        ("2026-11-11T12:00:00", False),  # Armistice Day, a Wednesday
        ("2027-03-29T12:00:00", False),  # Easter Monday
        ("2026-11-24T12:00:00", True),
    ],
)
def test_office_hours_end_when_they_say(moment: str, there: bool) -> None:
    assert is_open(OFFICE, (), ZONE, at(moment)) is there


def test_a_stretch_to_midnight_meets_the_next_days_stretch_without_a_gap() -> None:
    for minute in range(-120, 150):
        assert is_open(NIGHT, (), ZONE, at("2026-11-22T00:00:00") + timedelta(minutes=minute))
    assert not is_open(NIGHT, (), ZONE, at("2026-11-22T02:30:00"))
    assert not is_open(NIGHT, (), ZONE, at("2026-11-21T21:59:59"))


def test_a_closure_takes_both_its_days_and_no_other() -> None:
    closed = (Closure(date(2026, 11, 24), date(2026, 11, 25), "renovation"),)
    days = [is_open(ALWAYS, closed, ZONE, at(f"2026-11-{day}T12:00:00")) for day in range(23, 27)]
    assert days == [True, False, False, True]


def test_in_the_hour_that_happens_twice_the_wall_decides_both_times() -> None:
    there = [
        is_open(NIGHT, (), ZONE, datetime(2026, 10, 25, 0, tzinfo=UTC) + timedelta(minutes=15 * n))
        for n in range(9)
    ]
    # 02:00 02:15 02:30 02:45, and again, and 03:00
    assert there == [True, True, False, False, True, True, False, False, False]


def test_the_hour_that_does_not_exist_never_comes() -> None:
    missing = Hours(week=(Stretch(6, time(2), time(3)),))
    minutes = (datetime(2026, 3, 29, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(180))
    assert not any(is_open(missing, (), ZONE, minute) for minute in minutes)
    reaching = Hours(week=(Stretch(6, time(2, 30), time(4)),))
    found = next_opening(reaching, (), ZONE, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert found == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert found.hour == 3


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(ALWAYS, (), ZONE, datetime(2026, 1, 1))  # noqa: DTZ001 - the fault in question


AROUND = st.sampled_from([*CHANGES, datetime(2026, 12, 31, 23, tzinfo=UTC)])
NEAR = st.builds(
    lambda moment, by: moment + timedelta(seconds=by), AROUND, st.integers(-(2**18), 2**18)
)
ANY_TIME = MOMENTS | NEAR
SOME = st.lists(CLOSURES, max_size=2).map(tuple)


@settings(max_examples=600, deadline=None)
@given(HOURS, SOME, ANY_TIME)
def test_it_is_open_exactly_when_the_wall_says_so(
    hours: Hours, closures: tuple[Closure, ...], moment: datetime
) -> None:
    assert is_open(hours, closures, ZONE, moment) is open_by_hand(hours, closures, moment)


@settings(max_examples=150, deadline=None)
@given(HOURS, SOME, ANY_TIME)
@example(OFFICE, (Closure(date(2026, 1, 1), date(2026, 12, 25), "x"),), CHANGES[0])
def test_the_next_opening_is_open_and_nothing_before_it_is(
    hours: Hours, closures: tuple[Closure, ...], moment: datetime
) -> None:
    found = next_opening(hours, closures, ZONE, moment)
    if found is None:
        assert not hours.always
        assert not hours.week
        return
    assert found >= moment
    assert open_by_hand(hours, closures, found.astimezone(UTC))
    step = moment
    while step < found and step < moment + timedelta(days=4):
        assert not open_by_hand(hours, closures, step)
        step += timedelta(minutes=7)


def test_the_next_opening_skips_the_weekend_and_the_holiday() -> None:
    # Friday evening before Easter 2027: Monday is a holiday.
    found = next_opening(OFFICE, (), ZONE, at("2027-03-26T20:00:00"))
    assert found == at("2027-03-30T09:00:00")


def test_after_closed_days_a_line_that_never_sleeps_opens_at_midnight() -> None:
    closed = (Closure(date(2026, 11, 24), date(2026, 12, 31), "renovation"),)
    assert next_opening(ALWAYS, closed, ZONE, at("2026-11-24T12:00:00")) == at(
        "2027-01-01T00:00:00"
    )


def test_a_closure_of_more_than_a_year_still_has_an_end() -> None:
    closed = (Closure(date(2026, 1, 1), date(2027, 1, 25), "rebuilding"),)
    found = next_opening(OFFICE, closed, ZONE, at("2026-01-01T12:00:00"))
    assert found == at("2027-01-26T09:00:00")


@pytest.mark.parametrize("year", range(2020, 2061))
def test_the_public_holidays_are_the_ten_of_the_law(year: int) -> None:
    assert public_holidays(year) == holidays_by_hand(year)
    assert easter(year) not in public_holidays(year)


def test_planted_fault_an_end_that_counts_as_open_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        hours_module,
        "_within",
        lambda spans, shown: any(
            start <= shown.hour * 60 + shown.minute <= until for start, until in spans
        ),
    )
    moment = at("2026-11-23T18:00:00").astimezone(UTC)
    assert is_open(OFFICE, (), ZONE, moment) is not open_by_hand(OFFICE, (), moment)
