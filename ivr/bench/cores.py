"""Which core does what: where there are two or more, server and client keep apart."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def cores() -> tuple[int, int]:
    """A core for the server and one for the client; the same one where there is no other."""
    own = sorted(os.sched_getaffinity(0))
    return own[0], own[-1]


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Stay on one core for a while."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
