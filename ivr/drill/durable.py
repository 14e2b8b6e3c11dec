"""Seen from outside: what is kept is on the disk before anybody is told so.

`strace` writes down the system calls of the booker, and of the database's server where there is
one: each file that a booking needs must be synced after its last write and before the reply.
"""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

CALLS = "trace=fsync,fdatasync,write,pwrite64,link,linkat"
_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<given>.*)")
_FILE = re.compile(r"\d+<(?P<path>[^>]*)>")
_NEEDED = re.compile(r"-wal$|/pg_wal/|/ring(/|$)")
_TOLD = re.compile(r', "\d+ (noted|changed)\\n"')


def can_watch() -> bool:
    """Whether there is a `strace` here."""
    return shutil.which("strace") is not None


def watch(
    url: str, ring: Path, seed: int, log: Path, *, server: int = 0, early: bool = False
) -> list[str]:
    """The system calls of one booker's process, until it dies, and of a server by its id."""
    command = ["strace", "-I2", "-f", "-y", "-qq", "-s", "32", "-e", CALLS, "-o", str(log)]
    command += ["-p", str(server)] if server else []
    command += [sys.executable, "-m", "ivr.drill.booker", url, str(ring)]
    with subprocess.Popen(  # noqa: S603  # strace, and this very interpreter with a module of ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as tracer:
        if tracer.stdin and tracer.stdout:
            tracer.stdin.write(f"{seed}{' early' * early}\n")
            tracer.stdin.flush()
            tracer.stdout.readline()
            tracer.stdin.close()
        if server:  # which goes on, so the tracer would too; it lets go of it first
            tracer.send_signal(signal.SIGTERM)
    return log.read_text(errors="replace").splitlines()


def problems(lines: Iterable[str]) -> Iterator[str]:
    """What was told before it was on the disk, in words; and if nothing was told at all."""
    waiting: dict[tuple[str, str], None] = {}
    synced, told = False, False
    for pid, call, given in _calls(lines):
        if call == "write" and _TOLD.search(given):
            yield from (f"told while {path} was not synced" for _, path in waiting)
            if not synced:
                yield "told, and nothing was synced"
            synced, told = False, True
        else:
            synced |= _follow(waiting, pid, call, given)
    if not told:
        yield "nothing was told"


def _follow(waiting: dict[tuple[str, str], None], pid: str, call: str, given: str) -> bool:
    """Note what waits for a sync, or does no longer; whether this synced what a commit wrote."""
    if call.startswith("link"):
        waiting[pid, str(Path(given.split('"')[3]).parent)] = None
        return False
    found = _FILE.match(given)
    path = found["path"] if found else ""
    if call in ("fsync", "fdatasync"):
        was_waiting = waiting.pop((pid, path), False) is None
        return was_waiting and _is_log(path)
    if _NEEDED.search(path):
        waiting[pid, path] = None
    return False


def _calls(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        found = _LINE.match(line)
        if found:
            yield found["pid"], found["call"], found["given"]


def _is_log(path: str) -> bool:
    """The database's own log of writes, which is what a commit syncs."""
    return path.endswith("-wal") or "/pg_wal/" in path
