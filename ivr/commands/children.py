"""Processes that belong together: they start together, and when one ends, all do."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Self

from ivr import clock
from ivr.commands.parent import PIPE

PATIENCE = 2.0
"""Seconds that one request may take."""
POLITE = 6.0
"""Seconds that a process has to end what it is doing."""
LOOK = 0.2
TAIL = 12


@dataclass(frozen=True)
class Child:
    """One process: what it is to a reader, where it listens (0: nowhere), where its log is."""

    name: str
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    def answers(self) -> bool:
        """Whether it answers a request, whatever it says: it listens before it can."""
        if not self.port:
            return True
        asked = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            asked.request("HEAD", "/")
            return asked.getresponse().status > 0
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL:])


class Children:
    """All of them. They end when this process does, however it does."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        """`folder` takes their logs. None is started yet."""
        self._environ = environ
        self._folder = folder
        self._children: list[Child] = []
        self._pipe = os.pipe()

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End them all, politely at first."""
        for child in self._children:
            child.process.terminate()
        end = clock.monotonic() + POLITE
        for child in self._children:
            try:
                child.process.wait(max(0.0, end - clock.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        for handle in self._pipe:
            os.close(handle)

    def start(self, name: str, port: int, *verb: str) -> None:
        """Start `ivr` with this verb."""
        log = self._folder / f"{name.replace(' ', '-')}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(  # noqa: S603  # our own command, no shell
                [sys.executable, "-m", "ivr", *verb],
                env={**self._environ, PIPE: str(self._pipe[0])},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                pass_fds=[self._pipe[0]],
                start_new_session=True,  # a key press in the terminal reaches this process alone
            )
        self._children.append(Child(name, port, log, process))

    def wait_until_ready(self, stopped: Event, seconds: float) -> Child | None:
        """Wait until all answer; the one that ended or did not answer in time, if any."""
        end = clock.monotonic() + seconds
        waiting = list(self._children)
        while waiting and not stopped.is_set():
            failed = self.ended() or (waiting[0] if clock.monotonic() > end else None)
            if failed:
                return failed
            waiting = [child for child in waiting if not child.answers()]
            stopped.wait(LOOK / 4)
        return None

    def wait(self, stopped: Event) -> Child | None:
        """Stay until told to stop; the one that ended before, if any."""
        while not stopped.wait(LOOK):
            ended = self.ended()
            if ended:
                return ended
        return None

    def ended(self) -> Child | None:
        """The first that is no longer running, if any."""
        return next((one for one in self._children if one.process.poll() is not None), None)


@contextmanager
def until_stopped() -> Iterator[Event]:
    """An event that Ctrl-C and SIGTERM set, instead of breaking off in the middle."""
    stopped = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
