"""What a change of the directory does, in sentences, and what it withdraws for ever."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from routing.directory import Directory, Duty, Part
from routing.guard import canonical
from routing.week import DAYS
from routing.writing import clock, write_directory, write_stretch

Rows = Mapping[str, Mapping[str, Any]]


def diff(old: Directory, new: Directory) -> tuple[str, ...]:
    """Tell what was added, changed and removed between two directories, one sentence each."""
    before, after = write_directory(old), write_directory(new)
    return (
        *_rows("Centre", _by(before["centre"], "id"), _by(after["centre"], "id")),
        *_rows("Access number", _by(before["access"], "number"), _by(after["access"], "number")),
        *_fields("The directory", before, after, ("countries", "callers", "zone")),
        *_lines("The part of the day", map(_part, old.parts), map(_part, new.parts)),
        *_lines("Duty on", map(_duty, old.roster), map(_duty, new.roster)),
        *_targets("buried", old.buried, new.buried),
        *_proofs(old.proved, new.proved),
    )


def withdrawn(old: Directory, new: Directory) -> frozenset[str]:
    """The targets that the old directory could ring and no centre of the new one has any more."""
    kept = {canonical(centre.dial) for centre in new.centres}
    dials = {centre.dial for centre in old.centres if centre.dial}
    return frozenset(one for one in dials if canonical(one) not in kept)


def bury(directory: Directory, targets: Iterable[str]) -> Directory:
    """Withdraw targets: the guard refuses them from now on, and no proof of them is kept.

    An import keeps what was buried before it, and buries what it takes away:
    `bury(new, old.buried | withdrawn(old, new))`.
    """
    buried = directory.buried | {one for one in targets if one}
    hidden = {canonical(one) for one in buried}
    proved = {
        carrier: frozenset(one for one in found if canonical(one) not in hidden)
        for carrier, found in directory.proved.items()
    }
    return replace(directory, buried=buried, proved=proved)


def _by(rows: list[dict[str, Any]], name: str) -> Rows:
    return {str(row[name]): row for row in rows}


def _rows(what: str, before: Rows, after: Rows) -> Iterator[str]:
    for name in after:
        if name not in before:
            yield f"{what} {name} was added: {_row(after[name])}."
        else:
            yield from _fields(f"{what} {name}", before[name], after[name], sorted(after[name]))
            gone = sorted(set(before[name]) - set(after[name]))
            yield from _fields(f"{what} {name}", before[name], after[name], gone)
    for name in before:
        if name not in after:
            yield f"{what} {name} was removed: {_row(before[name])}."


def _fields(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]
) -> Iterator[str]:
    for name in names:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield f"{what}: {name} was {_plain(old)} and is now {_plain(new)}."


def _lines(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Tell which lines of a list came and went; their order does not matter."""
    old, new = Counter(before), Counter(after)
    yield from (f"{what} {one} was added." for one in sorted((new - old).elements()))
    yield from (f"{what} {one} was removed." for one in sorted((old - new).elements()))


def _part(part: Part) -> str:
    return f"{clock(part.start)}-{clock(part.until)}"


def _duty(duty: Duty) -> str:
    day, hours = DAYS[duty.stretch.weekday], write_stretch(duty.stretch)
    staff = f"{duty.operators} {'operator' if duty.operators == 1 else 'operators'}"
    return f"{day} {hours} ({staff} speaking {', '.join(duty.languages)})"


def _targets(state: str, before: frozenset[str], after: frozenset[str]) -> Iterator[str]:
    yield from (f"{one} is now {state}." for one in sorted(after - before))
    yield from (f"{one} is no longer {state}." for one in sorted(before - after))


def _proofs(
    before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    for carrier in sorted({*before, *after}):
        old, new = before.get(carrier, frozenset()), after.get(carrier, frozenset())
        yield from _targets(f"proved on {carrier}", old, new)


def _row(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_plain(value)}" for name, value in row.items() if value)


def _plain(value: object) -> str:
    match value:
        case None | "" | []:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(_plain(one) for one in value)
        case dict():
            return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
        case _:
            return str(value)
