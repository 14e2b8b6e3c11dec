"""CPU of one webhook in one process, without a server: ours between the baselines, call by call."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from ivr.bench import apps
from ivr.bench.calls import record
from ivr.bench.figures import Sample
from ivr.bench.gates import CPU
from ivr.bench.honest import check_door
from ivr.bench.machine import cpu
from ivr.bench.site import Site
from ivr.bench.webhooks import Webhook, Wsgi, ask

MICRO = 1e6


def measure(site: Site, *, rounds: int, calls: int, seed: int) -> Iterator[Sample]:
    """A sample for each application and round. Raises UnfitError before it measures anything."""
    made = {name: apps.make(name, site.settings) for name in apps.NAMES}
    line = made[apps.OURS]
    try:
        recorded = record(
            lambda webhook: ask(line, webhook), site, apps.number_of(line), count=calls, seed=seed
        )
        sent = {name: apps.webhooks_for(name, site, recorded) for name in apps.NAMES}
        for name in (apps.OURS, apps.TUTORIAL):
            check_door(made[name], sent[name][0])
        for number in range(1, rounds + 1):
            for name, micro in _round(made, sent, number).items():
                yield Sample(CPU, name, number, micro, "µs")
    finally:
        line.extensions["line"].stop()


def _round(
    made: Mapping[str, Wsgi], sent: Mapping[str, list[tuple[Webhook, ...]]], number: int
) -> dict[str, float]:
    """Every call once through every application, in turns; microseconds per webhook."""
    spent = dict.fromkeys(apps.NAMES, 0.0)
    count = sum(len(call) for call in sent[apps.OURS])
    for place in range(len(sent[apps.OURS])):
        for name in turned(apps.NAMES, number + place):
            spent[name] += _run(made[name], sent[name][place])
    return {name: seconds / count * MICRO for name, seconds in spent.items()}


def _run(app: Wsgi, webhooks: Sequence[Webhook]) -> float:
    """CPU seconds of some webhooks, one after the other."""
    environs = [webhook.environ() for webhook in webhooks]
    began = cpu()
    for environ in environs:
        answer = app(environ, _start)
        b"".join(answer)
        getattr(answer, "close", int)()
    return cpu() - began


def _start(*_: object) -> None:
    """Take status and headers, as a server does."""


def turned(names: Sequence[str], number: int) -> list[str]:
    """The names in another order each time, so that none always finds what the same one left."""
    orders = list(permutations(names))
    return list(orders[number % len(orders)])
