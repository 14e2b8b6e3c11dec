"""The snapshot that one turn may consult: nothing in a call reads anything else."""

from dataclasses import dataclass
from datetime import datetime

from ivr.call.edition import Edition
from routing.directory import Directory
from routing.offer import Booked


@dataclass(frozen=True, slots=True)
class World:
    """What the line says, where calls can go, and what time it is (aware).

    `carrier` names who carries this call; `caller_id` is the number of ours that a dialled leg
    shows; `rehearsal` is true where nobody real is on the line. `booked` is how many callbacks
    are promised already, by window and language; None while nothing can be promised, because the
    database is away.
    """

    edition: Edition
    directory: Directory
    at: datetime
    carrier: str
    caller_id: str
    rehearsal: bool
    booked: Booked | None = None
