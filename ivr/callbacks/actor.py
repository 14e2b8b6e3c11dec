"""Who does something to a callback, and how that is written down."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.store import audit


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of staff. `now` is the real time, which the audit keeps in a rehearsal too."""

    id: int
    name: str
    now: datetime

    def tell(self, connection: sa.Connection, what: str, callback: int, detail: str = "") -> None:
        """Write down what she did to a callback, in the transaction in which it is done."""
        audit.write(connection, self.name, what, f"callback {callback}", detail, self.now)
