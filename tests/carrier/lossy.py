"""A way to a carrier on which answers are lost after it has done what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3


class Lossy(ThreadingHTTPServer):
    """It hands every request on to another address, and loses the answers to these methods."""

    daemon_threads = True

    def __init__(self, address: str, how: str, methods: frozenset[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Hand)
        self.address, self.how, self.methods = address, how, methods
        self.handed: list[str] = []
        self.let_go = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def verbs(self) -> list[str]:
        """The methods of what it has handed on."""
        return [row.partition(" ")[0] for row in self.handed]


class _Hand(BaseHTTPRequestHandler):
    server: Lossy

    def do_POST(self) -> None:
        """Have it done, and say what came of it, or not."""
        reply = self._hand_on()
        if self.command not in self.server.methods:
            self._say(reply.status, reply.data)
            return
        self.close_connection = True
        if self.server.how == "slow":
            self.server.let_go.wait(30)
        elif self.server.how == "broken":
            self._say(502, b"<html>Bad gateway</html>")
        elif self.server.how == "garbled":
            self._say(reply.status, b"<html>Welcome</html>")

    do_GET = do_DELETE = do_POST  # noqa: N815  # the names that the library asks for

    def _hand_on(self) -> urllib3.BaseHTTPResponse:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.handed.append(f"{self.command} {self.path.partition('?')[0]}")
        url = self.server.address + self.path
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type")
                   if name in self.headers}  # fmt: skip
        return urllib3.request(self.command, url, body=body, headers=headers, retries=False)

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


@contextmanager
def lossy(address: str, how: str, *methods: str) -> Iterator[Lossy]:
    """A way to a carrier on which the answers to these methods, or to every POST, are `cut`,
    `slow`, `broken` or `garbled`, after what was asked was done.
    """
    server = Lossy(address, how, frozenset(methods or ("POST",)))
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
