"""The carrier's side of the wire: requests written down beforehand, answers only measured.

One thread and one `epoll`, so that it takes little of the machine that it shares with the server.
An answer counts when it is a 200 and whole; a few of each round are kept, to be read in full.
"""

import re
import select
import socket
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event
from typing import Self

from ivr import clock
from ivr.bench.honest import UnfitError
from ivr.bench.machine import cpu

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_OK = b"HTTP/1.1 200 "
_END = b"\r\n\r\n"
MOST_CONNECTIONS = 900
"""Open connections at a time: fewer than the server lets in."""
GRACE = 5.0
"""Seconds after the last request was due in which answers still count as answers."""
KEPT = 64
"""One answer in so many is kept."""
ENDLESS = sys.maxsize
Address = tuple[str, int]


@dataclass(slots=True)
class Timing:
    """What one round showed, in seconds: how long each answer took, how long all of it did.

    `late` is how long after its due moment each request was noticed here: the client's own fault.
    `kept` are some of the answers themselves; `cpu` what the client took of a processor.
    """

    answers: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    kept: list[bytes] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0

    def note(self, wire: "Connection") -> None:
        """Count an answer that is whole."""
        if len(self.answers) % KEPT == 0:
            self.kept.append(wire.heard)
        self.answers.append(clock.monotonic() - wire.since)


@dataclass(slots=True)
class Connection:
    """One connection, with the moment from which its answer is counted."""

    socket: socket.socket
    since: float = 0.0
    heard: bytes = b""
    asked: int = 0

    def send(self, request: bytes, since: float) -> None:
        """Send a request whole; it is small enough for any buffer."""
        self.since, self.heard, self.asked = since, b"", self.asked + 1
        if self.socket.send(request) != len(request):
            raise UnfitError("a request did not fit into the connection")

    def receive(self) -> bool:
        """Take in what came; whether the answer is whole. Raises UnfitError for a bad one."""
        came = self.socket.recv(65536)
        self.heard += came
        if not came or not self.heard.startswith(_OK[: len(self.heard)]):
            raise UnfitError(f"the server answered {self.heard[:60]!r}")
        return is_whole(self.heard)


def is_whole(heard: bytes) -> bool:
    """Whether all bytes of an answer are there."""
    head = heard.find(_END)
    length = _LENGTH.search(heard, 0, head + 2) if head > 0 else None
    return length is not None and len(heard) >= head + len(_END) + int(length[1])


class Wires:
    """All connections to one server; each is closed after `life` requests, and another opened."""

    def __init__(self, address: Address, life: int = ENDLESS) -> None:
        """None is open yet."""
        self.address = address
        self.life = life
        self.free: deque[Connection] = deque()
        self._poll = select.epoll()
        self._open: dict[int, Connection] = {}

    def __enter__(self) -> Self:
        """For one round."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self._poll.close()
        for one in self._open.values():
            one.socket.close()

    @property
    def busy(self) -> int:
        """How many answers are awaited."""
        return len(self._open) - len(self.free)

    def take(self) -> Connection | None:
        """A connection that waits for nothing: the one used last, or a new one."""
        if self.free:
            return self.free.pop()
        if len(self._open) >= MOST_CONNECTIONS:
            return None
        one = Connection(socket.create_connection(self.address))
        one.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.socket.setblocking(False)
        self._open[one.socket.fileno()] = one
        self._poll.register(one.socket.fileno(), select.EPOLLIN)
        return one

    def give_back(self, one: Connection) -> None:
        """A connection that waits for nothing any more."""
        if one.asked < self.life:
            self.free.append(one)
        else:
            del self._open[one.socket.fileno()]
            one.socket.close()

    def answered(self, seconds: float) -> Iterator[Connection]:
        """The connections whose answers are whole, once there are some, or the time is over."""
        for handle, _ in self._poll.poll(max(0.0, seconds)):
            one = self._open[handle]
            if one.receive():
                yield one


def ask(address: Address, request: bytes, seconds: float) -> None:
    """One request on a connection of its own. Raises UnfitError for a bad answer, or none."""
    with socket.create_connection(address, seconds) as wire:
        one = Connection(wire)
        one.send(request, 0.0)
        while not one.receive():
            pass


def run_closed(
    address: Address,
    requests: Sequence[bytes],
    *,
    connections: int,
    seconds: float,
    rest: float = 0.0,
    life: int = ENDLESS,
) -> Timing:
    """Each connection asks again as soon as it was answered, for some seconds.

    With a `rest` (seconds) between two looks, many answers are taken in at each: that costs the
    client less, and is no measure of how long one takes. `life` is how often one connection asks.
    """
    timing = Timing()
    following = cycle(requests)
    with Wires(address, life) as wires:
        used = cpu()
        began = now = clock.monotonic()
        while now < began + seconds or wires.busy:
            if now < began + seconds:
                _ask(wires, following, connections)
            if rest:
                Event().wait(rest)
            for wire in wires.answered(GRACE):
                timing.note(wire)
                wires.give_back(wire)
            now = clock.monotonic()
        timing.seconds, timing.cpu = now - began, cpu() - used
    return timing


def _ask(wires: Wires, following: Iterator[bytes], connections: int) -> None:
    """Let every connection ask that does not wait for an answer."""
    while wires.busy < connections:
        wire = wires.take()
        if wire is None:
            return
        wire.send(next(following), clock.monotonic())
