"""Calls as they really come: each webhook when it is due, whether the last one was answered or not.

Counted is from the moment at which a webhook was due, so that a server which keeps others waiting
cannot hide it. A round in which the client itself was late is marked as spoilt.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random

from ivr import clock
from ivr.bench import apps
from ivr.bench.calls import WEBHOOKS, Call
from ivr.bench.client import GRACE, Address, Timing, Wires
from ivr.bench.cores import cores, on_core
from ivr.bench.figures import Sample, percentile
from ivr.bench.honest import check_whole
from ivr.bench.inproc import turned
from ivr.bench.serve import wires_for
from ivr.bench.servers import serving
from ivr.bench.site import Site

NAMES = (apps.OURS, apps.FIXED)
PAUSE = 8.0
"""Seconds between two webhooks of a call, on average: a menu is heard before a key is pressed."""
MOST_LATE = 0.005
"""Seconds that the client may be late, at its 99th percentile, in a round that counts."""
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """One webhook, and when it is due: seconds after the round began."""

    at: float
    request: bytes


def plan(calls: Sequence[Sequence[bytes]], count: int, seconds: float, random: Random) -> list[Due]:
    """Some seconds out of the day of a line on which `count` calls are always going on.

    Each call is somewhere on its way; the pauses vary by half; one that ends is followed by the
    next one.
    """
    dues: list[Due] = []
    for _ in range(count):
        call, place = random.choice(calls), random.randrange(WEBHOOKS)
        at = random.uniform(0, PAUSE)
        while at < seconds:
            dues.append(Due(at, call[place]))
            place += 1
            if place == len(call):
                call, place = random.choice(calls), 0
            at += random.uniform(PAUSE / 2, PAUSE * 1.5)
    return sorted(dues, key=lambda due: due.at)


def run_open(address: Address, dues: Sequence[Due]) -> Timing:
    """Send each request when it is due. What is not answered in the end counts as the longest."""
    timing = Timing()
    waiting: deque[tuple[float, bytes]] = deque()
    coming = deque(dues)
    with Wires(address) as wires:
        began = now = clock.monotonic()
        end = began + dues[-1].at + GRACE
        while (coming or waiting or wires.busy) and now < end:
            while coming and began + coming[0].at <= now:
                due = coming.popleft()
                timing.late.append(now - began - due.at)
                waiting.append((began + due.at, due.request))
            while waiting and (wire := wires.take()):
                since, request = waiting.popleft()
                wire.send(request, since)
            rest = began + coming[0].at - clock.monotonic() if coming else end - now
            for wire in wires.answered(rest):
                timing.note(wire)
                wires.give_back(wire)
            now = clock.monotonic()
        missing = len(dues) - len(timing.answers)
        timing.answers += [now - began] * missing
        timing.seconds = now - began
    return timing


def measure(
    site: Site, calls: Sequence[Call], *, count: int, rounds: int, seconds: float, seed: int
) -> Iterator[Sample]:
    """Rounds of `count` calls a core: one worker on one core, ours and the fixed body in turns."""
    sent = {name: wires_for(name, site, calls) for name in NAMES}
    server_core, client_core = cores()
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(
                serving(name, site.environ, sent[name][0][0], cores=[server_core])
            )
            for name in NAMES
        }
        stack.enter_context(on_core(client_core))
        for number in range(1, rounds + 1):
            for name in turned(NAMES, number):
                random = Random(seed + number)  # noqa: S311  # both get the same moments
                timing = run_open(servers[name].address, plan(sent[name], count, seconds, random))
                yield from samples(timing, name, number)


def samples(timing: Timing, name: str, number: int) -> Iterator[Sample]:
    """The percentiles of a round, in milliseconds, spoilt where the client was late itself."""
    for heard in timing.kept:
        check_whole(heard)
    late = percentile(timing.late, 0.99)
    spoilt = late > MOST_LATE
    for measure, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        value = percentile(timing.answers, share) * MILLI
        yield Sample(measure, name, number, value, "ms", spoilt)
    yield Sample("the client's own lateness, p99", name, number, late * MILLI, "ms")
