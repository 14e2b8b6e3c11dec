"""The editions that are kept, as editions: the running one, and those before it."""

from functools import lru_cache

import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.editions.document import read_edition
from ivr.store.documents import EDITIONS, DamagedError, Document


class NoEditionError(Exception):
    """There is no edition of that number, or none at all yet."""


def current(connection: sa.Connection) -> Edition:
    """The running edition. Raises NoEditionError, DamagedError and `Away`."""
    return of_number(connection, EDITIONS.newest(connection)[0])


def of_number(connection: sa.Connection, number: int) -> Edition:
    """The edition of a number. Raises NoEditionError, DamagedError and `Away`."""
    document = EDITIONS.load(connection, number)
    if document is None:
        raise NoEditionError(f"There is no edition {number}.")
    return edition_of(document)


@lru_cache(maxsize=4)
def edition_of(document: Document) -> Edition:
    """A document as an edition. Raises DamagedError."""
    try:
        return read_edition(document.number, document.digest, document.content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedError(f"edition {document.number} cannot be read") from error
