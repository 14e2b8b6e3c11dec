"""Whole lines that die on command: `python -m ivr.drill.nursery`, a line of input for each.

A line is JSON: the environment, the port, and where to die. For each a child is forked that is
the whole line, with an operator's desk under `/drill/`; its process id is the answer. What it is
told to die at is a labelled point, reached for the so-many-th time.
"""

import json
import os
import signal
import sys
from importlib import import_module
from threading import Lock
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from ivr import clock
from ivr.app import create_app
from ivr.callbacks import points
from ivr.callbacks.means import means_of
from ivr.drill import faults
from ivr.drill.desk import serve_desk
from ivr.settings import load_settings

EARLY = ("ivr.console", "ivr.phone.routes", "ivr.voice.stored", "ivr.counts", "audio.shelf")
"""What is loaded before the fork, so that a child has less to do."""


class Killer:
    """Kills this process with SIGKILL when one point is reached for the so-many-th time."""

    def __init__(self, point: str, nth: int) -> None:
        """Count from now on."""
        self._point, self._left = point, nth
        self._lock = Lock()

    def __call__(self, point: str) -> None:
        """A point is reached, by whichever thread."""
        with self._lock:
            self._left -= point == self._point
            if point == self._point and not self._left:
                os.kill(os.getpid(), signal.SIGKILL)


class _Silent(WSGIRequestHandler):
    """Writes nothing: addresses are in it."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Write nothing."""


def live(order: dict[str, Any]) -> None:
    """Be a line until killed."""
    settings = load_settings(order["environ"])
    app = create_app(settings)
    line = app.extensions["line"]
    line.skews.measure()
    if order["fault"]:
        faults.plant(order["fault"])
    if order["point"]:
        points.arm(Killer(order["point"], order["nth"]))
    wsgi = serve_desk(app.wsgi_app, means_of(line), line, clock.now)
    server = make_server("127.0.0.1", order["port"], wsgi, threaded=True, request_handler=_Silent)
    server.serve_forever(poll_interval=0.05)


def main() -> None:
    """Fork one after the other until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for name in EARLY:
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(json.loads(line))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
