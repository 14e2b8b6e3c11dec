"""The carrier's own process as the line's carrier: placed, found, cancelled, lost, deleted."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ivr import clock
from ivr.carrier.protocol import Deleted, Found, Lost, Order, Placed, Refused, Stage
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.rehearsal.client import FarTelephone
from ivr.carrier.rehearsal.server import Carrier
from tests.carrier.running import serving
from tests.carrier.standin import CENTRE, OURS, SID, TOKEN
from tests.carrier.web import Line, Web


@pytest.fixture
def rehearsal(carrier: Carrier) -> RehearsalCarrier:
    return RehearsalCarrier(carrier.url, SID, TOKEN)


def order(web: Web, **changes: Any) -> Order:
    return Order(**{"to": CENTRE, "from_": OURS, "url": f"{web.url}/proof", **changes})


def test_a_call_is_placed_followed_cancelled_and_deleted(
    web: Web, rehearsal: RehearsalCarrier
) -> None:
    web.documents["/proof"] = "<Hangup/>"
    assert rehearsal.name == "rehearsal"
    placed = rehearsal.place(order(web, status_url=f"{web.url}/status"))
    assert isinstance(placed, Placed)
    assert (placed.stage, placed.to, placed.from_, placed.seconds) == (
        Stage.RINGING,
        CENTRE,
        OURS,
        0,
    )
    found = rehearsal.find(to=CENTRE, from_=OURS, since=clock.now() - timedelta(minutes=1))
    assert isinstance(found, Found)
    assert [call.sid for call in found.calls] == [placed.sid]
    cancelled = rehearsal.cancel(placed.sid)
    assert isinstance(cancelled, Placed)
    assert cancelled.stage is Stage.CANCELLED
    assert isinstance(rehearsal.cancel(placed.sid), Refused)
    assert isinstance(rehearsal.delete(placed.sid), Deleted)
    assert rehearsal.delete(placed.sid) == Refused(20404, f"no call {placed.sid}")


def test_the_carriers_own_clock_carries_a_placed_call(
    web: Web, rehearsal: RehearsalCarrier
) -> None:
    web.documents["/proof"] = "<Hangup/>"
    placed = rehearsal.place(order(web))
    assert isinstance(placed, Placed)
    for _ in range(60):
        seen = rehearsal.look_up(placed.sid)
        assert isinstance(seen, Placed)
        if seen.stage is Stage.COMPLETED:
            break
        time.sleep(0.1)
    assert seen.stage is Stage.COMPLETED
    assert web.bodies[0][0] == "/proof"


def test_what_breaks_in_one_call_does_not_stop_the_clock_for_the_others(
    web: Web, carrier: Carrier, rehearsal: RehearsalCarrier, capfd: pytest.CaptureFixture[str]
) -> None:
    web.documents["/proof"] = "<Hangup/>"
    broken = rehearsal.place(order(web))
    assert isinstance(broken, Placed)
    leg = carrier.switch.exchange.board.legs.pop(broken.sid)
    time.sleep(0.6)
    carrier.switch.exchange.board.legs[broken.sid] = leg
    assert f"KeyError: '{broken.sid}'" in capfd.readouterr().err
    for _ in range(60):
        if not leg.live:
            break
        time.sleep(0.1)
    assert leg.status == "completed"


def test_a_clear_no_is_told_from_an_answer_that_was_lost(
    web: Web, rehearsal: RehearsalCarrier, telephone: FarTelephone
) -> None:
    refused = rehearsal.place(order(web, to="112"))
    assert isinstance(refused, Refused)
    assert refused.code == 21211
    telephone.set_faults(withhold=1)
    before = clock.now() - timedelta(seconds=5)
    assert isinstance(rehearsal.place(order(web)), Lost)
    found = rehearsal.find(to=CENTRE, from_=OURS, since=before)
    assert isinstance(found, Found)
    assert len(found.calls) == 1, "it rings although nobody was told"
    away = RehearsalCarrier("http://127.0.0.1:9", SID, TOKEN).place(order(web))
    assert isinstance(away, Refused)
    assert isinstance(RehearsalCarrier("http://127.0.0.1:9", SID, TOKEN).find(
        to=CENTRE, from_=OURS, since=before), Refused)  # fmt: skip


@pytest.mark.parametrize(("status", "body"), [("500 Broken", b"{}"), ("200 OK", b"<html>")])
def test_a_carrier_that_stumbles_may_have_done_it_all_the_same(
    web: Web, status: str, body: bytes
) -> None:
    def app(environ: Line, start: Callable[..., Any]) -> list[bytes]:
        start(status, [("Content-Type", "text/html")])
        return [body]

    with serving(app) as url:
        assert isinstance(RehearsalCarrier(url, SID, TOKEN).place(order(web)), Lost)
