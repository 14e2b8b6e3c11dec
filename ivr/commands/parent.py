"""A process that `ivr up` started ends with it, even when that was killed."""

import os
import signal
from threading import Thread

PIPE = "LINE_PARENT_PIPE"
"""The environment's name for a pipe that is open as long as the parent lives."""


def end_with_parent() -> None:
    """End this process politely when its parent is gone; nothing where there is none to watch."""
    handle = os.environ.pop(PIPE, "")
    if handle:
        Thread(target=_watch, args=(int(handle),), name="parent", daemon=True).start()


def _watch(handle: int) -> None:
    while os.read(handle, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
