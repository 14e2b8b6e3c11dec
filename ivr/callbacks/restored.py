"""A database from a backup: outbound calls are on hold until a supervisor has looked.

It may hold callbacks that were kept, cancelled or erased since. A count grows in the database, and
after each commit in a file beside the key ring, which no backup of the database has; a database
that is behind the file is an older one.
"""

from datetime import datetime
from pathlib import Path

from ivr.callbacks import hold
from ivr.callbacks.means import Means
from ivr.editions.files import write
from ivr.store import beats
from ivr.store.alone import alone

FILE = "beat"
WHO = "ivr work"
REASON = "The database is older than what it knew: it comes from a backup."


def beat(means: Means, at: datetime) -> int:
    """Count on, and throw the hold where the database is behind; whether it was. May raise `Away`
    and OSError.
    """
    path = means.context().vault.ring.folder / FILE
    seen = _seen(path)
    with means.store.writing() as connection:
        alone(connection)
        known = beats.load(connection)
        if known < seen:
            hold.throw(connection, WHO, REASON, at)
        following = max(known, seen) + 1
        beats.keep(connection, following)
    write(path, b"%d" % following)
    return int(known < seen)


def _seen(path: Path) -> int:
    """What the file says; one that is damaged says nothing."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0
