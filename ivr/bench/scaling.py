"""What two workers answer in a second, against one: on the same cores, which the client shares.

With `s` for the server's CPU per webhook and `c` for the client's, two workers on two cores can
answer 2s/(s+c) times as much as one and no more: that bound is a row of the table. Two things make
it a measure of the workers. The connections are many, and each is given up after one call's
webhooks: whoever accepts one keeps it, so that a few lasting ones may all be one worker's, and then
the other has nothing to do. And every round tells who had the cores. One in which the single worker
had less than its own is spoilt, for the ratio would be too high; one in which others had much
beside the two workers is spoilt too, and where they had a little the ratio comes out too low.
"""

from collections.abc import Iterator, Mapping, Sequence

from ivr.bench.calls import WEBHOOKS
from ivr.bench.client import Timing, run_closed
from ivr.bench.figures import Sample
from ivr.bench.gates import CPU, RATE
from ivr.bench.honest import check_whole
from ivr.bench.inproc import MICRO, turned
from ivr.bench.machine import busy, cpu_of
from ivr.bench.servers import Server

ONE, TWO = "one worker", "two workers"
CLIENT = "CPU of the client per answer"
BOUND = "what the client leaves room for"
SPLIT = "the idler worker's part of the CPU"
OTHERS = "cores that others had"
CONNECTIONS = 64
REST = 0.002
"""Seconds between two looks for answers: the connections are enough to bridge them."""
MOST_OTHERS = 0.4
LEAST_OWN = 0.9
"""Cores: what others may have beside two workers, and what a single worker must have."""


def measure(
    servers: Mapping[str, Server], sent: Sequence[bytes], *, rounds: int, seconds: float
) -> Iterator[Sample]:
    """Rounds of one worker and of two, in turns. Raises UnfitError for an answer that is none."""
    for number in range(1, rounds + 1):
        for kind in turned((ONE, TWO), number):
            yield from _round(servers[kind], sent, kind, number, seconds)


def ask(server: Server, sent: Sequence[bytes], seconds: float) -> Timing:
    """Keep every worker busy for some seconds."""
    timing = run_closed(
        server.address, sent, connections=CONNECTIONS, seconds=seconds, rest=REST, life=WEBHOOKS
    )
    for heard in timing.kept:
        check_whole(heard)
    return timing


def _round(
    server: Server, sent: Sequence[bytes], kind: str, number: int, seconds: float
) -> Iterator[Sample]:
    before, all_before = [cpu_of([one]) for one in server.workers], busy()
    timing = ask(server, sent, seconds)
    all_spent = busy() - all_before
    own = [cpu_of([one]) - used for one, used in zip(server.workers, before, strict=True)]
    others = max(0.0, all_spent - sum(own) - timing.cpu) / timing.seconds
    starved = kind == ONE and sum(own) < LEAST_OWN * timing.seconds
    crowded = kind == TWO and others > MOST_OTHERS
    count = len(timing.answers)
    yield Sample(RATE, kind, number, count / timing.seconds, "/s", starved or crowded)
    yield Sample(CPU, kind, number, sum(own) / count * MICRO, "µs")
    yield Sample(CLIENT, kind, number, timing.cpu / count * MICRO, "µs")
    yield Sample(OTHERS, kind, number, others, "")
    if kind == TWO:
        yield Sample(SPLIT, kind, number, min(own) / sum(own), "")
        yield Sample(BOUND, kind, number, 2 * sum(own) / (sum(own) + timing.cpu), "×")
