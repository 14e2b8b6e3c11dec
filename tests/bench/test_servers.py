"""The servers that are measured: real processes, and none stays behind."""

import os
import sys
from pathlib import Path

import pytest

from ivr.bench import apps, client
from ivr.bench.calls import Call
from ivr.bench.honest import UnfitError
from ivr.bench.machine import children_of, cpu, cpu_of, memory_of
from ivr.bench.serve import wires_for
from ivr.bench.servers import child, serving, wait_for
from ivr.bench.site import Site


def test_a_server_answers_is_counted_and_ends(site: Site, calls: list[Call]) -> None:
    sent = wires_for(apps.OURS, site, calls)[0]
    core = sorted(os.sched_getaffinity(0))[:1]
    with serving(apps.OURS, site.environ, sent[0], cores=core) as server:
        timing = client.run_closed(server.address, sent, connections=2, seconds=0.4)
        assert len(server.workers) == 1
        assert server.cpu() > 0
        share, own = memory_of(server.workers[0])
        assert 0 < own < share
        assert len(timing.answers) > 10
    assert not any(Path(f"/proc/{one}").exists() for one in (server.process, *server.workers))


def test_a_process_that_ends_at_once_says_why(site: Site, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        pytest.raises(UnfitError, match="planted"),
        child(["-c", "raise SystemExit('planted')"], site.environ, log) as process,
    ):
        wait_for(lambda: False, process, log)


def test_what_is_counted_is_a_processor_s_time() -> None:
    before, own = cpu(), cpu_of([os.getpid()])
    while cpu() < before + 0.1:
        pass
    assert cpu_of([os.getpid()]) - own == pytest.approx(0.1, abs=0.04)


def test_children_are_found_by_their_parent(site: Site, tmp_path: Path) -> None:
    command = ["-c", "import sys; sys.stdin.read(); import time; time.sleep(30)"]
    with child(command, site.environ, tmp_path / "log") as process:
        assert process.pid in children_of(os.getpid())
    assert process.pid not in children_of(os.getpid())
    assert sys.executable
