"""Which windows can be promised: parts of the day in which operators who speak the language work,
with places left.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from routing.directory import Directory
from routing.places import Desk, has_place
from routing.week import DAY, joined, minutes
from routing.window import Window, in_utc

Booked = Mapping[tuple[datetime, datetime, str], int]
"""How many open callbacks there are, by the ends of their windows (UTC) and their language."""

AHEAD = 7  # days from today on, so that each has a weekday of its own
SOONEST = 4
LEAST = timedelta(minutes=45)  # that must be left of a window
EACH = timedelta(minutes=25)  # three an hour for each operator, of which 0.8 are promised


def offers(
    directory: Directory, *, language: str, booked: Booked, at: datetime
) -> tuple[Window, ...]:
    """Every window that can be kept within seven days of a moment (aware), soonest first."""
    now = in_utc(at)
    found = (
        Window(day, part.start, part.until, directory.zone)
        for day in _days(directory, now)
        for part in directory.parts
    )
    good = (one for one in found if kept(directory, one, language=language, booked=booked, at=now))
    return tuple(sorted(good, key=Window.span))


def kept(
    directory: Directory, window: Window, *, language: str, booked: Booked, at: datetime
) -> bool:
    """Whether one window can be kept, asked at a moment (aware): when it is offered, and again in
    the transaction that books it.

    It is a part of the day within seven days, 45 minutes of it are left, operators who speak the
    language work all through it, and one more callback has its place beside those booked.
    """
    now = in_utc(at)
    return (
        _is_known(directory, window, now)
        and _left(window, now) >= LEAST
        and _is_staffed(directory, window, language)
        and has_place(language, _wanted(window, booked), _desks(directory, window, now))
    )


def soonest(found: Sequence[Window]) -> tuple[Window, ...]:
    """The four that are said first."""
    return tuple(found[:SOONEST])


def days(found: Sequence[Window]) -> tuple[date, ...]:
    """The days of what is on offer, each with a weekday of its own."""
    return tuple(dict.fromkeys(one.day for one in found))


def of_day(found: Sequence[Window], day: date) -> tuple[Window, ...]:
    """What is on offer on one day."""
    return tuple(one for one in found if one.day == day)


def _days(directory: Directory, now: datetime) -> Iterator[date]:
    today = now.astimezone(ZoneInfo(directory.zone)).date()
    return (today + timedelta(days=ahead) for ahead in range(AHEAD))


def _is_known(directory: Directory, window: Window, now: datetime) -> bool:
    parts = {(part.start, part.until) for part in directory.parts}
    return (
        window.zone == directory.zone
        and (window.start, window.until) in parts
        and window.day in _days(directory, now)
    )


def _left(window: Window, now: datetime) -> timedelta:
    """How much of a window is still to come; negative when it is over."""
    start, until = window.span()
    return until - max(start, now)


def _is_staffed(directory: Directory, window: Window, language: str) -> bool:
    """Whether somebody who speaks the language works through the whole window."""
    spans = joined(
        minutes(duty.stretch)
        for duty in directory.roster
        if duty.stretch.weekday == window.day.weekday() and language in duty.languages
    )
    return any(start <= window.start and window.until <= until for start, until in spans)


def _desks(directory: Directory, window: Window, now: datetime) -> list[Desk]:
    """How many callbacks can still be made in a window, by the languages that operators speak."""
    start, until = window.span()
    work: dict[frozenset[str], timedelta] = {}
    for duty in directory.roster:
        if duty.stretch.weekday == window.day.weekday():
            begins, ends = Window(window.day, *minutes(duty.stretch), window.zone).span()
            time = max(min(ends, until) - max(begins, start, now), timedelta())
            spoken = frozenset(duty.languages)
            work[spoken] = work.get(spoken, timedelta()) + time * duty.operators
    return [Desk(spoken, time // EACH) for spoken, time in work.items()]


def _wanted(window: Window, booked: Booked) -> dict[str, int]:
    """The callbacks in every window that overlaps this one, by language."""
    start, until = window.span()
    wanted: dict[str, int] = {}
    for (begins, ends, language), n in booked.items():
        if begins < until and start < ends:
            wanted[language] = wanted.get(language, 0) + n
    return wanted


def unkept(directory: Directory, booked: Booked, at: datetime) -> int:
    """How many of the promised callbacks the roster cannot keep: nobody who speaks the language
    works all through the window, or too few do.
    """
    windows = {(start, until) for start, until, _ in booked if until > in_utc(at)}
    return sum(_unseated(directory, _window(directory, *ends), booked, at) for ends in windows)


def _unseated(directory: Directory, window: Window, booked: Booked, at: datetime) -> int:
    start, until = window.span()
    seated: dict[str, int] = {}
    left = 0
    for (begins, ends, language), n in sorted(booked.items()):
        if (begins, ends) != (start, until):
            continue
        for _ in range(n):
            works = _is_staffed(directory, window, language)
            if works and has_place(language, seated, _desks(directory, window, at)):
                seated[language] = seated.get(language, 0) + 1
            else:
                left += 1
    return left


def _window(directory: Directory, start: datetime, until: datetime) -> Window:
    """The window of two moments, as the wall clock of the directory's zone shows it."""
    zone = ZoneInfo(directory.zone)
    begins, ends = start.astimezone(zone), until.astimezone(zone)
    last = (ends.hour * 60 + ends.minute) or DAY
    return Window(begins.date(), begins.hour * 60 + begins.minute, last, directory.zone)
