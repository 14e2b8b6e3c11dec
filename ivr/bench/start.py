"""What a process costs before it answers: imports, memory, workers, and the first ring of all.

Memory is judged by what one more worker adds to the machine: the pages that are its own alone (USS)
after it has answered for a while, for answering is what makes shared pages its own. That says the
same for two workers as for twenty. Its part of what is shared (PSS) depends on how many share; it
stands beside, and so does all that the server takes with its master, whom preloading makes bigger:
what is shared is there once in any case, and few workers save little of the whole.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain

from ivr.bench import apps, scaling
from ivr.bench.calls import Call
from ivr.bench.figures import Sample
from ivr.bench.gates import IMPORT, MEMORY, SHARE
from ivr.bench.inproc import turned
from ivr.bench.machine import memory_of
from ivr.bench.serve import wires_for
from ivr.bench.servers import Server, serving
from ivr.bench.site import Site, bare_environ

IMPORTS = ("flask", "ivr.app")
READY = "CPU until it could answer"
WHOLE = "memory of the master and two workers (PSS)"
WORKERS = 2
WARM = 1.0
_SCRIPT = """
import importlib, resource, sys
def used():
    got = resource.getrusage(resource.RUSAGE_SELF)
    return got.ru_utime + got.ru_stime
before = used()
importlib.import_module(sys.argv[1])
print(used() - before)
"""
_READY = """
import resource
import ivr.app
ivr.app.create_app()
got = resource.getrusage(resource.RUSAGE_SELF)
print(got.ru_utime + got.ru_stime)
"""


def imports(rounds: int) -> Iterator[Sample]:
    """CPU of importing each module in a process of its own, in turns; the first is not counted."""
    for number in range(rounds + 1):
        for module in turned(IMPORTS, number):
            done = subprocess.run(  # noqa: S603  # our own command, no shell
                [sys.executable, "-c", _SCRIPT, module],
                env=bare_environ(), capture_output=True, check=True, text=True,
            )  # fmt: skip
            if number:
                yield Sample(IMPORT, module, number, float(done.stdout) * 1000, "ms")


def ready(site: Site, rounds: int) -> Iterator[Sample]:
    """CPU until the application is made: what importing puts off is in here, and has no gate."""
    for number in range(1, rounds + 1):
        done = subprocess.run(  # noqa: S603  # our own command, no shell
            [sys.executable, "-c", _READY],
            env=dict(site.environ), capture_output=True, check=True, text=True,
        )  # fmt: skip
        yield Sample(READY, "ivr.app", number, float(done.stdout) * 1000, "ms")


def workers(
    site: Site,
    calls: Sequence[Call],
    *,
    rounds: int,
    seconds: float,
) -> Iterator[Sample]:
    """Memory of a worker with preload and without, and what two of them answer against one."""
    cores = sorted(os.sched_getaffinity(0))
    sent = list(chain.from_iterable(wires_for(apps.OURS, site, calls)))
    kinds = {scaling.TWO: (WORKERS, True), scaling.ONE: (1, True), "apart": (WORKERS, False)}
    with ExitStack() as stack:
        servers = {
            kind: stack.enter_context(
                serving(
                    apps.OURS, site.environ, sent[0], workers=count, preload=preload, cores=cores
                )
            )
            for kind, (count, preload) in kinds.items()
        }
        for server in servers.values():
            scaling.ask(server, sent, WARM)
        yield from _memory("preload", servers[scaling.TWO])
        yield from _memory("no preload", servers["apart"])
        yield from scaling.measure(servers, sent, rounds=rounds, seconds=seconds)


def _memory(kind: str, server: Server) -> Iterator[Sample]:
    whole = sum(memory_of(one)[0] for one in (server.process, *server.workers))
    yield Sample(WHOLE, kind, 1, whole, "MB")
    for number, process in enumerate(server.workers, 1):
        share, own = memory_of(process)
        yield Sample(MEMORY, kind, number, own, "MB")
        yield Sample(SHARE, kind, number, share, "MB")
