"""One worker's counts between two visits to the database."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Lock

from ivr.store.counts import Bucket

MOST = 20_000
"""Different buckets that are kept while the database is away; what is new beyond them is lost."""
HOUR = 3600
OTHER = "other"
_NAME = re.compile(r"[a-z]{1,24}(?:[._-][a-z0-9]{1,24}){0,4}")
_DIGITS = re.compile(r"[0-9]{5}")
_Key = tuple[int, str, str, str]


class Counter:
    """Counts in memory, for any number of threads. It keeps words of the line, never a number."""

    def __init__(self, most: int = MOST) -> None:
        """Begin with nothing; `most` bounds the memory."""
        self._most = most
        self._counted: dict[_Key, int] = {}
        self._lock = Lock()

    def count(self, at: datetime, *, language: str, node: str, event: str) -> None:
        """Count one event. Never raises, never waits for anything."""
        key = (int(at.timestamp()) // HOUR, language, node, event)
        with self._lock:
            if key not in self._counted:
                key = (key[0], _name(language), _name(node), _name(event))
            if key in self._counted or len(self._counted) < self._most:
                self._counted[key] = self._counted.get(key, 0) + 1

    def take(self) -> dict[Bucket, int]:
        """Hand over everything that was counted, and begin anew."""
        with self._lock:
            counted, self._counted = self._counted, {}
        return {
            Bucket(datetime.fromtimestamp(hour * HOUR, UTC), language, node, event): n
            for (hour, language, node, event), n in counted.items()
        }

    def put_back(self, counted: Mapping[Bucket, int]) -> None:
        """Take back what could not be written, to be handed over the next time."""
        with self._lock:
            for one, n in counted.items():
                hour = int(one.hour.timestamp()) // HOUR
                key = (hour, one.language, one.node, one.event)
                if key in self._counted or len(self._counted) < self._most:
                    self._counted[key] = self._counted.get(key, 0) + n


def _name(given: str) -> str:
    """A word of the line as it is, anything else as `other`: no number can be counted by mistake.

    An empty language is one that nobody has chosen yet.
    """
    good = not given or (_NAME.fullmatch(given) and not _DIGITS.search(given))
    return given if good else OTHER
