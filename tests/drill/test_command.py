"""`ivr drill` as it is typed: every drill on every database, and what is kept of it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.commands import drill as command
from ivr.commands import main
from ivr.drill import booking, every, windows
from ivr.drill.score import Score


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["drill", "--share", "0.001", *words])


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVR_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(command, "RESULT", tmp_path / "result.json")
    return tmp_path


def test_a_drill_says_how_many_were_tried_and_how_many_wrong() -> None:
    done = run("windows", "destinations")
    assert done.exit_code == 0, done.output
    assert "windows: 100 tried, 0 wrong" in done.output
    assert re.search("destinations: [0-9]+ tried, 0 wrong", done.output)  # and a list by hand


def test_what_needs_a_database_is_drilled_on_both() -> None:
    done = run("booking")
    assert done.exit_code == 0, done.output
    assert "booking on SQLite: 10 tried, 0 wrong" in done.output
    assert "booking on PostgreSQL: 10 tried, 0 wrong" in done.output


def test_anything_wrong_is_shown_and_ends_with_status_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "drill", lambda *_: Score(7, 2, ("rung at night",)))
    done = run("windows")
    assert done.exit_code == 1
    assert "windows: 7 tried, 2 wrong" in done.output
    assert "rung at night" in done.output


def test_the_result_is_kept_with_its_day(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booking, "drill", lambda *_, seeds: Score(len(seeds), 0))
    assert run("booking", "windows", "--keep").exit_code == 0
    kept = json.loads((place / "result.json").read_text())
    assert [(one["name"], one["on"], one["wrong"]) for one in kept["drills"]] == [
        ("windows", "", 0), ("booking", "SQLite", 0), ("booking", "PostgreSQL", 0),
    ]  # fmt: skip
    assert kept["share"] == 0.001


def test_every_drill_has_a_name() -> None:
    assert set(command.NAMES) == set(every.NAMES)
