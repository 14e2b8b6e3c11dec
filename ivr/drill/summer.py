"""When the clocks of Brussels change, written down, and plain arithmetic on it: an oracle that
knows no time zones.

Directive 2000/84/EC: summer time begins and ends at 01:00 UTC, on the last Sunday of March and of
October. Moments are minutes since 1970 in UTC.
"""

from datetime import date
from functools import lru_cache

CHANGES = {
    2025: (date(2025, 3, 30), date(2025, 10, 26)),
    2026: (date(2026, 3, 29), date(2026, 10, 25)),
    2027: (date(2027, 3, 28), date(2027, 10, 31)),
    2028: (date(2028, 3, 26), date(2028, 10, 29)),
    2029: (date(2029, 3, 25), date(2029, 10, 28)),
    2030: (date(2030, 3, 31), date(2030, 10, 27)),
}
DAY = 1440
WINTER, SUMMER = 60, 120  # minutes before UTC


def minute_of(day: date) -> int:
    """The first minute of a day in UTC."""
    return (day - date(1970, 1, 1)).days * DAY


@lru_cache(maxsize=8192)
def safe_span(day: date, start: int, until: int) -> tuple[int, int]:
    """Both ends of a window, read for her safety by looking at the clock minute by minute.

    It begins when its start is shown for the last time, and ends when its end, or what comes
    after it, is shown for the first time.
    """
    clock, midnight = _clock(day), minute_of(day)
    begins = [minute for minute, hands in clock if hands == midnight + start]
    skipped = [minute for minute, hands in clock if hands > midnight + start]
    ends = [minute for minute, hands in clock if hands >= midnight + until]
    return (begins[-1] if begins else skipped[0]), ends[0]


@lru_cache(maxsize=256)
def _clock(day: date) -> tuple[tuple[int, int], ...]:
    """Every minute around a day, with what a clock in Brussels shows then (as if it were UTC)."""
    begins, ends = (minute_of(change) + 60 for change in CHANGES[day.year])
    first = minute_of(day)
    minutes = range(first - 3 * 60, first + DAY + 60)
    return tuple((one, one + (SUMMER if begins <= one < ends else WINTER)) for one in minutes)
