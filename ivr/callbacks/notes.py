"""The note of a callback: for the next operator, without names, gone with the callback."""

import sqlalchemy as sa

from ivr.callbacks.actor import Actor
from ivr.callbacks.context import Context
from ivr.store import callbacks, hers
from ivr.store.hers import MOST_NOTE
from ivr.store.sealing import LostError


def keep(
    connection: sa.Connection,
    context: Context,
    callback: int,
    actor: Actor,
    note: str,
) -> bool:
    """Keep a note by an operator who has the callback; False where it is not hers.

    What is longer is cut: a browser holds it to the same length.
    """
    row = callbacks.load(connection, callback, lock=True)
    if row is None or row.claimed_by != actor.id:
        return False
    text = " ".join(note.split())[:MOST_NOTE]
    kept = hers.keep_note(connection, context.vault, callback, text)
    if kept:
        actor.tell(connection, "note", callback)
    return kept


def read(connection: sa.Connection, context: Context, callback: int) -> str:
    """The note; empty when there is none, or it is gone."""
    try:
        return hers.note_of(connection, context.vault, callback)
    except LostError:
        return ""
