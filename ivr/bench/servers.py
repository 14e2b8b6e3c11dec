"""The servers that are measured: child processes on chosen cores, ended by whoever began them."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from ivr import clock
from ivr.bench import client
from ivr.bench.honest import UnfitError
from ivr.bench.machine import children_of, cpu_of
from ivr.commands.parent import PIPE

READY = 60.0
"""Seconds until a server that does not answer is given up."""
POLITE = 20.0
LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens, and its processes."""

    address: tuple[str, int]
    process: int
    workers: tuple[int, ...]

    def cpu(self) -> float:
        """CPU seconds of all workers so far, user and system."""
        return cpu_of(self.workers)


@contextmanager
def serving(
    name: str,
    environ: Mapping[str, str],
    first: bytes,
    *,
    workers: int = 1,
    cores: Sequence[int],
    preload: bool = True,
) -> Iterator[Server]:
    """A server of one application, once it answers `first`; ended afterwards."""
    log = Path(environ["IVR_VAR"]) / f"{name}-{workers}-{preload}.log"
    with listening() as door:
        handle = str(door.fileno())
        command = ["-m", "ivr.bench.host", name, "--socket", handle, "--workers", str(workers)]
        command += ["--cores", ",".join(map(str, cores))] + ([] if preload else ["--no-preload"])
        with child(command, environ, log, (door.fileno(),)) as process:
            address: tuple[str, int] = door.getsockname()
            wait_for(lambda: len(children_of(process.pid)) >= workers, process, log)
            client.ask(address, first, READY)
            yield Server(address, process.pid, children_of(process.pid))


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A listening socket on loopback, on a port that nobody else has."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1024)
        yield door


@contextmanager
def child(
    command: Sequence[str], environ: Mapping[str, str], log: Path, handles: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process that ends at the end of the block, or when this process is gone."""
    ours, theirs = os.pipe()
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603  # our own command, no shell
            [sys.executable, *command],
            env={**environ, PIPE: str(ours)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            pass_fds=[ours, *handles],
            start_new_session=True,
        )
    try:
        yield process
    finally:
        end(process)
        os.close(ours)
        os.close(theirs)


def end(process: subprocess.Popen[bytes]) -> None:
    """End one process, politely at first."""
    process.terminate()
    try:
        process.wait(POLITE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(done: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until something is so. Raises UnfitError when the process ends or is too slow."""
    limit = clock.monotonic() + READY
    while not done():
        if process.poll() is not None or clock.monotonic() > limit:
            words = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
            raise UnfitError("a server did not start: " + " / ".join(words))
        Event().wait(LOOK)
