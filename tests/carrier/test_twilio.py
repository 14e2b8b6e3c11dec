"""Twilio through its own library, which asks the rehearsal carrier here: one shape, one meaning."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import requests
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from ivr.carrier import OVER, Deleted, Found, Lost, Order, Placed, Refused, Stage
from ivr.carrier.twilio import TwilioCarrier, make_client
from tests.carrier.rest import Account
from tests.carrier.standin import BASE, CENTRE, NOON, OURS, SID, TOKEN

ORDER = Order(CENTRE, OURS, BASE + "/proof", BASE + "/status", ring=20, longest=60)


class Answers(HttpClient):
    """Twilio's library over one answer, or one failure of the wire."""

    def __init__(self, answer: Response | Exception) -> None:
        self.answer, self.asked = answer, 0

    def request(self, *args: Any, **more: Any) -> Response:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_call_is_placed_found_cancelled_and_deleted() -> None:
    account = Account()
    carrier = TwilioCarrier(account.twilio)
    placed = carrier.place(ORDER)
    assert isinstance(placed, Placed)
    assert (placed.to, placed.from_, placed.stage, placed.started) == (
        CENTRE,
        OURS,
        Stage.RINGING,
        NOON,
    )
    found = carrier.find(to=CENTRE, from_=OURS, since=NOON - timedelta(minutes=1))
    assert isinstance(found, Found)
    assert [call.sid for call in found.calls] == [placed.sid]
    account.go(4)
    talking = carrier.look_up(placed.sid)
    assert isinstance(talking, Placed)
    assert talking.stage not in OVER
    ended = carrier.cancel(placed.sid)
    assert isinstance(ended, Placed)
    assert ended.stage in OVER
    assert isinstance(carrier.delete(placed.sid), Deleted)
    gone = carrier.look_up(placed.sid)
    assert isinstance(gone, Refused)
    assert gone.code == 20404
    (form,) = account.line.forms("/status")
    assert form["CallStatus"] == "completed"


def test_a_call_without_a_status_address_tells_nobody() -> None:
    account = Account()
    placed = TwilioCarrier(account.twilio).place(Order(CENTRE, OURS, BASE + "/proof"))
    assert isinstance(placed, Placed)
    TwilioCarrier(account.twilio).cancel(placed.sid)
    assert not account.line.forms("/status")


def test_what_is_told_and_asked_beside_is_ordered_too_and_children_are_found() -> None:
    account = Account()
    carrier = TwilioCarrier(account.twilio)
    ring = f'<Dial callerId="{OURS}"><Number>+12025550188</Number></Dial>'
    account.line.documents["/proof"] = ring
    order = replace(ORDER, fallback_url=BASE + "/next", events=("initiated", "answered"))
    placed = carrier.place(order)
    assert isinstance(placed, Placed)
    account.go(6)
    told = [form["CallStatus"] for form in account.line.forms("/status")]
    assert told == ["initiated", "in-progress"]
    found = carrier.children(placed.sid)
    assert isinstance(found, Found)
    assert [call.to for call in found.calls] == ["+12025550188"]


def test_a_clear_no_is_a_refusal() -> None:
    answer = TwilioCarrier(Account().twilio).place(Order("112", OURS, BASE + "/proof"))
    assert isinstance(answer, Refused)
    assert answer.code == 21211


def refused_connection() -> requests.ConnectionError:
    reason = NewConnectionError(HTTPConnection("api.example"), "refused")
    pool = HTTPConnectionPool("api.example")
    return requests.ConnectionError(MaxRetryError(pool, "/", reason))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(500, "{}"), Lost),
        (Response(503, "oops"), Lost),
        (Response(201, "<html>"), Lost),
        (Response(429, '{"code": 20429, "message": "Too many"}'), Refused),
        (requests.ConnectTimeout("slow"), Refused),
        (refused_connection(), Refused),
        (requests.ReadTimeout("silence"), Lost),
        (requests.ConnectionError(ProtocolError("cut")), Lost),
        (requests.ConnectionError(), Lost),
    ],
)
def test_what_may_have_rung_is_never_asked_twice(answer: Response | Exception, kind: type) -> None:
    wire = Answers(answer)
    carrier = TwilioCarrier(Client(SID, TOKEN, http_client=wire))
    assert isinstance(carrier.place(ORDER), kind)
    assert wire.asked == 1


def test_the_librarys_own_retries_are_off_and_the_region_is_set() -> None:
    client = make_client(SID, TOKEN, "ie1", "dublin")
    assert (client.region, client.edge) == ("ie1", "dublin")
    assert client.http_client.timeout == 10
    adapter = client.http_client.session.get_adapter("https://api.twilio.com")
    assert adapter.max_retries.total == 0
    client.http_client.session.close()
