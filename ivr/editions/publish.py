"""Publishing: a chosen set of changes becomes the next edition, whole or not at all.

First it is proposed and judged, which takes seconds and holds nothing; then it is published in one
transaction that refuses when anything of what was judged has changed. A process that is killed
leaves the old edition or the new one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.call.proof.check import check
from ivr.call.world import World
from ivr.callbacks.points import reach
from ivr.editions.apply import apply
from ivr.editions.change import Change, Place
from ivr.editions.difference import diff
from ivr.editions.document import write_edition
from ivr.editions.drafting import DraftError, change_of
from ivr.editions.judging import Judgement, Prove, judge
from ivr.editions.running import current, of_number
from ivr.editions.sounds import secure
from ivr.store import audit, clips, draft
from ivr.store.alone import EDITING, alone
from ivr.store.database import Store
from ivr.store.documents import EDITIONS, Document
from ivr.store.draft import Version

SHOWN = 20
"""Places that a refusal names; the rest it counts."""


class RefusedError(DraftError):
    """It may not be published as it is: `judgement` says why."""

    def __init__(self, judgement: Judgement, sentence: str) -> None:
        super().__init__(sentence)
        self.judgement = judgement


class OvertakenError(DraftError):
    """Something else was published or drafted meanwhile: `changes` are what it changed."""

    def __init__(self, sentence: str, changes: Sequence[Change]) -> None:
        named = ", ".join(str(one.place) for one in changes[:SHOWN])
        more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        super().__init__(f"{sentence} It changed {named or 'nothing'}{more}. Look at it first.")
        self.changes = tuple(changes)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be the next edition, over which one, from which rows of the draft."""

    running: Edition
    edition: Edition
    rows: tuple[Version, ...]
    changes: tuple[Change, ...]
    judgement: Judgement


def propose(
    store: Store, world: World, places: Iterable[Place] | None = None, *, prove: Prove = check
) -> Proposal:
    """Propose these places of the draft, or all of it, and judge it. `world` holds what runs.

    Raises DraftError where there is nothing to publish.
    """
    with store.reading() as connection:
        running = current(connection)
        rows = tuple(draft.rows(connection))
    if places is not None:
        wanted = {tuple(map(str, one)) for one in places}
        rows = tuple(row for row in rows if row.place in wanted)
    made = apply(running, [change_of(row) for row in rows])
    return _proposed(world, running, made, rows, lenient=False, prove=prove)


def propose_again(store: Store, world: World, number: int, *, prove: Prove = check) -> Proposal:
    """Propose what an older edition said. Raises DraftError, and NoEditionError for its number."""
    with store.reading() as connection:
        running, old = current(connection), of_number(connection, number)
    return _proposed(world, running, old, (), lenient=True, prove=prove)


def propose_back(store: Store, world: World, *, prove: Prove = check) -> Proposal:
    """Propose the last edition that said something else than the one that runs."""
    with store.reading() as connection:
        number = EDITIONS.other(connection, EDITIONS.newest(connection)[1])
    if not number:
        raise DraftError("There is no edition to go back to.")
    return propose_again(store, world, number, prove=prove)


def _proposed(
    world: World, running: Edition, made: Edition, rows: tuple[Version, ...], *, lenient: bool,
    prove: Prove,
) -> Proposal:  # fmt: skip
    changes = diff(running, made)
    if not changes:
        raise DraftError("There is nothing to publish: it says what the line says already.")
    judgement = judge(replace(world, edition=running), made, lenient=lenient, prove=prove)
    return Proposal(running, made, rows, changes, judgement)


def publish(
    store: Store, proposal: Proposal, *, who: str, note: str, at: datetime, accepted: bool = False
) -> Document:
    """Publish what was proposed; it is live for new calls within seconds.

    `accepted`: whoever publishes has seen the warnings. Raises RefusedError, OvertakenError, and
    DraftError where a recording's bytes are lost.
    """
    _judged(proposal.judgement, accepted=accepted)
    reach("publish.begun")
    secure(store, proposal.edition, at)
    reach("publish.secured")
    with store.writing() as connection:
        alone(connection, EDITING)
        _as_proposed(connection, proposal)
        _heard(connection, proposal.edition)
        document = _written(connection, proposal, who, note, at)
    reach("publish.committed")
    return document


def _written(
    connection: sa.Connection, proposal: Proposal, who: str, note: str, at: datetime
) -> Document:
    told = f"{who}: {note}" if note else who
    content = write_edition(proposal.edition)
    document = EDITIONS.save(connection, content, source="", note=told, at=at)
    reach("publish.saved")
    authors = {row.place: row.author for row in proposal.rows}
    draft.drop(connection, [row.place for row in proposal.rows])
    new = (_version(one, authors, who, at, document.number) for one in proposal.changes)
    draft.add_all(connection, new)
    reach("publish.told")
    detail = ", ".join(str(one.place) for one in proposal.changes)
    about = f"edition {document.number}"
    audit.write(connection, who, "edition: published", about, f"{document.digest} {detail}", at)
    reach("publish.written")
    return document


def _judged(judgement: Judgement, *, accepted: bool) -> None:
    if judgement.errors:
        raise RefusedError(judgement, "It cannot be published: the checker finds errors.")
    if judgement.warnings and not accepted:
        raise RefusedError(judgement, "There are warnings: look at them, and say yes to them.")


def _as_proposed(connection: sa.Connection, proposal: Proposal) -> None:
    running = current(connection)
    if (running.number, running.digest) != (proposal.running.number, proposal.running.digest):
        told = f"Edition {running.number} was published meanwhile."
        raise OvertakenError(told, diff(proposal.running, running))
    now = {row.place: row for row in draft.rows(connection)}
    other = [row for row in proposal.rows if now.get(row.place) != row]
    if other:
        rows = (draft.latest(connection, row.place) or row for row in other)
        raise OvertakenError("The draft was changed meanwhile.", [change_of(row) for row in rows])


def _heard(connection: sa.Connection, edition: Edition) -> None:
    """The bytes of every recording are kept, whatever a later release ships."""
    named = {one.digest: f"{code} {key}" for code, own in edition.recordings.items()
             for key, one in own.items()}  # fmt: skip
    lost = sorted(named.keys() - clips.known(connection, named))
    if lost:
        places = ", ".join(named[one] for one in lost[:SHOWN])
        raise DraftError(f"The bytes of {len(lost)} recordings are nowhere any more: {places}.")


def _version(
    change: Change, authors: dict[tuple[str, str, str], str], who: str, at: datetime, number: int
) -> Version:
    text = json.dumps(change.value, ensure_ascii=False)
    kind, language, key = change.place
    author = authors.get((kind.value, language, key), "")
    return Version(change.place, "published", text, author, who, at, number)
