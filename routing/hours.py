"""When a centre answers, by the wall clock of the directory's zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.days import closure_on, is_public_holiday
from routing.directory import Closure, Hours
from routing.saying import say_hours
from routing.week import Spans, week_of

__all__ = ["is_open", "next_opening", "say_hours"]

QUARTER = timedelta(minutes=15)
HORIZON = 400  # days that are searched for the next opening


def is_open(hours: Hours, closures: tuple[Closure, ...], zone: str, at: datetime) -> bool:
    """Whether a centre answers at a moment (aware), by what a wall clock in the zone shows.

    In the hour that happens twice the wall shows the same twice, and so do the hours; the hour
    that does not exist never comes. Raises ValueError for a moment without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("hours are asked for a moment that has a time zone")
    wall = at.astimezone(ZoneInfo(zone))
    return _within(_opening(hours, closures, wall.date()), wall)


def next_opening(
    hours: Hours, closures: tuple[Closure, ...], zone: str, at: datetime
) -> datetime | None:
    """The first moment from `at` on (aware) at which a centre answers, as the zone's wall time.

    None when there is no such moment within 400 days. Hours begin on quarters of an hour.
    """
    here = ZoneInfo(zone)
    if is_open(hours, closures, zone, at):
        return at.astimezone(here)
    today = at.astimezone(here).date()
    for day in (today + timedelta(days=ahead) for ahead in range(HORIZON)):
        spans = _opening(hours, closures, day)
        moments = _quarters(day, here) if spans else iter(())
        for moment in moments:
            if moment >= at and _within(spans, moment.astimezone(here)):
                return moment.astimezone(here)
    return None


def _within(spans: Spans, wall: datetime) -> bool:
    now = wall.hour * 60 + wall.minute
    return any(start <= now < until for start, until in spans)


def _opening(hours: Hours, closures: tuple[Closure, ...], day: date) -> Spans:
    spans = week_of(hours)[day.weekday()]
    if not spans or closure_on(closures, day):
        return ()
    return () if not hours.holidays and is_public_holiday(day) else spans


def _quarters(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Every quarter of an hour of a day in a zone, in UTC: 92 to 100 of them, as clocks change."""
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    while moment.astimezone(zone).date() == day:
        yield moment
        moment += QUARTER
