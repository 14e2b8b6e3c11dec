"""A telephone in the hand: rings, presses, waits, and remembers all that happened.

The terminal's telephone and whole-call tests hold one. Nothing here sleeps: waiting tells the
exchange that what the call waits for is over.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.exchange import Exchange, Setup
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.legs import Entry
from ivr.carrier.rehearsal.switch import Send, Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone, Telephone, View

MOST_WAITS = 2000
"""Waits after which a call that does not move on is taken for endless."""


class Handset:
    """One telephone and the call it is on. `entries` grows with all that the exchange noted."""

    def __init__(self, telephone: Telephone) -> None:
        """Hold a telephone that is on no call."""
        self.telephone = telephone
        self.view: View | None = None
        self.entries: list[Entry] = []

    def ring(self, setup: Setup) -> View:
        """Ring an access number; what was known of an earlier call is forgotten."""
        self.entries = []
        return self._see(self.telephone.ring(setup))

    def press(self, keys: str, *, after: float = 0.0) -> View:
        """Press keys one by one, the first `after` seconds into what is heard."""
        view = self.now
        for key in keys:
            view = self._see(self.telephone.press(view.call, key, since=self._last, after=after))
            after = 0.0
        return view

    def wait(self) -> View:
        """Let what the call waits for be over: a clip, a silence, a ringing, a talk."""
        view = self.now
        if view.waiting is None:
            return self._see(self.telephone.look(view.call, since=self._last))
        return self._see(self.telephone.ended(view.call, view.waiting.id, since=self._last))

    def wait_for(self, reached: Callable[[View], bool]) -> View:
        """Wait until something is so, or the call is over."""
        for _ in range(MOST_WAITS):
            if reached(self.now) or self.now.phase == "ended":
                return self.now
            self.wait()
        raise RuntimeError(f"still {self.now.phase} after {MOST_WAITS} waits")

    def keep_silent(self) -> View:
        """Press nothing until one more silence has counted, or something else took over."""
        silences = len(self.all_of("silence"))
        return self.wait_for(
            lambda view: len(self.all_of("silence")) > silences or view.phase == "talking"
        )

    def hang_up(self) -> View:
        """Put one's own receiver down."""
        return self._see(self.telephone.hang_up(self.now.call, since=self._last))

    def other_hangs_up(self) -> View:
        """Whoever was rung puts the receiver down."""
        return self._see(self.telephone.hang_up(self.now.other, since=self._last))

    def other_picks_up(self) -> View:
        """Whoever was rung, and is to be answered by hand, lifts the receiver."""
        return self._see(self.telephone.answer(self.now.other, since=self._last))

    def other_presses(self, key: str) -> View:
        """Whoever was rung presses a key."""
        return self._see(self.telephone.press(self.now.other, key, since=self._last))

    @property
    def now(self) -> View:
        """The last that was seen of the call. Raises RuntimeError before the first ring."""
        if self.view is None:
            raise RuntimeError("this telephone has rung nobody yet")
        return self.view

    def all_of(self, what: str) -> list[Entry]:
        """Every entry of one kind so far, on any leg of the call."""
        return [entry for entry in self.entries if entry["what"] == what]

    def heard(self) -> Iterator[str]:
        """What the caller heard, in order: the URLs of clips, the words of the carrier's voice."""
        call = self.now.call
        return (entry["sound"] for entry in self.all_of("heard") if entry["call"] == call)

    @property
    def _last(self) -> int:
        return int(self.entries[-1]["n"]) if self.entries else 0

    def _see(self, view: View) -> View:
        self.entries += view.entries
        self.view = view
        return view


def headless(
    send: Send, account: Account, numbers: Numbers, clock: Callable[[], datetime]
) -> Handset:
    """A handset with an exchange of its own in this process, which asks the line through `send`."""
    exchange = Exchange(account, numbers, new_name)
    return Handset(OwnTelephone(Switch(exchange, send, MemoryJournal(), clock)))
