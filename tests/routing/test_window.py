"""A window on paper and in time: the moments are written down by hand, in UTC."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from routing.window import Window, in_utc

SPRING = date(2026, 3, 29)  # at 02:00 the clock shows 03:00: 01:00 in UTC
AUTUMN = date(2026, 10, 25)  # at 03:00 the clock shows 02:00 again: 01:00 in UTC


def utc(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "start", "until", "begins", "ends"),
    [
        (date(2026, 1, 15), 14, 16, "2026-01-15 13:00", "2026-01-15 15:00"),
        (date(2026, 7, 15), 14, 16, "2026-07-15 12:00", "2026-07-15 14:00"),
        (date(2026, 7, 15), 22, 24, "2026-07-15 20:00", "2026-07-15 22:00"),
        (date(2026, 12, 31), 22, 24, "2026-12-31 21:00", "2026-12-31 23:00"),
        (date(2027, 1, 1), 0, 2, "2026-12-31 23:00", "2027-01-01 01:00"),
        (date(2028, 2, 29), 0, 24, "2028-02-28 23:00", "2028-02-29 23:00"),
        (SPRING, 0, 2, "2026-03-28 23:00", "2026-03-29 01:00"),
        (SPRING, 1, 3, "2026-03-29 00:00", "2026-03-29 01:00"),
        (SPRING, 2, 4, "2026-03-29 01:00", "2026-03-29 02:00"),
        (SPRING, 2, 3, "2026-03-29 01:00", "2026-03-29 01:00"),
        (SPRING, 2.25, 2.75, "2026-03-29 01:00", "2026-03-29 01:00"),
        (SPRING, 3, 5, "2026-03-29 01:00", "2026-03-29 03:00"),
        (SPRING, 0, 24, "2026-03-28 23:00", "2026-03-29 22:00"),
        (AUTUMN, 0, 2, "2026-10-24 22:00", "2026-10-25 00:00"),
        (AUTUMN, 1, 3, "2026-10-24 23:00", "2026-10-25 02:00"),
        (AUTUMN, 2, 4, "2026-10-25 01:00", "2026-10-25 03:00"),
        (AUTUMN, 1, 2.5, "2026-10-24 23:00", "2026-10-25 00:30"),
        (AUTUMN, 2.5, 4, "2026-10-25 01:30", "2026-10-25 03:00"),
        (AUTUMN, 2, 3, "2026-10-25 01:00", "2026-10-25 02:00"),
        (AUTUMN, 2, 2.75, "2026-10-25 01:00", "2026-10-25 00:45"),
        (AUTUMN, 0, 24, "2026-10-24 22:00", "2026-10-25 23:00"),
    ],
)
def test_both_ends_as_moments(
    day: date, start: float, until: float, begins: str, ends: str
) -> None:
    window = Window(day, int(start * 60), int(until * 60))
    assert window.span() == (utc(begins), utc(ends))
    assert {end.tzinfo for end in window.span()} == {UTC}
    assert window.empty is (utc(begins) >= utc(ends))


def test_it_is_read_on_the_clock_of_its_own_zone() -> None:
    window = Window(date(2026, 1, 15), 14 * 60, 16 * 60, "America/New_York")
    assert window.span() == (utc("2026-01-15 19:00"), utc("2026-01-15 21:00"))


def test_a_day_that_a_country_left_out_has_no_windows() -> None:
    samoa = Window(date(2011, 12, 30), 8 * 60, 20 * 60, "Pacific/Apia")
    assert samoa.span() == (utc("2011-12-30 10:00"), utc("2011-12-30 10:00"))
    assert samoa.empty


def test_a_moment_is_compared_in_utc_and_needs_a_zone() -> None:
    brussels = timezone(timedelta(hours=2))
    assert in_utc(datetime(2026, 7, 1, 14, tzinfo=brussels)) == utc("2026-07-01 12:00")
    assert in_utc(datetime(2026, 7, 1, 14, tzinfo=brussels)).tzinfo is UTC
    with pytest.raises(ValueError, match="has a time zone"):
        in_utc(datetime(2026, 7, 1, 14))  # noqa: DTZ001 - the fault in question
