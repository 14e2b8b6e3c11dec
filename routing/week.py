"""A week of opening as minutes, so that hours are kept, said and checked by one arithmetic."""

from functools import lru_cache

from routing.directory import Hours, Stretch

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = 24 * 60  # minutes

Span = tuple[int, int]
Spans = tuple[Span, ...]


def minutes(stretch: Stretch) -> Span:
    """A stretch as minutes of its day, the end not included; midnight at the end is 1440."""
    until = stretch.until.hour * 60 + stretch.until.minute
    return stretch.start.hour * 60 + stretch.start.minute, until or DAY


@lru_cache(maxsize=256)
def week_of(hours: Hours) -> tuple[Spans, ...]:
    """The opening of each day from Monday on, in order, with stretches that touch joined."""
    if hours.always:
        return (((0, DAY),),) * 7
    return tuple(_day(hours, weekday) for weekday in range(7))


def _day(hours: Hours, weekday: int) -> Spans:
    joined: list[Span] = []
    for start, until in sorted(minutes(one) for one in hours.week if one.weekday == weekday):
        if joined and start <= joined[-1][1]:
            start, until = joined[-1][0], max(until, joined.pop()[1])
        joined.append((start, until))
    return tuple(joined)
