"""Where cover is missing: windows for which more is promised than the roster can keep."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from ivr.console.access import CALLING
from ivr.store import staff
from routing.directory import Directory
from routing.offer import Booked, unkept


@dataclass(frozen=True, slots=True)
class Gap:
    """A window, in whose languages something is promised that cannot be kept, and how many."""

    start: datetime
    until: datetime
    languages: tuple[str, ...]
    many: int


def gaps(directory: Directory, promised: Booked, at: datetime) -> tuple[Gap, ...]:
    """Every gap of a roster, the first window first."""
    windows = sorted({(start, until) for start, until, _ in promised})
    found = (_gap(directory, window, promised, at) for window in windows)
    return tuple(one for one in found if one.many)


def broken(
    old: Directory, new: Directory, promised: Booked, at: datetime
) -> tuple[Gap, ...]:  # fmt: skip
    """The gaps that a change of the roster makes, or makes wider, and by how many."""
    before = {(one.start, one.until): one.many for one in gaps(old, promised, at)}
    wider = (
        replace(one, many=one.many - before.get((one.start, one.until), 0))
        for one in gaps(new, promised, at)
    )
    return tuple(one for one in wider if one.many > 0)


def speakers(connection: sa.Connection, languages: Iterable[str]) -> list[staff.Row]:
    """Who could be asked for cover: everybody who may call and speaks one of them."""
    wanted = set(languages)
    everybody = staff.everybody(connection)
    able = [one for one in everybody if one.role in CALLING and wanted & set(one.speaks)]
    return [one for one in able if not one.disabled_at and not one.invited_until]


def _gap(
    directory: Directory, window: tuple[datetime, datetime], promised: Booked, at: datetime
) -> Gap:
    own = {key: n for key, n in promised.items() if key[:2] == window}
    many = unkept(directory, own, at)
    return Gap(*window, tuple(sorted({key[2] for key in own})), many)
