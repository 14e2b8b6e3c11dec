"""Effects in the database: with the row that keeps the result, in one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from ivr.store import effects as kept
from ivr.store import proofs
from ivr.store.database import Store

PROVED = "proved"


class StoredEffects:
    """Effects in the database. `now` is the clock."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        """Open nothing yet."""
        self._store = store
        self._now = now

    def prove(self, call: str, step: int, *, carrier: str, target: str) -> bool:
        """Keep that a target was reached. Raises `Away` where the database is."""
        name = kept.key(f"{call}|prove|{target}", step)
        try:
            with self._store.writing() as connection:
                if kept.find(connection, name) is None:
                    at = self._now()
                    proofs.keep(connection, carrier, target, at)
                    kept.keep(connection, name, PROVED, at)
        except IntegrityError:  # the same webhook reached another worker first: it is kept
            return True
        return True
