"""Writes a directory as the document it is read from: only what TOML and JSON both have."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from routing.directory import AccessNumber, Centre, Closure, Directory, Duty, Hours, Stretch
from routing.fields import ALWAYS, NOT_HOLIDAYS
from routing.week import DAYS, minutes


def write_directory(directory: Directory) -> dict[str, Any]:
    """Write a directory down; `read_directory` reads the same one back."""
    return {
        "number": directory.number,
        "countries": list(directory.countries),
        "callers": list(directory.callers),
        "zone": directory.zone,
        "proved": {name: sorted(found) for name, found in sorted(directory.proved.items())},
        "buried": sorted(directory.buried),
        "centre": [_write(centre) for centre in directory.centres],
        "access": [_write(number) for number in directory.access],
        "part": [
            {"start": clock(part.start), "until": clock(part.until)} for part in directory.parts
        ],
        "duty": [_write_duties(run) for run in _alike(directory.roster)],
    }


def write_hours(hours: Hours) -> list[str]:
    """Write hours as lines: `always`, or one for each run of days with the same stretch."""
    lines = [ALWAYS] if hours.always else [_line(run) for run in _runs(hours.week)]
    return lines if hours.holidays else [*lines, NOT_HOLIDAYS]


def _write(row: Centre | AccessNumber) -> dict[str, Any]:
    values = ((field.name, getattr(row, field.name)) for field in fields(row))
    return {name: _value(value) for name, value in values if value is not None}


def _value(value: object) -> object:
    match value:
        case Hours():
            return write_hours(value)
        case Closure():
            return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
        case StrEnum():
            return value.value
        case date():  # a datetime too
            return value.isoformat()
        case tuple():
            return [_value(one) for one in value]
        case _:
            return value


def _runs(week: tuple[Stretch, ...]) -> Iterator[list[Stretch]]:
    run: list[Stretch] = []
    for stretch in week:
        if run and stretch != Stretch(run[-1].weekday + 1, run[0].start, run[0].until):
            yield run
            run = []
        run.append(stretch)
    if run:
        yield run


def _line(run: list[Stretch]) -> str:
    first, last = DAYS[run[0].weekday], DAYS[run[-1].weekday]
    days = first if first == last else f"{first}-{last}"
    return f"{days} {write_stretch(run[0])}"


def write_stretch(stretch: Stretch) -> str:
    """A stretch without its day: `09:00-17:00`."""
    start, until = minutes(stretch)
    return f"{clock(start)}-{clock(until)}"


def clock(minute: int) -> str:
    """A minute of the day as `HH:MM`; the last midnight is `24:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _alike(roster: tuple[Duty, ...]) -> Iterator[list[Duty]]:
    """Neighbours in the roster that differ in their day alone."""
    for _, run in groupby(roster, key=_but_day):
        yield list(run)


def _but_day(duty: Duty) -> tuple[object, ...]:
    return duty.stretch.start, duty.stretch.until, duty.languages, duty.operators


def _write_duties(run: list[Duty]) -> dict[str, Any]:
    return {
        "days": [DAYS[duty.stretch.weekday] for duty in run],
        "hours": write_stretch(run[0].stretch),
        "languages": list(run[0].languages),
        "operators": run[0].operators,
    }
