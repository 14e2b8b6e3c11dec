"""A week of opening as minutes, so that hours are kept, said and checked by one arithmetic."""

from collections.abc import Iterable
from datetime import time
from functools import lru_cache

from routing.directory import Hours, Stretch

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = 24 * 60  # minutes
QUARTER = 15

Span = tuple[int, int]
Spans = tuple[Span, ...]


def minutes(stretch: Stretch) -> Span:
    """A stretch as minutes of its day, the end not included; midnight at the end is 1440."""
    until = stretch.until.hour * 60 + stretch.until.minute
    return stretch.start.hour * 60 + stretch.start.minute, until or DAY


def on_quarter(moment: time) -> bool:
    """Whether a time of day can be said: full, quarter and half hours can."""
    return moment.minute % QUARTER == moment.second == moment.microsecond == 0


@lru_cache(maxsize=256)
def week_of(hours: Hours) -> tuple[Spans, ...]:
    """The opening of each day from Monday on, in order, with stretches that touch joined."""
    if hours.always:
        return (((0, DAY),),) * 7
    return tuple(_day(hours, weekday) for weekday in range(7))


def joined(spans: Iterable[Span]) -> Spans:
    """Spans of one day in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, until in sorted(spans):
        if found and start <= found[-1][1]:
            start, until = found[-1][0], max(until, found.pop()[1])
        found.append((start, until))
    return tuple(found)


def _day(hours: Hours, weekday: int) -> Spans:
    return joined(minutes(one) for one in hours.week if one.weekday == weekday)
