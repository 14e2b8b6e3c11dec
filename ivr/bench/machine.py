"""What the machine says of processes and of itself: CPU, memory, load, how long a disk takes."""

import os
import platform
import resource
import sqlite3
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from ivr import clock

PACKAGES = ("flask", "werkzeug", "gunicorn", "twilio", "sqlalchemy", "cryptography")
PROC = Path("/proc")
_TICK = 1 / os.sysconf("SC_CLK_TCK")
_USER, _PARENT = 11, 1  # places in `stat` after the name, counted from the state (proc(5))
SYNCS = 15
MEGABYTE = 1024


def cpu() -> float:
    """Seconds that this process has had of a processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cpu_of(processes: Iterable[int]) -> float:
    """Seconds that other processes have had of a processor, together; in hundredths."""
    rows = [_stat(process)[_USER : _USER + 2] for process in processes]
    return sum(int(ticks) for row in rows for ticks in row) * _TICK


def busy() -> float:
    """Seconds that all processors of this machine have been busy, whoever with (proc(5)).

    Less `softirq`, in which our own packets travel from one end of loopback to the other.
    """
    first = (PROC / "stat").read_text(encoding="ascii").splitlines()[0].split()
    user, nice, system, _idle, _waiting, irq, _softirq, stolen = map(int, first[1:9])
    return (user + nice + system + irq + stolen) * _TICK


def children_of(process: int) -> tuple[int, ...]:
    """The processes that a process has started."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                parent = int(_stat(int(folder.name))[_PARENT])
            except OSError:  # it has ended meanwhile
                continue
            if parent == process:
                found.append(int(folder.name))
    return tuple(sorted(found))


def memory_of(process: int) -> tuple[float, float]:
    """Megabytes of a process: its share of what is shared (PSS), and its own alone (USS)."""
    rows = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {row.split()[0]: int(row.split()[1]) for row in rows}
    own = kilobytes["Private_Clean:"] + kilobytes["Private_Dirty:"]
    return kilobytes["Pss:"] / MEGABYTE, own / MEGABYTE


def sync_time(folder: Path) -> float:
    """Milliseconds until 4 KB are on the disk of a folder: the median of several."""
    path = folder / "sync"
    taken = []
    with path.open("wb") as file:
        for _ in range(SYNCS):
            file.write(bytes(4096))
            file.flush()
            began = clock.monotonic()
            os.fsync(file.fileno())
            taken.append((clock.monotonic() - began) * 1000)
    path.unlink()
    return median(taken)


def describe(folder: Path) -> dict[str, Any]:
    """What a figure depends on beside the code."""
    return {
        "at": clock.now().isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in PACKAGES},
        "cores": len(os.sched_getaffinity(0)),
        "load": [round(one, 2) for one in os.getloadavg()],
        "fsync_ms": round(sync_time(folder), 3),
    }


def _stat(process: int) -> list[str]:
    """The fields of a process after its name, which may hold anything."""
    source = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    return source.rpartition(")")[2].split()
