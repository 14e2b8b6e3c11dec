"""Writes a directory as the document it is read from: only what TOML and JSON both have."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, time
from enum import StrEnum
from typing import Any

from routing.directory import AccessNumber, Centre, Closure, Directory, Hours, Stretch
from routing.fields import ALWAYS, NOT_HOLIDAYS
from routing.week import DAYS


def write_directory(directory: Directory) -> dict[str, Any]:
    """Write a directory down; `read_directory` reads the same one back."""
    return {
        "number": directory.number,
        "countries": list(directory.countries),
        "zone": directory.zone,
        "proved": {name: sorted(found) for name, found in sorted(directory.proved.items())},
        "buried": sorted(directory.buried),
        "centre": [_write(centre) for centre in directory.centres],
        "access": [_write(number) for number in directory.access],
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
    until = "24:00" if run[0].until == time(0) else f"{run[0].until:%H:%M}"
    return f"{days} {run[0].start:%H:%M}-{until}"
