"""What a telephone can do and see, whether the exchange is in this process or behind HTTP.

The telephone owns the time of its call: a view says what is waited for and how long it lasts,
and the telephone says when that is over. So a browser can play it, and a test need not wait.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.exchange import Exchange, Setup, UnknownCallError
from ivr.carrier.rehearsal.legs import Direction, Entry, Family, Kind, Leg, Status
from ivr.carrier.rehearsal.owners import lines_of, owned
from ivr.carrier.rehearsal.switch import Switch


@dataclass(frozen=True, slots=True)
class Wait:
    """What a call waits for: `left` seconds of it are still to come on leg `call`; `keys` says
    whether a key ends it.
    """

    id: int
    call: str
    kind: Kind
    seconds: float
    left: float
    what: str
    language: str
    keys: bool


@dataclass(frozen=True, slots=True)
class View:
    """A call as its telephone sees it: the entries since the last view, and what is waited for.

    `phase` is rung (this very telephone rings), asking, speaking, listening, ringing, talking or
    ended. `placed` says that the account asked for the call. `other` is the leg of whoever is
    rung, with its number and state; empty where nobody is.
    """

    call: str
    from_: str
    to: str
    placed: bool
    status: Status
    phase: str
    moment: str
    other: str
    other_to: str
    other_from: str
    other_status: str
    waiting: Wait | None
    last: int
    entries: tuple[Entry, ...]

    def write(self) -> dict[str, Any]:
        """The view in plain values."""
        return asdict(self)


def read_view(source: Mapping[str, Any]) -> View:
    """Read a view from what `write` gave."""
    fields = dict(source)
    wait = fields.pop("waiting")
    waiting = Wait(**{**wait, "kind": Kind(wait["kind"])}) if wait else None
    entries, status = tuple(fields.pop("entries")), Status(fields.pop("status"))
    return View(**fields, waiting=waiting, entries=entries, status=status)


class Telephone(Protocol):
    """A telephone on the rehearsal carrier. `since` is the last entry already seen."""

    def here(self) -> bool:
        """Whether the carrier answers at all."""

    def ring(self, setup: Setup) -> View:
        """Ring an access number."""

    def press(self, call: str, key: str, *, since: int = 0, after: float = 0.0) -> View:
        """Press one key, `after` seconds into what is waited for."""

    def ended(self, call: str, wait: int, *, since: int = 0) -> View:
        """What was waited for is over."""

    def answer(self, leg: str, manner: Answer = Answer.HAND, *, since: int = 0) -> View:
        """Meet a ringing telephone by hand: lift the receiver, be busy, let a machine answer."""

    def hang_up(self, leg: str, *, since: int = 0) -> View:
        """Put a receiver down: one's own, or the other end's."""

    def look(self, call: str, *, since: int = 0) -> View:
        """See how the call is."""

    def own(
        self, number: str, answer: str = "hand", *, paced: bool = False, seconds: float = -1
    ) -> None:
        """How a number is met, for so many seconds or for good; `paced`: its telephone says when
        time passes.
        """

    def lines(self, number: str) -> list[dict[str, Any]]:
        """The live legs to a number, newest first: `leg`, `call`, `status`, `from`."""


class OwnTelephone:
    """A telephone in the exchange's own process."""

    def __init__(self, switch: Switch) -> None:
        """Plug into a switch."""
        self.switch = switch

    def here(self) -> bool:
        """The carrier is this process: it answers."""
        return True

    def ring(self, setup: Setup) -> View:
        """Ring an access number."""
        sid = self.switch.act(lambda exchange, at: exchange.ring(setup, at))
        return self.look(sid)

    def press(self, call: str, key: str, *, since: int = 0, after: float = 0.0) -> View:
        """Press one key, `after` seconds into what is waited for."""
        return self._do(call, since, lambda exchange, at: exchange.press(call, key, at, after))

    def ended(self, call: str, wait: int, *, since: int = 0) -> View:
        """What was waited for is over."""
        return self._do(call, since, lambda exchange, at: exchange.ended(call, wait, at))

    def answer(self, leg: str, manner: Answer = Answer.HAND, *, since: int = 0) -> View:
        """Meet a ringing telephone by hand."""
        return self._do(leg, since, lambda exchange, at: exchange.answer(leg, at, manner))

    def hang_up(self, leg: str, *, since: int = 0) -> View:
        """Put a receiver down: one's own, or the other end's."""
        return self._do(leg, since, lambda exchange, at: exchange.hang_up(leg, at))

    def look(self, call: str, *, since: int = 0) -> View:
        """See how the call is."""
        self.switch.settle(call)
        return self.switch.act(lambda exchange, at: view(exchange, exchange.look(call, at), since))

    def own(
        self, number: str, answer: str = "hand", *, paced: bool = False, seconds: float = -1
    ) -> None:
        """How a number is met from now on."""

        def put(exchange: Exchange, at: datetime) -> None:
            owner = owned(Answer(answer), at, paced=paced, seconds=seconds)
            exchange.board.owners[number] = owner

        self.switch.act(put)

    def lines(self, number: str) -> list[dict[str, Any]]:
        """The live legs to a number."""
        return self.switch.act(lambda exchange, at: lines_of(exchange.board.legs, number))

    def _do(self, leg: str, since: int, event: Callable[[Exchange, datetime], None]) -> View:
        """Let an event happen; one that comes when the call is over changes nothing."""
        with suppress(UnknownCallError):
            self.switch.act(event)
        return self.look(leg, since=since)


def view(exchange: Exchange, leg: Leg, since: int) -> View:
    """See the whole call that a leg belongs to."""
    family = leg.family
    root = exchange.board.legs[family.root]
    child = exchange.board.legs.get(root.child)
    entries = tuple(entry for entry in family.entries if entry["n"] > since)
    return View(
        call=root.sid,
        from_=root.from_,
        to=root.to,
        placed=root.direction is Direction.API,
        status=root.status,
        phase=_phase(root, child),
        moment=family.moment.isoformat(),
        other=child.sid if child else "",
        other_to=child.to if child else "",
        other_from=child.from_ if child else "",
        other_status=child.status.value if child else "",
        waiting=_wait(exchange, family),
        last=family.entries[-1]["n"],
        entries=entries,
    )


def _wait(exchange: Exchange, family: Family) -> Wait | None:
    waiting = exchange.next_timer(family)
    if waiting is None:
        return None
    leg, timer = waiting
    left = max(0.0, timer.due - family.now)
    return Wait(
        id=timer.id,
        call=leg.sid,
        kind=timer.kind,
        seconds=timer.seconds,
        left=left,
        what=timer.what,
        language=timer.language,
        keys=leg.gather is not None,
    )


def _phase(root: Leg, child: Leg | None) -> str:
    if not root.live:
        return "ended"
    if root.direction is Direction.API and root.status is not Status.IN_PROGRESS:
        return "rung"
    if child is not None:
        return "talking" if root.peer else "ringing"
    if root.timer is None:
        return "asking"
    return "listening" if root.timer.kind is Kind.SILENCE else "speaking"
