"""What is due is done by anybody, again without harm; and nothing of hers outlives its time."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
import sqlalchemy as sa

from ivr.callbacks import sweeps
from ivr.callbacks.sweeps import ALL, EXPIRED, SKELETON, expire, forget, missed, sweep
from ivr.store import attempts, audit, callbacks, caps, effects, hers
from ivr.store.callback_tables import callbacks as table
from ivr.store.callbacks import KEPT
from ivr.store.sealing import LostError
from routing.callback import Event, Outcome, State
from tests.callbacks.booked import OTHER
from tests.callbacks.calling import UNTIL, Desk

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("state", [State.WAITING, State.FROZEN])
def test_a_window_that_is_over_is_missed_and_she_is_told(desk: Desk, state: State) -> None:
    callback = desk.book(state)
    assert missed(desk.means, UNTIL - SECOND) == 0
    assert missed(desk.means, UNTIL) == 1
    assert missed(desk.means, UNTIL) == 0
    row = desk.row(callback)
    assert (row.state, row.told) == (State.MISSED, "missed")


def test_what_is_paused_was_rung_and_stays_until_she_rings_or_its_time_is_over(desk: Desk) -> None:
    callback = desk.book(State.PAUSED)
    assert missed(desk.means, UNTIL) == 0
    assert desk.row(callback).state == State.PAUSED


def test_a_claim_does_not_keep_a_window_open(desk: Desk) -> None:
    callback = desk.book()
    desk.claim(callback)
    missed(desk.means, UNTIL)
    row = desk.row(callback)
    assert (row.state, row.claimed_by) == (State.MISSED, None)


def test_who_was_rung_is_not_told_that_she_was_not(desk: Desk) -> None:
    row, other = desk.rung(), desk.rung(number=OTHER)
    desk.over(row)
    desk.give(row, Outcome.NO_ANSWER)
    desk.over(other)
    desk.give(other, Outcome.NO_KEY)
    assert missed(desk.means, UNTIL) == 1
    assert desk.row(row.callback).told == ""
    assert desk.row(other.callback).told == "no code"


@pytest.mark.parametrize("state", [one for one in State if one is not State.CLOSED])
def test_72_hours_later_nothing_of_hers_is_left_in_any_state(desk: Desk, state: State) -> None:
    callback = desk.book()
    with desk.store.writing() as connection:
        values = {"state": str(state), "claimed_by": 1, "lease": UNTIL}
        connection.execute(sa.update(table).values(**values))
    assert expire(desk.means, UNTIL + KEPT - SECOND) == 0
    assert expire(desk.means, UNTIL + KEPT) == 1
    row = desk.row(callback)
    assert (row.state, row.reason) == (State.CLOSED, EXPIRED)
    with desk.store.reading() as connection, pytest.raises(LostError):
        hers.number_of(connection, desk.rules.vault, callback)
    assert expire(desk.means, UNTIL + KEPT) == 0


def test_the_day_over_its_key_is_destroyed(desk: Desk) -> None:
    desk.book()
    day = (UNTIL + KEPT).astimezone(UTC).date()
    assert desk.rules.vault.ring.known(day)
    expire(desk.means, UNTIL + KEPT)
    assert desk.rules.vault.ring.known(day)
    expire(desk.means, UNTIL + KEPT + DAY)
    assert desk.rules.vault.ring.known(day) is None


def test_what_was_kept_for_a_while_is_forgotten_in_its_time(desk: Desk) -> None:
    row = desk.rung()
    at = desk.at
    with desk.store.writing() as connection:
        effects.keep(connection, "k", "{}", at)
        caps.add(connection, caps.Kind.BOOKED, b"x", at)
        audit.write(connection, "ann", "claim", "1", "", at)
        callbacks.close(connection, row.callback, "spoke", at)
    forget(desk.means, at + DAY - timedelta(hours=2))
    assert desk.attempt(row.id).number is not None
    forget(desk.means, at + DAY + timedelta(hours=1))
    assert desk.attempt(row.id).number is None
    forget(desk.means, at + 2 * DAY + SECOND)
    with desk.store.reading() as connection:
        assert effects.find(connection, "k") is None
        assert len(audit.entries(connection)) == 1
    forget(desk.means, at + 366 * DAY)
    with desk.store.reading() as connection:
        assert not audit.entries(connection)
    forget(desk.means, at + SKELETON)
    assert desk.row(row.callback).state == State.CLOSED
    forget(desk.means, at + SKELETON + SECOND)
    with desk.store.reading() as connection:
        assert callbacks.load(connection, row.callback) is None
        assert not attempts.where(connection, sa.true())


def test_all_of_them_are_done_and_a_broken_one_keeps_nobody_from_the_others(desk: Desk) -> None:
    def broken(*_: object) -> int:
        raise OSError("planted")

    which = (replace(ALL[0], name="broken", do=broken), *ALL)
    done = sweep(desk.means, desk.at, which)
    assert done == {"broken": -1, **dict.fromkeys((one.name for one in ALL), 0)}
    assert {one.do for one in ALL} == {
        sweeps.cutting.cut, sweeps.reconcile.reconcile, sweeps.leases, sweeps.missed,
        sweeps.records.delete, sweeps.expire, sweeps.forget, sweeps.restored.beat,
    }  # fmt: skip


def test_what_rings_is_cut_within_five_seconds_and_a_queued_call_ended_soon() -> None:
    every = {one.name: one.every for one in ALL}
    assert every["cut"] <= 2
    assert every["reconcile"] <= 5


def test_every_sweep_works_on_both_databases_and_again(either_desk: Desk) -> None:
    desk = either_desk
    row = desk.rung()
    desk.over(row)
    desk.book(number=OTHER)
    for at in (desk.at, UNTIL, UNTIL + KEPT, UNTIL + KEPT + DAY, UNTIL + SKELETON + 4 * DAY):
        first = sweep(desk.means, at)
        assert -1 not in first.values()
        again = sweep(desk.means, at)
        assert (again["missed"], again["expire"], again["forget"]) == (0, 0, 0)
    with desk.store.reading() as connection:
        assert not callbacks.open_ones(connection)
        assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert Event.MISS
