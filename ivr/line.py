"""The line as a running service: what a turn may consult, had without waiting for anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread

from audio.kept import Kept
from ivr import clock, logs
from ivr.call.edition import Edition
from ivr.call.world import World
from ivr.callbacks.booked import booked
from ivr.callbacks.caps import Limits
from ivr.callbacks.context import Context
from ivr.callbacks.skew import Skews
from ivr.carrier.opening import addresses_of
from ivr.counts import Counter
from ivr.editions.library import Library
from ivr.editions.sounds import Loader, digests, shipped
from ivr.settings import Settings
from ivr.store import caps, counts, effects
from ivr.store.database import Store
from ivr.store.sealing import Vault
from routing.offer import Booked

REHEARSAL = "rehearsal"
REFRESH = 2.0
"""Seconds between two looks at the database: how soon a change reaches callers."""
FLUSH = 10.0
"""Seconds between two writes of what was counted."""
LAST = 8.0
"""Seconds that the upkeep has to end: what it may wait for is shorter."""
SWEEP = 3600.0
"""Seconds between two erasures of old effects."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the line stands with its database; `problem` is empty when all is well."""

    problem: str
    edition: int
    directory: int


class Line:
    """Editions, directory and counts of one process. Make it before workers fork, `start` after."""

    def __init__(self, settings: Settings) -> None:
        """Begin with what the files have, else with what ships."""
        self.settings = settings
        self.store = Store(settings.database_url)
        self.vault = Vault(settings.key_ring, settings.secret_keys)
        self.skews = Skews(addresses_of(settings))
        self.counts = Counter()
        self.clips = Kept(settings.var / "clips", Loader(self.store))
        self._library = Library(self.store, settings.var, settings.outbound_number, self._fetch)
        self._caller_id = settings.outbound_number
        self._booked: Booked | None = None
        self._problems: dict[str, str] = {}
        self._stopped = Event()
        self._thread: Thread | None = None

    def world(self, carrier: str, at: datetime | None = None) -> World:
        """What a turn may consult, now or at another moment. About a microsecond."""
        held = self._library.holding
        at = at or clock.now()
        rehearsal = carrier == REHEARSAL
        return World(
            held.edition, held.directory, at, carrier, self._caller_id, rehearsal, self._booked
        )

    def context(self) -> Context:
        """What the rules about callbacks need now, besides the database."""
        return Context(
            vault=self.vault,
            directory=self._library.holding.directory,
            outbound=self._caller_id,
            limits=Limits(*self.settings.limits),
            skew=self.skews.of,
        )

    def edition(self, number: int) -> Edition:
        """The edition of a number, or the current one when that is not at hand."""
        held = self._library.holding
        return held.editions.get(number, held.edition)

    @property
    def health(self) -> Health:
        """How the line stands with its database."""
        held = self._library.holding
        return Health(
            ", ".join(self._problems.values()), held.edition.number, held.directory.number
        )

    def refresh(self, at: datetime) -> None:
        """Look what is new in the database, and what is promised there already. Never raises: what
        is at hand goes on serving, and nothing more is promised.
        """
        with self._noting("refresh"):
            try:
                self._library.refresh(at)
                self.vault.ring.prepare()
                with self.store.reading() as connection:
                    self._booked = booked(connection, at)
            except Exception:
                self._booked = None  # nothing more is promised meanwhile
                raise

    def _fetch(self, edition: Edition) -> None:
        """Have the recordings that did not ship on the disk, for the day without a database."""
        self.clips.fetch(sorted(digests(edition) - shipped().keys()))

    def flush(self) -> None:
        """Write what was counted, or keep it for later. Never raises."""
        counted = self.counts.take()
        if not counted:
            return
        with self._noting("flush"):
            try:
                with self.store.writing() as connection:
                    counts.add(connection, counted)
            except Exception:
                self.counts.put_back(counted)
                raise

    def sweep(self, at: datetime) -> None:
        """Erase old effects and counts, and what is left of all that was erased meanwhile. Never
        raises: the next hour tries again.
        """
        with self._noting("sweep"):
            with self.store.writing() as connection:
                effects.sweep(connection, at)
                caps.sweep(connection, at)
            self.store.rebuild()

    def start(self) -> None:
        """Begin the upkeep of this process: after it forked, for threads stay behind."""
        self.store.forget()
        self._stopped.clear()
        self._thread = Thread(target=self._keep_up, name="upkeep", daemon=True)
        self._thread.start()
        self.skews.start()

    def stop(self) -> None:
        """End the upkeep, with what was counted written down."""
        self._stopped.set()
        self.skews.stop()
        if self._thread:
            self._thread.join(timeout=LAST)
            self._thread = None
        self.flush()
        self.store.close()

    def _keep_up(self) -> None:
        flushed = clock.monotonic()
        swept = flushed - SWEEP
        while not self._stopped.is_set():
            self.refresh(clock.now())
            passed = clock.monotonic()
            if passed - flushed >= FLUSH:
                self.flush()
                flushed = passed
            if passed - swept >= SWEEP:
                self.sweep(clock.now())
                swept = passed
            self._stopped.wait(REFRESH)

    @contextmanager
    def _noting(self, doing: str) -> Iterator[None]:
        """Swallow whatever breaks, note it as a problem of what was being done, and log changes."""
        before = self.health.problem
        try:
            yield
        except Exception as error:  # whatever it is, it must not reach a call
            self._problems[doing] = f"{type(error).__name__} at {doing}"
        else:
            self._problems.pop(doing, None)
        problem = self.health.problem
        if problem != before:
            event = "the database is away" if problem else "the database is back"
            logs.get("line").warning(event, problem=problem or "none")
