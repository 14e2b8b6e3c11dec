"""By how much our clock differs from each carrier's: without that, nobody is called.

A clock belongs to a machine, so every process measures for itself, in the background, and what is
older than an hour counts for nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from ivr import clock, logs
from ivr.carrier.when import ask_date

EVERY = 300.0
"""Seconds between two measures."""
SOONER = 5.0
"""Seconds until the next one where a carrier did not answer."""
GOOD = timedelta(hours=1).total_seconds()


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds that we are ahead of a carrier, and when that was seen (monotonic seconds)."""

    seconds: float
    seen: float


class Skews:
    """What was measured, by carrier."""

    def __init__(
        self,
        addresses: Mapping[str, str],
        now: Callable[[], datetime] = clock.now,
        monotonic: Callable[[], float] = clock.monotonic,
        ask: Callable[[str], datetime | None] = ask_date,
    ) -> None:
        """Nothing is measured yet. `addresses` says where each carrier answers."""
        self._addresses, self._now, self._monotonic, self._ask = addresses, now, monotonic, ask
        self._measures: dict[str, Measure] = {}
        self._stopped = Event()
        self._thread: Thread | None = None

    def of(self, carrier: str) -> float | None:
        """Seconds that we are ahead of this carrier; None when nobody knows."""
        measure = self._measures.get(carrier)
        if measure is None or self._monotonic() - measure.seen > GOOD:
            return None
        return measure.seconds

    def measure(self) -> bool:
        """Ask every carrier what time it is; whether all answered. Their Date has whole seconds, so
        the middle of that second is compared with the middle of our waiting.
        """
        all_told = True
        for name, address in self._addresses.items():
            before = self._now()
            there = self._ask(address)
            if there is None:
                all_told = False
                continue
            half = (self._now() - before) / 2
            ahead = before + half - there - timedelta(seconds=0.5)
            self._measures[name] = Measure(ahead.total_seconds(), self._monotonic())
        return all_told

    def start(self) -> None:
        """Measure from now on, beside whatever else this process does."""
        self._stopped.clear()
        self._thread = Thread(target=self._keep_up, name="skew", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Measure no more."""
        self._stopped.set()

    def _keep_up(self) -> None:
        while not self._stopped.is_set():
            try:
                fine = self.measure()
            except Exception as error:  # whatever broke: it is tried again
                fine = False
                logs.get("callbacks").warning("no clock", error=type(error).__name__)
            self._stopped.wait(EVERY if fine else SOONER)
