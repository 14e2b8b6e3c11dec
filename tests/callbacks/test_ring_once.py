"""Through the effects: the operator's 1 and her code give again what they gave at first."""

import json

import sqlalchemy as sa

from ivr.call.actions import Check, Effect, Ready
from ivr.call.signals import Checked, NoRing, Result, Ring
from ivr.store import tables
from ivr.voice.stored import StoredEffects
from tests.callbacks.booked import CODE, NUMBER
from tests.callbacks.calling import HER_LEG, Desk


def ask(desk: Desk, effect: Effect, call: str | None, step: int) -> Result:
    effects = StoredEffects(desk.store, lambda: desk.context)
    return effects.carry_out(
        effect, call=call or "", step=step, carrier="rehearsal", caller="", at=desk.at
    )


def test_the_same_step_gets_the_same_ring_and_no_other_any(either_desk: Desk) -> None:
    row = either_desk.calling()
    ring = ask(either_desk, Ready(row.token), row.sid, 1)
    assert isinstance(ring, Ring)
    assert ring.target == NUMBER
    assert ask(either_desk, Ready(row.token), row.sid, 1) == ring
    assert isinstance(ask(either_desk, Ready(row.token), row.sid, 2), NoRing)
    with either_desk.store.reading() as connection:
        words = list(connection.scalars(sa.select(tables.effects.c.result)))
    assert NUMBER not in json.dumps(words)


def test_her_code_is_checked_once_for_its_step(either_desk: Desk) -> None:
    row = either_desk.rung()
    for _ in range(2):
        assert ask(either_desk, Check(row.token, "9999"), HER_LEG, 1) == Checked(right=False)
    for _ in range(2):
        assert ask(either_desk, Check(row.token, CODE), HER_LEG, 2) == Checked(right=True)
    assert either_desk.attempt(row.id).passed_at == either_desk.at
