"""A running carrier and a running line for tests, each on a free port of this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from ivr import clock
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.server import Carrier, open_switch, sender

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


class Silent(WSGIRequestHandler):
    """Writes nothing."""

    def log(self, *_: object) -> None:
        """Write nothing."""


def closing(app: Wsgi) -> Wsgi:
    """The application, whose replies are closed also where the browser goes away in the middle:
    the server forgets them then, with the files that they send.
    """

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        reply = app(environ, start)
        try:
            yield from reply
        finally:
            getattr(reply, "close", lambda: None)()

    return answer


@contextmanager
def serving(app: Wsgi, port: int = 0) -> Iterator[str]:
    """Serve an application; its address."""
    server = make_server("127.0.0.1", port, closing(app), threaded=True, request_handler=Silent)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def carrying(account: Account, numbers: Numbers, journal: Path) -> Iterator[Carrier]:
    """A carrier with a journal in a file and the real clock."""
    switch = open_switch(account, numbers, journal, clock.now, sender())
    carrier = Carrier(switch, "127.0.0.1", 0)
    carrier.start()
    try:
        yield carrier
    finally:
        carrier.close()
