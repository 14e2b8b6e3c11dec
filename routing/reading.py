"""Reads a directory's document, and tells everything that is wrong with it at once."""

from collections.abc import Callable, Mapping
from typing import Any

from routing import fields
from routing.checks import LANGUAGES, check_directory
from routing.directory import (
    AccessNumber,
    Centre,
    Cost,
    Directory,
    Duty,
    Part,
    Purpose,
    Stretch,
)
from routing.problem import DirectoryError, Problem, places

Reader = Callable[[object], Any]
Row = dict[str, Any]

CENTRE: dict[str, Reader] = {
    "id": fields.text,
    "said": fields.text,
    "dial": fields.text,
    "languages": fields.words,
    "regions": fields.words,
    "needs": fields.words,
    "order": fields.whole,
    "hours": fields.hours,
    "closures": fields.closures,
    "ring": fields.whole,
    "screening": fields.text,
    "skip_until": fields.moment,
    "source": fields.text,
    "checked_on": fields.day,
    "confidence": fields.text,
    "toll_free": fields.flag,
    "active": fields.flag,
}
ACCESS: dict[str, Reader] = {
    "number": fields.text,
    "purpose": fields.one_of(Purpose),
    "cost": fields.one_of(Cost),
    "language": fields.text,
    "bound": fields.flag,
    "hello": fields.text,
    "cover": fields.text,
    "example": fields.flag,
}
PART: dict[str, Reader] = {"start": fields.minute, "until": fields.minute}
DUTY: dict[str, Reader] = {
    "days": fields.weekdays,
    "hours": fields.stretch,
    "languages": fields.words,
    "operators": fields.whole,
}
REST: dict[str, Reader] = {
    "number": fields.whole,
    "countries": fields.words,
    "callers": fields.words,
    "zone": fields.text,
    "proved": fields.proofs,
    "buried": fields.targets,
}
# For each list of the document: its fields, and those that a row cannot do without, its name first.
TABLES: dict[str, tuple[dict[str, Reader], tuple[str, ...]]] = {
    "centre": (CENTRE, ("id", "said")),
    "access": (ACCESS, ("number",)),
    "part": (PART, ("start", "until")),
    "duty": (DUTY, ("hours", "days", "languages")),
}


def read_directory(source: Mapping[str, Any], languages: frozenset[str] = LANGUAGES) -> Directory:
    """Read a directory from its document (TOML or JSON), as `write_directory` writes it.

    `languages` are the codes that centres and numbers may name. Raises DirectoryError with all
    problems at once, each with its place and what to do.
    """
    problems: list[Problem] = []
    rest = {name: value for name, value in source.items() if name not in TABLES}
    values = _read_row("directory", rest, REST, ("number",), problems)
    directory = Directory(
        centres=tuple(Centre(**row) for row in _rows(source, "centre", problems)),
        access=tuple(AccessNumber(**row) for row in _rows(source, "access", problems)),
        parts=tuple(Part(**row) for row in _sound(source, "part", problems)),
        roster=tuple(one for row in _sound(source, "duty", problems) for one in _duties(row)),
        **{"number": 0, **values},
    )
    known = {problem.place for problem in problems}
    more = check_directory(directory, languages)
    problems += [problem for problem in more if problem.place not in known]
    if problems:
        raise DirectoryError(problems)
    return directory


def _rows(source: Mapping[str, Any], what: str, out: list[Problem]) -> list[Row]:
    """Every row of a list, what is missing or wrong in it left out."""
    readers, needed = TABLES[what]
    blank = dict.fromkeys(needed, "")
    return [
        {**blank, needed[0]: name, **_read_row(at, row, readers, needed, out)}
        for at, name, row in _tables(source, what, out)
    ]


def _sound(source: Mapping[str, Any], what: str, out: list[Problem]) -> list[Row]:
    """The rows of a list in which nothing is wrong."""
    readers, needed = TABLES[what]
    sound: list[Row] = []
    for at, _, row in _tables(source, what, out):
        problems: list[Problem] = []
        values = _read_row(at, row, readers, needed, problems)
        sound += [] if problems else [values]
        out += problems
    return sound


def _duties(row: Row) -> list[Duty]:
    """One row may name several days."""
    rest = {name: value for name, value in row.items() if name not in {"days", "hours"}}
    return [Duty(Stretch(day, *row["hours"]), **rest) for day in row["days"]]


def _tables(
    source: Mapping[str, Any], what: str, out: list[Problem]
) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The rows of a list as they stand, each with its place and its name."""
    found = source.get(what, [])
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        out.append(Problem(what, f"must be a list of tables: write each one under [[{what}]]"))
        return []
    needed = TABLES[what][1]
    names = [str(row.get(needed[0], "without a name")) for row in found]
    return list(zip(places(what, names), names, found, strict=True))


def _read_row(
    at: str,
    row: Mapping[str, Any],
    readers: Mapping[str, Reader],
    needed: tuple[str, ...],
    out: list[Problem],
) -> Row:
    out += [
        Problem(f"{at}, {name}", "is missing: it is needed") for name in needed if name not in row
    ]
    values: Row = {}
    for name, value in row.items():
        try:
            values[name] = _reader(name, readers)(value)
        except ValueError as error:
            out.append(Problem(f"{at}, {name}", str(error)))
    return values


def _reader(name: str, readers: Mapping[str, Reader]) -> Reader:
    if name not in readers:
        raise ValueError(f"is no field: take it out, or use one of {', '.join(readers)}")
    return readers[name]
