"""`ivr bench` as it is typed: what it writes down, and when it refuses to measure at all."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from ivr.bench.figures import Sample
from ivr.bench.gates import CPU, INPROC, START
from ivr.bench.report import Journal, report
from ivr.bench.start import imports
from ivr.commands import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["bench", *words])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_process_reports_every_row(tmp_path: Path) -> None:
    out = tmp_path / "bench.jsonl"
    done = run("inproc", "--rounds", "1", "--calls", "2", "--out", str(out))
    assert done.exit_code in (0, 1), done.output
    written = lines(out)
    assert Counter(one["kind"] for one in written) == {"run": 1, "round": 3, "gate": 1}
    assert {one["subject"] for one in written if one["kind"] == "round"} == {
        "ours", "fixed", "tutorial",
    }  # fmt: skip
    assert {"python", "load", "fsync_ms", "seed", "flask"} <= written[0].keys()
    assert (done.exit_code == 0) == (written[-1]["mark"] != "FAILS")
    for word in ("ours", "fixed", "tutorial", "ratio", "≥ 0.3"):
        assert word in done.output
    assert [one.name for one in tmp_path.iterdir()] == ["bench.jsonl"]


def test_a_line_that_takes_a_broken_signature_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault."""
    monkeypatch.setattr("ivr.voice.request.verify", lambda *_: True)
    out = tmp_path / "bench.jsonl"
    done = run("inproc", "--rounds", "1", "--calls", "1", "--out", str(out))
    assert done.exit_code == 2
    assert "Nothing was measured: a broken signature was answered with 200" in done.output
    assert {one["kind"] for one in lines(out)} == {"run"}


def test_the_status_is_that_of_the_gates(tmp_path: Path) -> None:
    def status(ours: float, journal: str) -> int:
        samples = [Sample(CPU, "fixed", 1, 50, "µs"), Sample(CPU, "ours", 1, ours, "µs")]
        quiet = Console(quiet=True)
        return report("inproc", {}, samples, INPROC, Journal(tmp_path / journal), quiet)

    assert status(100, "good") == 0
    assert status(1000, "slow") == 1
    assert lines(tmp_path / "slow")[-1]["mark"] == "FAILS"


def test_the_only_absolute_time_is_the_one_that_somebody_waits_for() -> None:
    assert [gate.measure for gate in START if not gate.under] == ["to the first ring answered"]


def test_imports_are_counted_in_turns() -> None:
    found = list(imports(1))
    assert {one.subject for one in found} == {"flask", "ivr.app"}
    assert all(one.value > 1 for one in found)
