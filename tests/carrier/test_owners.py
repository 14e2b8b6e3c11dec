"""Telephones that somebody owns: an operator's, hers, a machine that never presses."""

from datetime import timedelta

import pytest

from ivr import clock
from ivr.carrier.protocol import Order, Placed, Refused, Stage
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.rehearsal.client import CarrierAway, FarTelephone
from ivr.carrier.rehearsal.handset import Handset
from ivr.carrier.rehearsal.server import Carrier
from ivr.carrier.when import ask_date, read_date
from tests.carrier.standin import CENTRE, OURS, SID, TOKEN
from tests.carrier.web import GATHER, Web

OPERATOR = CENTRE
HERS = "+12025550188"  # an example: nobody's number
RING_HER = (
    f'<Dial callerId="{OURS}" action="/after" timeout="18" answerOnBridge="true">'
    '<Number url="/gate" statusCallback="/told" statusCallbackEvent="initiated completed">'
    f"{HERS}</Number></Dial>"
)
FOUR = GATHER.replace('numDigits="1"', 'numDigits="4"').replace("/next", "/code") + "<Hangup/>"


@pytest.fixture
def rehearsal(carrier: Carrier) -> RehearsalCarrier:
    return RehearsalCarrier(carrier.url, SID, TOKEN)


def operators_phone(
    web: Web, rehearsal: RehearsalCarrier, telephone: FarTelephone, **more: str
) -> Handset:
    """An operator's telephone that is rung, in a call whose time the test tells."""
    web.documents |= {"/operator": GATHER, "/next": RING_HER, "/gate": FOUR, "/code": "",
                      "/after": "<Hangup/>"}  # fmt: skip
    telephone.own(OPERATOR, paced=True)
    order = Order(OPERATOR, OURS, f"{web.url}/operator", f"{web.url}/told", **more)
    placed = rehearsal.place(order)
    assert isinstance(placed, Placed)
    phone = Handset(telephone)
    (line,) = telephone.lines(OPERATOR)
    assert (line["leg"], line["status"], line["from"]) == (placed.sid, "ringing", OURS)
    phone.view = telephone.answer(line["leg"])
    phone.entries = list(phone.view.entries)
    return phone


def test_the_operator_presses_her_telephone_rings_and_four_digits_join_them(
    web: Web, rehearsal: RehearsalCarrier, telephone: FarTelephone
) -> None:
    telephone.own(HERS)
    phone = operators_phone(web, rehearsal, telephone)
    phone.press("1")
    assert phone.now.phase == "ringing"
    assert telephone.lines(HERS)[0]["status"] == "ringing"
    phone.other_picks_up()
    for key in "123":
        phone.other_presses(key)
    assert phone.now.phase != "talking"
    assert phone.other_presses("4").phase == "talking"
    children = rehearsal.children(phone.now.call)
    assert not isinstance(children, Refused)
    assert [call.to for call in children.calls] == [HERS]
    phone.other_hangs_up()
    told = [body for path, body in web.bodies if path == "/told"]
    assert any("ParentCallSid" in body and "CallStatus=completed" in body for body in told)
    assert any("ParentCallSid" in body and "CallStatus=initiated" in body for body in told)


def test_a_machine_at_her_end_answers_and_never_presses(
    web: Web, rehearsal: RehearsalCarrier, telephone: FarTelephone
) -> None:
    telephone.own(HERS, "machine")
    phone = operators_phone(web, rehearsal, telephone)
    phone.press("1")
    phone.wait_for(lambda view: view.phase == "ended")
    assert phone.all_of("answered")[-1]["greeting"]
    assert not phone.all_of("bridged")


def test_a_call_may_stay_queued_and_is_cancelled_before_it_rings(
    web: Web, rehearsal: RehearsalCarrier, telephone: FarTelephone
) -> None:
    telephone.own(OPERATOR)
    telephone.set_faults(queue=1)
    placed = rehearsal.place(Order(OPERATOR, OURS, f"{web.url}/operator"))
    assert isinstance(placed, Placed)
    assert placed.stage is Stage.QUEUED
    cancelled = rehearsal.cancel(placed.sid)
    assert isinstance(cancelled, Placed)
    assert cancelled.stage is Stage.CANCELLED


def test_a_placed_call_whose_document_fails_asks_its_fallback_by_post(
    web: Web, rehearsal: RehearsalCarrier, telephone: FarTelephone
) -> None:
    web.documents["/neutral"] = "<Hangup/>"
    telephone.own(OPERATOR)
    rehearsal.place(Order(OPERATOR, OURS, f"{web.url}/gone", fallback_url=f"{web.url}/neutral"))
    (line,) = telephone.lines(OPERATOR)
    assert telephone.answer(line["leg"]).phase == "ended"
    (body,) = (body for path, body in web.bodies if path == "/neutral")
    assert "ErrorCode=11200" in body


@pytest.mark.parametrize(
    "owners", [{"0470": {}}, {HERS: {"answer": "maybe"}}, {HERS: "hand"}, {"": {}}]
)
def test_owners_that_make_no_sense_are_refused(
    telephone: FarTelephone, owners: dict[str, object]
) -> None:
    with pytest.raises(CarrierAway, match="owners"):
        telephone._ask("PUT", "/owners", owners)


def test_what_time_it_is_at_the_carrier(carrier: Carrier) -> None:
    there = ask_date(carrier.url)
    assert there is not None
    assert abs(clock.now() - there) < timedelta(seconds=3)
    assert ask_date("http://127.0.0.1:9") is None
    assert [read_date(odd) for odd in (None, "", "soon", "Mon, 99 Nov 2026 00:00:00 GMT")] == (
        [None] * 4
    )
