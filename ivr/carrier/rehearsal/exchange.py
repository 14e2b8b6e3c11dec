"""The exchange: events and times go in, requests and journal entries come out; no clock, no wire.

Every public method is one event. Afterwards `take` gives what is to be written down and what is
to be sent, in this order; each request's answer comes back through `replied`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from ivr.carrier.rehearsal import executor
from ivr.carrier.rehearsal.answering import take_answer
from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.asking import ask
from ivr.carrier.rehearsal.board import Account, Board, Faults, Numbers
from ivr.carrier.rehearsal.dialling import end, meet, move, pick_up, ring
from ivr.carrier.rehearsal.legs import (
    Direction,
    Entry,
    Family,
    Kind,
    Leg,
    Notices,
    Status,
    Timer,
)
from ivr.carrier.rehearsal.owners import answer_of, owner_of
from ivr.carrier.rehearsal.wire import Answered, Request

QUEUED = 60.0
"""Seconds for which a placed call stays queued where that was asked for as a fault."""
AWAY = timedelta(minutes=10)
"""A telephone that has said nothing for so long is taken for gone."""


class UnknownCallError(LookupError):
    """No call that is going on has this SID."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a telephone rings us. `from_` may be withheld or odd; `at` pretends another time (aware);
    `answers` is how transfers are met; `talk` how long whoever picks up talks (None: until somebody
    hangs up).
    """

    to: str
    from_: str
    answers: tuple[Answer, ...] = (Answer.PRESSES,)
    tones: bool = True
    at: datetime | None = None
    talk: float | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A call that the account asks for: whom, showing what, and what then."""

    to: str
    from_: str
    url: str = ""
    method: str = "POST"
    twiml: str = ""
    fallback: str = ""
    fallback_method: str = "GET"
    ring: int = 60
    limit: int = 4 * 3600
    notices: Notices = Notices()


class Exchange:
    """All calls of one account. Not safe for several threads at once: `Switch` sees to that."""

    def __init__(self, account: Account, numbers: Numbers, name: Callable[[str], str]) -> None:
        """Begin with no call; `name` makes ids (prefix and 32 hex digits), unique for ever.

        `ahead` says how far the time that is pretended is ahead of the real one.
        """
        self.board = Board(account, numbers, name)
        self.ahead: Callable[[], timedelta] = timedelta
        self.answers: tuple[Answer, ...] = (Answer.PRESSES,)

    @property
    def faults(self) -> Faults:
        """What shall go wrong on purpose from now on."""
        return self.board.faults

    def ring(self, setup: Setup, at: datetime) -> str:
        """A telephone rings one of our numbers; the SID of the call."""
        board = self._at(at)
        start = setup.at or at + self.ahead()
        family = Family(board.name("CA"), start, True, setup.answers, seen=at)
        family.tones, family.talk = setup.tones, setup.talk
        board.begin(family)
        leg = board.open(family, Direction.INBOUND, setup.from_, setup.to)
        leg.fallback = board.numbers.fallback
        leg.notices = Notices(board.numbers.status)
        move(board, leg, Status.RINGING)
        ask(board, leg, board.numbers.voice, "POST", {})
        return leg.sid

    def place(self, order: Order, at: datetime) -> Leg:
        """The account asks for a call; the wall clock paces it, unless its owner says so."""
        board = self._at(at)
        owner = owner_of(board.owners, order.to, at)
        paced, start = bool(owner and owner.paced), at + self.ahead()
        family = Family(board.name("CA"), start, paced, self.answers, seen=at, began=at)
        board.begin(family)
        leg = board.open(family, Direction.API, order.from_, order.to)
        leg.url, leg.method, leg.twiml = order.url, order.method, order.twiml
        leg.fallback, leg.ring, leg.limit = order.fallback, order.ring, order.limit
        leg.fallback_method, leg.notices = order.fallback_method, order.notices
        leg.answer = answer_of(board.owners, family, order.to, at)
        move(board, leg, Status.QUEUED)
        if board.faults.queue:
            board.faults.queue -= 1
            board.wait(leg, Kind.QUEUE, QUEUED)
        else:
            ring(board, leg)
        return leg

    def press(self, sid: str, key: str, at: datetime, after: float = 0.0) -> None:
        """A key at a telephone, `after` seconds into what it was hearing."""
        leg = self._live(sid, at, after)
        executor.press(self.board, leg, key)
        self._settle()

    def answer(self, sid: str, at: datetime, manner: Answer = Answer.HAND) -> None:
        """Somebody meets a ringing telephone by hand: picks up, is busy, has a machine."""
        leg = self._live(sid, at, 0.0)
        if leg.status is Status.RINGING and leg.direction is not Direction.INBOUND:
            meet(self.board, leg, manner)
        self._settle()

    def ended(self, sid: str, timer: int, at: datetime) -> None:
        """A telephone says that what its call waited for is over; an outdated word is no event."""
        family = self._live(sid, at, 0.0).family
        waiting = self.next_timer(family)
        if waiting is not None and waiting[1].id == timer:
            family.now = max(family.now, waiting[1].due)
            self._over(*waiting)
        self._settle()

    def hang_up(self, sid: str, at: datetime, after: float = 0.0) -> None:
        """A telephone is put down, or the account ends a call."""
        leg = self._live(sid, at, after)
        before = leg.direction is not Direction.INBOUND and leg.status is not Status.IN_PROGRESS
        end(self.board, leg, Status.CANCELED if before else Status.COMPLETED, "hung up")
        self._settle()

    def look(self, sid: str, at: datetime) -> Leg:
        """A telephone is still there. Raises UnknownCallError for a call that is forgotten."""
        leg = self._at(at).legs.get(sid)
        if leg is None:
            raise UnknownCallError(sid)
        leg.family.seen = at
        return leg

    def tick(self, at: datetime) -> None:
        """Let the wall clock end what no telephone paces, and calls whose telephone is gone."""
        board = self._at(at)
        for family in list(board.families.values()):
            root = board.legs[family.root]
            if not root.live:
                continue
            if not family.paced:
                self._pass(family, (at - (family.began or family.start)).total_seconds())
            if family.paced and at - (family.seen or at) > AWAY:
                end(board, root, Status.COMPLETED, "its telephone is gone")
            elif root.live and _seconds_on(root) > root.limit > 0:
                end(board, root, Status.COMPLETED, "its time was over")
            self._settle()

    def replied(self, request_id: str, answer: Answered, at: datetime) -> None:
        """The answer to a request; one that nobody waits for any more is only written down."""
        take_answer(self._at(at), request_id, answer)
        self._settle()

    def take(self) -> tuple[list[Entry], list[Request]]:
        """What is to be written down, and what may be sent once it is."""
        board = self.board
        entries, board.entries = board.entries, []
        requests = list(board.outbox)
        board.outbox.clear()
        return entries, requests

    def next_timer(self, family: Family) -> tuple[Leg, Timer] | None:
        """What a call waits for first: the leg, and its wait."""
        legs = (self.board.legs[sid] for sid in family.legs)
        waits = [(leg, leg.timer) for leg in legs if leg.live and leg.timer is not None]
        return min(waits, key=lambda wait: wait[1].due) if waits else None

    def busy(self, sid: str) -> bool:
        """Whether an answer is still awaited for the call that a leg belongs to."""
        leg = self.board.legs.get(sid)
        family = leg.family.legs if leg else ()
        return any(request.call in family for request in self.board.asked.values())

    def _at(self, at: datetime) -> Board:
        self.board.at = max(at, self.board.at)
        return self.board

    def _live(self, sid: str, at: datetime, after: float) -> Leg:
        leg = self.look(sid, at)
        if not leg.live:
            raise UnknownCallError(sid)
        waiting = self.next_timer(leg.family)
        if waiting is not None and leg.family.paced:
            leg.family.now += min(max(after, 0.0), max(0.0, waiting[1].due - leg.family.now))
        return leg

    def _pass(self, family: Family, until: float) -> None:
        """Let the wall clock reach `until`, ending waits in their order."""
        while (waiting := self.next_timer(family)) and waiting[1].due <= until:
            family.now = max(family.now, waiting[1].due)
            self._over(*waiting)
            self._settle()
        family.now = max(family.now, until)

    def _over(self, leg: Leg, timer: Timer) -> None:
        match timer.kind:
            case Kind.CLIP | Kind.SAY | Kind.PAUSE | Kind.SILENCE:
                executor.sounded(self.board, leg)
            case Kind.PRESS:
                executor.press(self.board, leg, timer.what)
            case Kind.QUEUE:
                ring(self.board, leg)
            case Kind.PICK_UP:
                pick_up(self.board, leg)
            case Kind.GIVE_UP:
                end(self.board, leg, Status(timer.what), f"the other end: {timer.what}")
            case Kind.RING:
                end(self.board, leg, Status.NO_ANSWER, "nobody picked up")
            case Kind.TALK:
                other = self.board.legs.get(leg.child, leg)
                end(self.board, other, Status.COMPLETED, "the talk was over")
            case _:
                assert_never(timer.kind)

    def _settle(self) -> None:
        """Let every leg go on that can, until each waits for something."""
        while self.board.ready:
            executor.proceed(self.board, self.board.ready.popleft())


def _seconds_on(leg: Leg) -> float:
    return (leg.family.moment - leg.started).total_seconds() if leg.started else 0.0
