"""Days and times as people say them, in the zone of the line."""

import math
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ivr.console.words import say

_LOCALES = {"en": "en_GB"}
_DAY = {"nl": "EEEE d MMMM", "fr": "EEEE d MMMM", "de": "EEEE, d. MMMM", "en": "EEEE d MMMM"}


def time_of(at: datetime, language: str, zone: str) -> str:
    """The time of day: 14:30."""
    from babel.dates import format_time  # slow to import

    return format_time(at.astimezone(ZoneInfo(zone)), "HH:mm", locale=_locale(language))


def day_of(at: datetime, language: str, zone: str, now: datetime) -> str:
    """The day: today, tomorrow, yesterday, else the weekday and date, with the year if another."""
    from babel.dates import format_date

    local, today = at.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date()
    near = {0: "day.today", 1: "day.tomorrow", -1: "day.yesterday"}.get((local - today).days)
    if near:
        return say(language, near)
    pattern = _DAY[language] if local.year == today.year else f"{_DAY[language]} y"
    return format_date(local, pattern, locale=_locale(language))


def moment(at: datetime, language: str, zone: str, now: datetime) -> str:
    """Day and time: today at 14:30."""
    day, time = day_of(at, language, zone, now), time_of(at, language, zone)
    return say(language, "day.time", day=day, time=time)


def span(wait: timedelta, language: str) -> str:
    """How long: 40 seconds, 3 minutes, 2 hours; rounded up, for it is waited for.

    Never one of them, which in some languages would be another word.
    """
    seconds = max(2, math.ceil(wait.total_seconds()))
    for size, key in ((3600, "span.hours"), (60, "span.minutes")):
        if seconds > size:
            return say(language, key, n=-(-seconds // size))
    return say(language, "span.seconds", n=seconds)


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)
