"""CPU and latency of one webhook through gunicorn: server and client on cores of their own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

from ivr.bench import apps
from ivr.bench.calls import Call
from ivr.bench.client import run_closed
from ivr.bench.cores import cores, on_core
from ivr.bench.figures import Sample, percentile
from ivr.bench.gates import CPU, P99, RATE
from ivr.bench.honest import check_whole
from ivr.bench.inproc import MICRO, turned
from ivr.bench.servers import Server, serving
from ivr.bench.site import Site

CONNECTIONS = 4
"""Requests at a time: enough to keep a worker busy, few enough to say something about latency."""
WARM = 0.5
MILLI = 1000


def wires_for(name: str, site: Site, calls: Sequence[Call]) -> list[list[bytes]]:
    """The calls as one application gets them, as bytes."""
    return [[webhook.wire() for webhook in call] for call in apps.webhooks_for(name, site, calls)]


def measure(site: Site, calls: Sequence[Call], *, rounds: int, seconds: float) -> Iterator[Sample]:
    """Rounds of every application in turns, one worker each, all on one core."""
    sent = {name: sum(wires_for(name, site, calls), []) for name in apps.NAMES}
    server_core, client_core = cores()
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(serving(name, site.environ, requests[0], cores=[server_core]))
            for name, requests in sent.items()
        }
        stack.enter_context(on_core(client_core))
        _warm(servers, sent)
        for number in range(1, rounds + 1):
            for name in turned(apps.NAMES, number):
                yield from _round(servers[name], sent[name], name, number, seconds)


def _warm(servers: Mapping[str, Server], sent: Mapping[str, Sequence[bytes]]) -> None:
    for name, server in servers.items():
        run_closed(server.address, sent[name], connections=CONNECTIONS, seconds=WARM)


def _round(
    server: Server, requests: Sequence[bytes], name: str, number: int, seconds: float
) -> Iterator[Sample]:
    before = server.cpu()
    timing = run_closed(server.address, requests, connections=CONNECTIONS, seconds=seconds)
    for heard in timing.kept:
        check_whole(heard)
    spent = (server.cpu() - before) / len(timing.answers)
    yield Sample(CPU, name, number, spent * MICRO, "µs")
    yield Sample(RATE, name, number, len(timing.answers) / timing.seconds, "/s")
    for measure, share in (("p50", 0.5), ("p95", 0.95), (P99, 0.99)):
        yield Sample(measure, name, number, percentile(timing.answers, share) * MILLI, "ms")
