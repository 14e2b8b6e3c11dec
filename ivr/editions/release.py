"""A release whose shipped files are others: the next edition where nobody edited, and otherwise
proposals in the draft, so that what staff made is never written over.
"""

import json
from datetime import datetime

import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.editions.change import Change
from ivr.editions.difference import merge
from ivr.editions.document import write_edition
from ivr.editions.running import current, edition_of
from ivr.editions.sounds import RELEASE
from ivr.store import audit, draft
from ivr.store.alone import EDITING, alone
from ivr.store.documents import EDITIONS, RELEASES, Document
from ivr.store.draft import Version


def is_brought(connection: sa.Connection, digest: str) -> bool:
    """Whether the database has had what a release ships. Raises `Away`."""
    return EDITIONS.has_source(connection, digest) or RELEASES.has_source(connection, digest)


def bring(connection: sa.Connection, shipped: Edition, at: datetime) -> None:
    """Bring what a release ships, once. Raises `Away` and DamagedError."""
    alone(connection, EDITING)
    if is_brought(connection, shipped.digest):
        return
    number, _ = EDITIONS.newest(connection)
    newest = EDITIONS.load(connection, number)
    content = write_edition(shipped)
    if newest is None or newest.source:
        EDITIONS.save(connection, content, source=shipped.digest, note="shipped", at=at)
    else:
        _merge(connection, shipped, at)
    RELEASES.save(connection, content, source=shipped.digest, note="shipped", at=at)


def _merge(connection: sa.Connection, shipped: Edition, at: datetime) -> None:
    base = _base(connection)
    if base is None:
        return
    merged = merge(edition_of(base), shipped, current(connection))
    drafted = {row.place for row in draft.rows(connection)}
    clean = [one for one in merged.clean if tuple(one.place) not in drafted]
    for one in clean:
        draft.put(connection, one.place, draft.add(connection, _version(one, "released", at)))
    left = [one for one in (*merged.clean, *merged.lost) if one not in clean]
    draft.add_all(connection, [_version(one, "offered", at) for one in left])
    told = f"{len(clean)} changes are in the draft, {len(left)} stay as staff have them"
    named = ", ".join(str(one.place) for one in left)
    detail = f"{told}: {named}" if left else told
    audit.write(connection, RELEASE, "draft: release", shipped.digest, detail, at)


def _base(connection: sa.Connection) -> Document | None:
    """What shipped last before."""
    for documents in (RELEASES, EDITIONS):
        number = documents.shipped(connection)
        if number:
            return documents.load(connection, number)
    return None


def _version(change: Change, act: str, at: datetime) -> Version:
    text = json.dumps(change.value, ensure_ascii=False)
    return Version(change.place, act, text, "", RELEASE, at)
