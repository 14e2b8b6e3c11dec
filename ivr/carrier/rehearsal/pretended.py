"""What time it is in a rehearsal: the real time, or so far ahead of it (or behind) as was set.

It holds for calls, hours, windows and the rehearsal carrier. Sign-in, sessions and audit keep the
real time; where real callers can ring there is no other.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ivr import clock
from ivr.editions.files import write
from ivr.settings import Settings

FILE = "rehearsal/ahead"
"""Where the seconds stand, in the folder of `IVR_VAR`: every process of a demo reads it."""
EARLIEST, LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2098, 12, 31, 23, 59, tzinfo=UTC)
"""What can be pretended: the numbering plans and holidays of other times are not ours to know."""


class Pretended:
    """The time of a demonstration; of any other installation, the real one."""

    def __init__(self, settings: Settings, real: Callable[[], datetime] = clock.now) -> None:
        """`real` tells the real time, aware."""
        self._path = settings.var / FILE if settings.demo else None
        self._real = real

    def ahead(self) -> timedelta:
        """How far it is ahead of the real time; what cannot be read counts as not at all."""
        try:
            return timedelta(seconds=float(self._path.read_text())) if self._path else timedelta()
        except (OSError, ValueError, OverflowError):
            return timedelta()

    def now(self) -> datetime:
        """What time it is."""
        return self._real() + self.ahead()

    def earlier(self) -> datetime:
        """The earlier of the two times: nothing is over before it is over by both."""
        return min(self._real(), self.now())

    def be(self, at: datetime | None) -> timedelta:
        """Pretend that it is another moment now; None ends that. Raises ValueError for a moment
        out of reach, PermissionError where real callers can ring.
        """
        if self._path is None:
            raise PermissionError("only a demonstration can pretend another time")
        if at is None:
            self._path.unlink(missing_ok=True)
            return timedelta()
        if not in_reach(at):
            raise ValueError(f"{at} cannot be pretended")
        ahead = at - self._real()
        write(self._path, f"{ahead.total_seconds():.0f}\n".encode())
        return ahead


def in_reach(at: datetime) -> bool:
    """Whether a moment can be pretended."""
    return at.tzinfo is not None and EARLIEST.year <= at.year <= LATEST.year
