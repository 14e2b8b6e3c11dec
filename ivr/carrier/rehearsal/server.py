"""The carrier's own process: the account's door and the telephones' door on one address."""

import hmac
import socket
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3
from flask import Flask, Response, jsonify, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ivr.carrier.rehearsal import control, rest
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.exchange import Exchange, UnknownCallError
from ivr.carrier.rehearsal.journal import FileJournal, read_journal
from ivr.carrier.rehearsal.ledger import outlived
from ivr.carrier.rehearsal.resource import RestError
from ivr.carrier.rehearsal.switch import Send, Sent, Switch, new_name

CONNECT_SECONDS, READ_SECONDS = 5.0, 15.5
MOST_BYTES = 32 * 1024 * 1024
TICK_SECONDS = 0.2
KEPT = timedelta(days=7)
"""For how long the journal knows calls that are over, counted when the carrier starts."""


def sender() -> Send:
    """Sends over HTTP as a carrier does: no redirects, no retries, bounded in time and size."""
    pool = urllib3.PoolManager(
        num_pools=8, maxsize=16, retries=False,
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
    )  # fmt: skip

    def send(method: str, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Sent:
        body = urlencode(form) if form else None
        try:
            response = pool.request(
                method, url, body=body, headers=dict(headers), redirect=False, preload_content=False
            )
            content = response.read(MOST_BYTES)
            response.drain_conn()
        except urllib3.exceptions.HTTPError as error:
            raise OSError(str(error)) from error
        return response.status, dict(response.headers), content

    return send


def open_switch(
    account: Account,
    numbers: Numbers,
    journal: Path,
    clock: Callable[[], datetime],
    send: Send,
) -> Switch:
    """A switch whose journal is a file. Raises BlockingIOError where another process has it."""
    file = FileJournal(journal)
    with suppress(OSError):  # no room for a shorter one: the long one serves as well
        file.forget(outlived(read_journal(journal), clock() - KEPT))
    exchange = Exchange(account, numbers, new_name)
    return Switch(exchange, send, file, clock, read_journal(journal))


def create_app(switch: Switch) -> Flask:
    """Both doors; whoever comes in names the account and its token."""
    app = Flask(__name__)
    app.register_blueprint(rest.door(switch))
    app.register_blueprint(control.door(switch))
    account = switch.exchange.board.account

    @app.before_request
    def check() -> None:
        given = request.authorization
        name, token = (given.username, given.password) if given else ("", "")
        good = hmac.compare_digest(f"{name}:{token}", f"{account.sid}:{account.token}")
        if not good or (request.view_args or {}).get("account", account.sid) != account.sid:
            raise RestError(401, 20003, "Authenticate")

    @app.errorhandler(RestError)
    def refuse(error: RestError) -> tuple[Response, int]:
        return jsonify(error.write()), error.status

    @app.errorhandler(UnknownCallError)
    def unknown(error: UnknownCallError) -> tuple[Response, int]:
        return refuse(RestError(404, 20404, f"no call {error}"))

    @app.errorhandler(404)
    def lost(error: Any) -> tuple[Response, int]:
        return refuse(RestError(404, 20404, "nothing is here"))

    return app


class Carrier:
    """A running carrier: it answers its address, and its clock goes, until it is closed."""

    def __init__(self, switch: Switch, host: str, port: int) -> None:
        """Listen on an address; port 0 takes a free one. Raises OSError where it is taken."""
        self.switch = switch
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family) as listener:
            self.server: BaseWSGIServer = make_server(
                host,
                port,
                create_app(switch),
                threaded=True,
                request_handler=_Silent,
                fd=listener.fileno(),
            )
        self._closing = threading.Event()
        self._threads = (
            threading.Thread(target=self._tick, name="clock", daemon=True),
            threading.Thread(target=self._serve, name="doors", daemon=True),
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.server.host}:{self.server.port}"

    def start(self) -> None:
        """Carry calls from now on, beside whatever else this process does."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop; the journal is on the disk already."""
        self._closing.set()
        self.server.shutdown()
        self.server.server_close()
        for thread in self._threads:
            thread.join()
        self.switch.journal.close()

    def _serve(self) -> None:
        self.server.serve_forever(poll_interval=TICK_SECONDS)

    def _tick(self) -> None:
        while not self._closing.wait(TICK_SECONDS):
            try:
                self.switch.act(lambda exchange, at: exchange.tick(at))
                self.switch.send_waiting()
            except Exception:  # whatever broke in one call, the clock goes on for the others
                traceback.print_exc()


class _Silent(WSGIRequestHandler):
    """Writes no line for every request: addresses and keys are in them."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Write nothing."""
