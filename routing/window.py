"""A window: the stretch of time in which a caller said that it is safe to call her."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST, SECOND = 0, 1  # which of two readings of the wall clock (`fold`)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `until` on a day, in minutes of the wall clock of `zone`; 1440 is midnight
    at the day's end. It never crosses midnight.
    """

    day: date
    start: int
    until: int
    zone: str = "Europe/Brussels"

    def span(self) -> tuple[datetime, datetime]:
        """Both ends as moments (UTC), the last one not included, read for her safety.

        In the hour that happens twice it begins with the second and ends with the first, so that
        it is inside whichever she meant; in the hour that does not exist both are the transition.
        The span may be empty: such a window is never offered.
        """
        return (
            _moment(self.day, self.start, self.zone, SECOND),
            _moment(self.day, self.until, self.zone, FIRST),
        )

    @property
    def empty(self) -> bool:
        """Whether no moment is safely inside."""
        start, until = self.span()
        return start >= until


def in_utc(at: datetime) -> datetime:
    """A moment (aware) in UTC: two moments of one zone are compared by the wall clock, wrongly.

    Raises ValueError for a moment without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("when she may be called is asked for a moment that has a time zone")
    return at.astimezone(UTC)


@lru_cache(maxsize=4096)
def _moment(day: date, minute: int, zone: str, fold: int) -> datetime:
    """What a wall clock shows, as a moment; a time that is skipped is the moment of the skip."""
    here = ZoneInfo(zone)
    wall = (datetime.combine(day, time(), here) + minute * MINUTE).replace(fold=fold)
    while not _exists(wall):  # the first minute that exists again is the transition itself
        wall = (wall + MINUTE).replace(fold=fold)
    return wall.astimezone(UTC)


def _exists(wall: datetime) -> bool:
    there_and_back = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return there_and_back.replace(tzinfo=None) == wall.replace(tzinfo=None)
