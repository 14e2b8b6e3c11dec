"""The one draft that all admins share: who changes a place says which version of it she has seen.

Nothing is ever lost: every version stays in the history, and whoever comes second is told what the
other one wrote instead of writing over it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.editions import sense
from ivr.editions.apply import apply
from ivr.editions.change import Change, Kind, Place, Value
from ivr.editions.difference import at as standing
from ivr.editions.difference import diff, same
from ivr.editions.running import current
from ivr.store import audit, clips, draft
from ivr.store.alone import EDITING, alone
from ivr.store.draft import Version
from prompts import TextState, text_digest
from prompts.catalogue import SOURCE

ABOUT = 64
"""Characters of what an entry of the audit is about."""


class DraftError(Exception):
    """What cannot be done to the draft, in plain words."""


class ConflictError(DraftError):
    """Somebody else changed the same place meanwhile: `theirs` is what stands there now."""

    def __init__(self, place: Place, mine: Value, theirs: Version | None) -> None:
        by = f"{theirs.who} has changed it at {theirs.at:%H:%M} UTC" if theirs else "it is new"
        super().__init__(f"{place}: {by}, after you opened it. Look at both, and save again.")
        self.place, self.mine, self.theirs = place, mine, theirs


@dataclass(frozen=True)
class Draft:
    """The draft at one moment, over the edition that runs."""

    running: Edition
    rows: tuple[Version, ...]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What was changed, place by place."""
        return tuple(change_of(row) for row in self.rows)

    @cached_property
    def edition(self) -> Edition:
        """What the line would say if all of it were published."""
        return apply(self.running, self.changes)

    @cached_property
    def difference(self) -> tuple[Change, ...]:
        """What publishing all of it would change, also in what nobody touched."""
        return diff(self.running, self.edition)


def load(connection: sa.Connection) -> Draft:
    """The draft as it is now. Raises NoEditionError, DamagedError and `Away`."""
    return Draft(current(connection), tuple(draft.rows(connection)))


def change_of(row: Version) -> Change:
    """A version as a change."""
    kind, language, key = row.place
    return Change(Place(Kind(kind), language, key), json.loads(row.value))


def version(connection: sa.Connection, place: Place) -> int:
    """The version of a place, to be shown with it and handed back with the change; 0: none yet."""
    newest = draft.latest(connection, place)
    return newest.id if newest else 0


def put(
    connection: sa.Connection, change: Change, *, seen: int, who: str, at: datetime, two: bool
) -> int:
    """Have the draft say this; the place's new version. `two`: nobody approves her own words.

    Raises ConflictError, and DraftError for what makes no sense or what another has to approve.
    """
    alone(connection, EDITING)
    _same_version(connection, change.place, change.value, seen)
    now = load(connection)
    _check(connection, now, change)
    author = _author(connection, now.running, change, who)
    _approve(now, change, author, who, two=two)
    return keep(connection, change, author=author, who=who, at=at)


def keep(connection: sa.Connection, change: Change, *, author: str, who: str, at: datetime) -> int:
    """Write it down as the newest version and in the draft, with the audit."""
    text = json.dumps(change.value, ensure_ascii=False)
    new = draft.add(connection, Version(change.place, "changed", text, author, who, at))
    draft.put(connection, change.place, new)
    audit.write(connection, who, "draft: changed", about(change.place), f"version {new}", at)
    return new


def revert(connection: sa.Connection, place: Place, *, seen: int, who: str, at: datetime) -> None:
    """Take one change out of the draft; what it said stays in the history.

    Raises ConflictError, and DraftError where the draft does not change this place.
    """
    alone(connection, EDITING)
    _same_version(connection, place, None, seen)
    if tuple(place) not in {row.place for row in draft.rows(connection)}:
        raise DraftError(f"{place}: the draft does not change it.")
    text = json.dumps(standing(current(connection), place), ensure_ascii=False)
    new = draft.add(connection, Version(place, "reverted", text, "", who, at))
    draft.drop(connection, [place])
    audit.write(connection, who, "draft: reverted", about(place), f"version {new}", at)


def text_value(edition: Edition, language: str, key: str, words: str, state: TextState,
               note: str | None = None) -> dict[str, Any]:  # fmt: skip
    """A text's value: in English with its note, else with the English that it was read beside.

    `edition` is the draft's, as the writer saw it.
    """
    texts = edition.catalogue.texts
    english = texts[SOURCE].get(key)
    row = {"words": words, "state": (state if words else TextState.MISSING).value}
    if language == SOURCE:
        there = english.note if english else ""
        return {**row, "note": there if note is None else tidy(note)}
    return {**row, "english": text_digest(english.words if english else "")}


def tidy(note: str) -> str:
    """A note as PO files can hold it: no empty lines, none that begins or ends with a space."""
    return "\n".join(line.strip() for line in note.splitlines() if line.strip())


def about(place: Place) -> str:
    """A place as the audit names it."""
    return str(place)[:ABOUT]


def _same_version(connection: sa.Connection, place: Place, mine: Value, seen: int) -> None:
    newest = draft.latest(connection, place)
    if (newest.id if newest else 0) != seen:
        raise ConflictError(place, mine, newest)


def _check(connection: sa.Connection, now: Draft, change: Change) -> None:
    """Refuse a value that no edition could hold."""
    others = [one for one in now.changes if one.place != change.place]
    try:
        made = apply(now.running, [*others, change])
        wrong = next(sense.problems(made), "")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DraftError(f"{change.place}: this cannot be read ({type(error).__name__}).") from None
    if not wrong and not _said(made, change):
        wrong = "this would change nothing: its state and its words do not go together."
    if not wrong and change.place.kind is Kind.RECORDING and change.value:
        wrong = _unheard(connection, now.running, str(change.value["digest"]))
    if wrong:
        raise DraftError(f"{change.place}: {wrong}")


def _said(made: Edition, change: Change) -> bool:
    """Whether the edition says what was asked for, but for a state that its English decides."""
    there = standing(made, change.place)
    if change.place.kind is Kind.TEXT and change.value and there:
        return bool(there["words"] == change.value["words"])
    return change.place.kind is Kind.ORDER or same(there, change.value)


def _unheard(connection: sa.Connection, running: Edition, digest: str) -> str:
    known = {one.digest for own in running.recordings.values() for one in own.values()}
    if digest in known or clips.known(connection, [digest]):
        return ""
    return "there is no recording of that name."


def _author(connection: sa.Connection, running: Edition, change: Change, who: str) -> str:
    """Whose words these are: whoever wrote them last; nobody's where they run already."""
    words = _words(change.value)
    for row in draft.history(connection, change.place):
        if row.author and _words(json.loads(row.value)) == words:
            return row.author
    return "" if _words(standing(running, change.place)) == words else who


def _words(value: Value) -> object:
    if value is None:
        return None
    return value.get("words", value)


def _approve(now: Draft, change: Change, author: str, who: str, *, two: bool) -> None:
    value: Mapping[str, Any] = change.value or {}
    asked = change.place.kind is Kind.TEXT and value.get("state") == TextState.APPROVED
    there = standing(now.edition, change.place) or {}
    already = there.get("state") == TextState.APPROVED and there.get("words") == value.get("words")
    if asked and two and author == who and not already:
        raise DraftError(f"{change.place}: somebody else has to approve your words.")
