"""Reads single values of a directory's document: each function says what it wants instead.

All of them raise ValueError with a sentence that ends a complaint such as "ring: …".
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum

from routing.directory import Closure, Hours, Stretch
from routing.week import DAY, DAYS

HOURS = re.compile(
    r"(?P<first>[a-z]+)(?:-(?P<last>[a-z]+))? "
    r"(?P<start>[0-9]{2}:[0-9]{2})-(?P<until>[0-9]{2}:[0-9]{2})"
)
TIME = re.compile(r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
ALWAYS = "always"
NOT_HOLIDAYS = "not on public holidays"


def text(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise ValueError("must be text: write it between quotes")
    return value


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def whole(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("must be a whole number, without quotes")
    return value


def words(value: object) -> tuple[str, ...]:
    """A list of strings."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError('must be a list of texts: write it as ["…", "…"]')
    return tuple(value)


def one_of(choices: type[StrEnum]) -> Callable[[object], StrEnum]:
    """Make a reader of one word out of a closed list."""

    def read(value: object) -> StrEnum:
        found = next((one for one in choices if one == value), None)
        if found is None:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return found

    return read


def targets(value: object) -> frozenset[str]:
    """A set of strings, written as a list."""
    return frozenset(words(value))


def proofs(value: object) -> dict[str, frozenset[str]]:
    """For each carrier the targets that were proved on it."""
    if not isinstance(value, Mapping):
        raise ValueError("must be a table with a list of numbers for each carrier")
    return {text(carrier): targets(found) for carrier, found in value.items()}


def day(value: object) -> date:
    """A calendar day, as TOML's own or in ISO 8601."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        raise ValueError("must be a day: write it as 2026-12-31") from None


def moment(value: object) -> datetime:
    """A moment with its offset from UTC, as TOML's own or in ISO 8601."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(text(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("must be a moment with its offset: write it as 2026-12-31T09:00:00+01:00")
    return found


def closures(value: object) -> tuple[Closure, ...]:
    """A list of tables with a first day, a last day and a reason."""
    if not isinstance(value, list):
        raise ValueError("must be a list of tables with first, last and reason")
    return tuple(_closure(one) for one in value)


def _closure(row: object) -> Closure:
    if not isinstance(row, Mapping) or set(row) != {"first", "last", "reason"}:
        raise ValueError("each one has exactly first, last and reason")
    return Closure(day(row["first"]), day(row["last"]), text(row["reason"]))


def hours(value: object) -> Hours:
    """A list of lines: `always`, or `monday-friday 09:00-18:00`; then `not on public holidays`."""
    lines = words(value)
    holidays = NOT_HOLIDAYS not in lines
    weekly = tuple(one for one in lines if one != NOT_HOLIDAYS)
    if weekly == (ALWAYS,):
        return Hours(always=True, holidays=holidays)
    week = tuple(stretch for line in weekly for stretch in _stretches(line))
    return Hours(week=week, holidays=holidays)


def _stretches(line: str) -> list[Stretch]:
    found = HOURS.fullmatch(line)
    first = found["first"] if found else ""
    last = (found["last"] or first) if found else ""
    if not found or first not in DAYS or last not in DAYS or DAYS.index(last) < DAYS.index(first):
        wanted = f'"monday-friday 09:00-18:00", or "{ALWAYS}" alone, and "{NOT_HOLIDAYS}"'
        raise ValueError(f'does not understand "{line}": write {wanted}')
    days = range(DAYS.index(first), DAYS.index(last) + 1)
    return [Stretch(one, clock(found["start"]), clock(found["until"])) for one in days]


def clock(written: str) -> time:
    """A time of day from `HH:MM`; `24:00` is the midnight at the day's end."""
    if written == "24:00":
        return time(0)
    try:
        return time.fromisoformat(written)
    except ValueError:
        raise ValueError(f"has no such time as {written}: write 00:00 to 24:00") from None


def minute(value: object) -> int:
    """A minute of the day from `HH:MM`; `24:00` is the last midnight."""
    written = text(value)
    found = TIME.fullmatch(written)
    if found is None and written != "24:00":
        raise ValueError(f'has no such time as "{written}": write "00:00" to "24:00"')
    return int(found["hour"]) * 60 + int(found["minute"]) if found else DAY


def stretch(value: object) -> tuple[time, time]:
    """A stretch of a day from `HH:MM-HH:MM`."""
    start, dash, until = text(value).partition("-")
    if not dash:
        raise ValueError('must be a stretch of a day: write it as "09:00-17:00"')
    return _time(minute(start)), _time(minute(until))


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def weekdays(value: object) -> tuple[int, ...]:
    """A list of days' names, as numbers from Monday (0) on."""
    names = words(value)
    unknown = next((name for name in names if name not in DAYS), None)
    if unknown is not None or not names:
        told = f'does not know "{unknown}"' if unknown is not None else "is empty"
        raise ValueError(f"{told}: write days as {', '.join(DAYS)}")
    return tuple(DAYS.index(name) for name in names)
