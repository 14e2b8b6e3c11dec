"""`ivr work`: everything that is due is done, and goes on being done."""

from pathlib import Path
from threading import Event

import pytest

from ivr import clock
from ivr.callbacks import sweeps
from ivr.callbacks.sweeps import ALL
from ivr.commands.work import keep_on, ready
from ivr.settings import load_settings
from ivr.store import schema
from tests.commands.conftest import Ivr
from tests.installations import rehearsing


def test_everything_that_is_due_is_done_once(ivr: Ivr, tmp_path: Path) -> None:
    environ = rehearsing(tmp_path / "line")
    schema.migrate(load_settings(environ).database_url)
    told = ivr("work", "--once", environ=environ)
    assert told.exit_code == 0, told.output
    assert told.output.splitlines() == [f"{one.name}: 0" for one in ALL]


def test_what_cannot_be_done_is_said(ivr: Ivr) -> None:
    told = ivr("work", "--once")
    assert "expire: could not be done" in told.output


def test_the_most_urgent_first_and_each_in_its_time() -> None:
    due = dict.fromkeys(ALL, 0.0)
    assert ready(due, 0.0) == list(ALL)
    due = {one: one.every for one in ALL}
    assert [one.name for one in ready(due, 2.0)] == ["cut", "reconcile"]


def test_it_goes_on_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, done = Event(), []

    def sweep(_means: object, _at: object, which: tuple[sweeps.Sweep, ...]) -> dict[str, int]:
        done.append(which[0].name)
        if len(done) > 2 * len(ALL):
            stopped.set()
        return {which[0].name: 1}

    monkeypatch.setattr("ivr.commands.work.sweep", sweep)
    monkeypatch.setattr("ivr.commands.work.LOOK", 0.0)
    moments = iter(range(0, 10**6, 1000))
    keep_on(None, stopped, lambda _: clock.now(), lambda: float(next(moments)))  # type: ignore[arg-type]
    assert set(done) == {one.name for one in ALL}
