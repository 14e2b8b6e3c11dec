"""The account's door has Twilio's own shape: Twilio's library is what asks it here."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.telephone import OwnTelephone
from tests.carrier.rest import AUTH, CALLS, ORDER, Account
from tests.carrier.standin import (
    ACCESS,
    BASE,
    CALLER,
    CENTRE,
    NOON,
    OURS,
)


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
