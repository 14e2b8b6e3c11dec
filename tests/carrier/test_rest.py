"""The account's door has Twilio's own shape: Twilio's library is what asks it here."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from twilio.base.exceptions import TwilioRestException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier.rehearsal.exchange import Exchange, Setup
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.server import create_app
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from tests.carrier.standin import (
    ACCESS,
    ACCOUNT,
    BASE,
    CALLER,
    CENTRE,
    NOON,
    NUMBERS,
    OURS,
    SID,
    TOKEN,
    Standin,
    gather,
    play,
)

CALLS = f"/2010-04-01/Accounts/{SID}/Calls"
AUTH = {"Authorization": "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()}


class Wire(HttpClient):
    """Twilio's library over Flask's test client."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def request(self, method: str, url: str, params: Any = None, data: Any = None,
                headers: Any = None, auth: Any = None, **more: Any) -> Response:  # fmt: skip
        path = url.removeprefix("https://api.twilio.com")
        given = {k: v for k, v in (data or {}).items() if v is not None}
        reply = self.client.open(path, method=method, query_string=params, data=given, auth=auth)
        return Response(reply.status_code, reply.get_data(as_text=True))


class Account:
    """An account with its carrier, its line and its clock."""

    def __init__(self) -> None:
        self.line = Standin({"/proof": gather(play(1)), "/next": "<Hangup/>",
                             "/voice": gather(play(9))})  # fmt: skip
        self.switch = Switch(Exchange(ACCOUNT, NUMBERS, new_name), self.line.send, MemoryJournal(),
                             self.line.clock)  # fmt: skip
        self.web = create_app(self.switch).test_client()
        self.twilio = Client(SID, TOKEN, http_client=Wire(self.web))

    def go(self, seconds: int) -> None:
        for _ in range(seconds):
            self.line.clock.go(1)
            self.switch.act(lambda exchange, at: exchange.tick(at))
            self.switch.send_waiting()

    def post(self, **form: str) -> tuple[int, dict[str, Any]]:
        reply = self.web.post(f"{CALLS}.json", data=form, headers=AUTH)
        return reply.status_code, reply.get_json()


@pytest.fixture
def account() -> Iterator[Account]:
    return Account()


ORDER = {"To": CENTRE, "From": OURS, "Url": BASE + "/proof"}


def test_the_library_places_looks_up_and_deletes_a_call(account: Account) -> None:
    call = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof", timeout=20,
                                       status_callback=BASE + "/status",
                                       status_callback_event=["initiated", "answered"])  # fmt: skip
    assert (call.status, call.direction, call.to, call.duration) == (
        "ringing",
        "outbound-api",
        CENTRE,
        None,
    )
    account.go(4)
    assert account.twilio.calls(call.sid).fetch().status == "in-progress"
    account.go(4)
    ended = account.twilio.calls(call.sid).fetch()
    assert (ended.status, ended.duration) == ("completed", "2")
    assert ended.start_time == NOON + timedelta(seconds=4)
    assert ended.end_time == NOON + timedelta(seconds=6)
    told = [form["CallStatus"] for form in account.line.forms("/status")]
    assert told == ["initiated", "in-progress"]
    assert account.twilio.calls(call.sid).delete()
    with pytest.raises(TwilioRestException) as caught:
        account.twilio.calls(call.sid).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_the_journal_still_knows_what_the_account_deleted(account: Account) -> None:
    call = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof")
    account.go(4)
    account.go(9)
    account.twilio.calls(call.sid).delete()
    told = [e["what"] for e in account.switch.journal.entries if e["call"] == call.sid]
    assert told[0] == "call"
    assert told[-1] == "deleted"


def test_a_call_is_found_by_its_numbers_and_its_time(account: Account) -> None:
    first = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof")
    account.line.clock.go(3600)
    second = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof")
    other = account.twilio.calls.create(to=CALLER, from_=OURS, url=BASE + "/proof")

    def sids(**wanted: Any) -> list[str]:
        return [call.sid for call in account.twilio.calls.list(**wanted)]

    assert sids() == [other.sid, second.sid, first.sid]
    assert sids(to=CENTRE) == [second.sid, first.sid]
    assert sids(to=CENTRE, limit=1) == [second.sid]
    assert sids(from_=CENTRE) == []
    assert sids(status="ringing", to=CALLER) == [other.sid]
    later = NOON + timedelta(minutes=30)
    assert sids(to=CENTRE, start_time_after=later) == [second.sid]
    assert sids(to=CENTRE, start_time_before=later) == [first.sid]
    assert len(sids(start_time=datetime(2026, 3, 4, tzinfo=UTC))) == 3
    assert sids(parent_call_sid="CA" + "0" * 32) == []


def test_a_day_alone_is_the_whole_day(account: Account) -> None:
    account.post(**ORDER)
    for day, found in (("2026-03-04", 1), ("2026-03-03", 0), ("2026-03-05", 0)):
        reply = account.web.get(f"{CALLS}.json?StartTime={day}", headers=AUTH)
        assert len(reply.get_json()["calls"]) == found


def test_many_calls_come_in_pages(account: Account) -> None:
    for _ in range(5):
        account.post(**ORDER)
    assert len(account.twilio.calls.list(page_size=2)) == 5
    page = account.web.get(f"{CALLS}.json?PageSize=2&Page=1", headers=AUTH).get_json()
    assert (len(page["calls"]), page["page"], page["start"], page["end"]) == (2, 1, 2, 3)
    assert page["previous_page_uri"].endswith("Page=0")
    assert page["next_page_uri"].endswith("Page=2")
    last = account.web.get(f"{CALLS}.json?PageSize=2&Page=2", headers=AUTH).get_json()
    assert last["next_page_uri"] is None


def test_a_ringing_call_is_canceled_and_an_answered_one_completed(account: Account) -> None:
    ringing = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof")
    assert account.twilio.calls(ringing.sid).update(status="canceled").status == "canceled"
    answered = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof")
    account.go(4)
    with pytest.raises(TwilioRestException) as caught:
        account.twilio.calls(answered.sid).update(status="canceled")
    assert (caught.value.status, caught.value.code) == (400, 21220)
    assert account.twilio.calls(answered.sid).update(status="completed").status == "completed"
    with pytest.raises(TwilioRestException) as caught:
        account.twilio.calls(answered.sid).update(status="completed")
    assert caught.value.code == 21220
    with pytest.raises(TwilioRestException) as caught:
        account.twilio.calls(answered.sid).update(status="busy")
    assert caught.value.code == 21218


def test_a_callers_own_call_can_be_ended_and_listed_too(account: Account) -> None:
    view = OwnTelephone(account.switch).ring(Setup(ACCESS, CALLER))
    (call,) = account.twilio.calls.list(to=ACCESS)
    assert (call.sid, call.direction, call.status) == (view.call, "inbound", "in-progress")
    account.twilio.calls(call.sid).update(status="completed")
    assert account.line.forms("/status")[0]["CallStatus"] == "completed"


def test_a_call_that_goes_on_cannot_be_deleted(account: Account) -> None:
    call = account.twilio.calls.create(to=CENTRE, from_=OURS, url=BASE + "/proof")
    with pytest.raises(TwilioRestException) as caught:
        account.twilio.calls(call.sid).delete()
    assert caught.value.status == 409


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"To": ""}, 21211),
        ({"To": "0470 00 00 00"}, 21211),
        ({"From": "+12025550199"}, 21210),
        ({"From": "anonymous"}, 21210),
        ({"Url": ""}, 21205),
        ({"Url": "/proof"}, 21205),
        ({"Twiml": "<Response/>"}, 21205),
        ({"Timeout": "0"}, 20001),
        ({"Timeout": "601"}, 20001),
        ({"Timeout": "²"}, 20001),
        ({"TimeLimit": "-1"}, 20001),
        ({"StatusCallbackEvent": "finished"}, 21626),
        ({"Record": "true"}, 20001),
        ({"MachineDetection": "Enable"}, 20001),
    ],
)
def test_what_cannot_be_placed_is_refused_and_rings_nobody(
    account: Account, changes: dict[str, str], code: int
) -> None:
    status, answer = account.post(**{**ORDER, **changes})
    assert (status, answer["code"], answer["status"]) == (400, code, 400)
    assert not account.switch.journal.entries


@pytest.mark.parametrize(
    "query", ["PageSize=0", "PageSize=1001", "Page=-1", "StartTime=soon", "StartTime%3E=1"]
)
def test_a_search_that_makes_no_sense_is_refused(account: Account, query: str) -> None:
    assert account.web.get(f"{CALLS}.json?{query}", headers=AUTH).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Basic " + base64.b64encode(f"{SID}:wrong".encode()).decode()},
     {"Authorization": "Bearer " + TOKEN}],
)  # fmt: skip
def test_nobody_comes_in_without_the_accounts_token(
    account: Account, headers: dict[str, str]
) -> None:
    for path in (f"{CALLS}.json", "/telephone/state", "/nothing"):
        reply = account.web.get(path, headers=headers)
        assert (reply.status_code, reply.get_json()["code"]) == (401, 20003)


def test_another_account_is_not_this_one(account: Account) -> None:
    other = CALLS.replace(SID, "AC" + "f" * 32)
    assert account.web.get(f"{other}.json", headers=AUTH).status_code == 401


def test_what_is_not_there_is_not_there(account: Account) -> None:
    assert account.web.get("/nothing", headers=AUTH).get_json()["code"] == 20404
    for method in ("get", "post", "delete"):
        reply = getattr(account.web, method)(f"{CALLS}/CA{'0' * 32}.json", headers=AUTH)
        assert (reply.status_code, reply.get_json()["code"]) == (404, 20404)


def test_deleting_at_the_switch_what_is_not_there_changes_nothing(account: Account) -> None:
    assert account.switch.delete("CA" + "0" * 32) is False
    assert not account.switch.journal.entries
