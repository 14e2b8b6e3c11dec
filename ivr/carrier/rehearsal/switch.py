"""The switch: drives an exchange. What is journalled is durable before what is sent is sent.

In tests it runs in one thread over whatever `send` is; the carrier's process lets many threads in.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from threading import Condition
from typing import TypeVar

from ivr.carrier.rehearsal.exchange import Exchange
from ivr.carrier.rehearsal.journal import Journal
from ivr.carrier.rehearsal.ledger import Ledger
from ivr.carrier.rehearsal.legs import Entry
from ivr.carrier.rehearsal.wire import Answered, Lost, Reply, Request

Sent = tuple[int, Mapping[str, str], bytes]
Send = Callable[[str, str, Mapping[str, str], Mapping[str, str]], Sent]
"""`send(method, url, form, headers) -> (status, headers, body)`; raises OSError when it is lost."""

LONGEST_WAIT = 60.0
T = TypeVar("T")


def new_name(prefix: str) -> str:
    """A name that nothing else has: the prefix and 32 hex digits."""
    return prefix + secrets.token_hex(16)


class Switch:
    """One exchange with its journal, its records and its way to the line."""

    def __init__(
        self,
        exchange: Exchange,
        send: Send,
        journal: Journal,
        clock: Callable[[], datetime],
        past: Iterable[Entry] = (),
    ) -> None:
        """Take over from `past`, the entries of an earlier process: its calls are broken off."""
        self.exchange, self.journal = exchange, journal
        self.ledger = Ledger(past)
        self._send, self._clock = send, clock
        self._changed = Condition()
        self._waiting: list[Request] = []
        exchange.board.noted = self.ledger.last
        with self._changed:
            self._break_off()

    def act(self, event: Callable[[Exchange, datetime], T]) -> T:
        """Let one event happen, and write down what it did before anybody hears of it."""
        with self._changed:
            try:
                return event(self.exchange, self._clock())
            finally:
                self._commit()

    def settle(self, sid: str) -> None:
        """Send what waits, and come back when no answer is awaited for this call any more."""
        while True:
            with self._changed:
                request = self._waiting.pop(0) if self._waiting else None
                if request is None:
                    if not self.exchange.busy(sid):
                        return
                    if not self._changed.wait(LONGEST_WAIT):
                        return
                    continue
            self._exchange(request)

    def send_waiting(self) -> None:
        """Send what waits, whichever call it is of."""
        while True:
            with self._changed:
                if not self._waiting:
                    return
                request = self._waiting.pop(0)
            self._exchange(request)

    def delete(self, sid: str) -> bool:
        """Delete a record, as the account asks; False where there is none."""
        with self._changed:
            if sid not in self.ledger.records:
                return False
            self._write([self._entry(sid, "deleted", {})])
            return True

    def _exchange(self, request: Request) -> None:
        answer = self._answer(request)
        with self._changed:
            self.exchange.replied(request.id, answer, self._clock())
            self._commit()

    def _answer(self, request: Request) -> Answered:
        before = self._clock()
        try:
            status, headers, body = self._send(
                request.method, request.url, request.form, request.headers
            )
        except OSError as error:
            return Lost(f"nothing came back: {error}")
        return Reply(status, headers, body, (self._clock() - before).total_seconds())

    def _commit(self) -> None:
        entries, requests = self.exchange.take()
        self._write(entries)
        self._waiting += requests
        self._changed.notify_all()

    def _write(self, entries: list[Entry]) -> None:
        self.journal.write(entries)
        self.ledger.read(entries)

    def _break_off(self) -> None:
        entries = [
            self._entry(
                record["sid"], "call", {"record": record, "reason": "the carrier restarted"}
            )
            for record in self.ledger.broken_off()
        ]
        self._write(entries)

    def _entry(self, sid: str, what: str, facts: Mapping[str, object]) -> Entry:
        board = self.exchange.board
        board.noted += 1
        at = self._clock().isoformat()
        return {"n": board.noted, "at": at, "moment": at, "family": sid, "call": sid,
                "what": what, **facts}  # fmt: skip
