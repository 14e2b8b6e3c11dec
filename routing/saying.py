"""Hours and windows as a caller hears them: sequences of prompt keys, made from what is kept."""

from datetime import date
from itertools import groupby

from routing.directory import Hours
from routing.week import DAY, DAYS, Spans, week_of
from routing.window import Window

NEAR = {0: "day.today", 1: "day.tomorrow"}


def say_hours(hours: Hours) -> tuple[str, ...]:
    """Say hours as prompt keys: neighbouring days with equal hours become a range of days.

    Hours that never hold are not said at all.
    """
    week = week_of(hours)
    if not any(week):
        return ()
    always = all(spans == ((0, DAY),) for spans in week)
    said = ["hours.always"] if always else _say_week(week)
    return (*said, *(() if hours.holidays else ("hours.notholidays",)))


def say_window(window: Window, today: date) -> tuple[str, ...]:
    """Say a window as prompt keys: today, tomorrow or its weekday, then its hours.

    `today` is the day of its zone's wall clock. A weekday means the next one of that name.
    """
    ahead = (window.day - today).days
    day = NEAR.get(ahead) or f"day.{DAYS[window.day.weekday()]}"
    return (day, *_say_spans(((window.start, window.until),)))


def _say_week(week: tuple[Spans, ...]) -> list[str]:
    said: list[str] = []
    for spans, group in groupby(range(7), key=lambda day: week[day]):
        if spans:
            days = list(group)
            said += [*_and(said), *_say_days(days[0], days[-1]), *_say_spans(spans)]
    return said


def _say_days(first: int, last: int) -> list[str]:
    if first == last:
        return [f"day.{DAYS[first]}"]
    return ["hours.from", f"day.{DAYS[first]}", "hours.until", f"day.{DAYS[last]}"]


def _say_spans(spans: Spans) -> list[str]:
    said: list[str] = []
    for start, until in spans:
        times = ["hours.from", *_say_time(start), "hours.until", *_say_time(until)]
        said += [*_and(said), *times]
    return said


def _and(said: list[str]) -> list[str]:
    return ["hours.and"] if said else []


def _say_time(minute: int) -> list[str]:
    hour, rest = divmod(minute, 60)
    return [f"hour.{hour}", *([f"minute.{rest}"] if rest else [])]
