"""Everything that we ask of Twilio is as Twilio's own description of its API wants it.

A server that keeps to the description stands in for Twilio, and the line's own client, which asks
in the region of real calls, is what asks it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.callbacks import attempts as button
from ivr.callbacks import hold
from ivr.callbacks.attempts import Started, Unknown
from ivr.callbacks.cutting import cut
from ivr.callbacks.finishing import SETTLED, Stage
from ivr.callbacks.reconcile import ANSWER, QUIET, reconcile
from ivr.callbacks.records import delete
from ivr.carrier import Deleted, Found, Lost, Order, Placed, Refused
from ivr.carrier import Stage as Carried
from ivr.carrier.inspection import examine
from ivr.carrier.twilio import TwilioCarrier
from ivr.store.database import Store
from ivr.voice.news import EVENTS
from routing.callback import State
from tests import kinds
from tests.callbacks.calling import ANN, IN_TIME, Desk
from tests.carrier.description import (
    EXAMPLE,
    Towards,
    client_towards,
    described,
    prism,
)
from tests.carrier.lossy import lossy
from tests.carrier.standin import BASE, CENTRE, OURS, SID
from tests.worlds import shipped_directory

ORDER = Order(CENTRE, OURS, BASE + "/proof")
WHOLE = replace(ORDER, status_url=BASE + "/status", fallback_url=BASE + "/f", events=EVENTS)


@pytest.fixture(scope="session")
def twilio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that keeps to Twilio's description."""
    with prism(tmp_path_factory.mktemp("prism")) as address:
        yield address


@pytest.fixture
def asked(twilio: str) -> Iterator[tuple[TwilioCarrier, Towards]]:
    """Our carrier towards it, and what was sent."""
    client, wire = client_towards(twilio)
    yield TwilioCarrier(client), wire
    wire.own.session.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An operator's desk whose callbacks are called over Twilio."""
    with Store(kinds.migrated(tmp_path)) as store:
        yield Desk(store, tmp_path)


def over(desk: Desk, carrier: TwilioCarrier) -> int:
    """The desk calls over this carrier; a callback that its operator has taken."""
    accounts: Any = {"twilio": SID}
    desk.means = replace(desk.means, accounts=accounts, carriers={"twilio": carrier})
    desk.employ()
    callback = desk.book(carrier="twilio")
    assert desk.claim(callback)
    return callback


@pytest.mark.parametrize("order", [ORDER, WHOLE, replace(ORDER, to="sip:ann@pbx.example.org")])
def test_a_call_is_placed_as_described(asked: tuple[TwilioCarrier, Towards], order: Order) -> None:
    carrier, wire = asked
    placed = carrier.place(order)
    assert isinstance(placed, Placed)
    assert (placed.sid, wire.sent, wire.answers) == (EXAMPLE, ["POST Calls.json"], [201])


def test_it_is_looked_up_searched_ended_and_deleted_as_described(
    asked: tuple[TwilioCarrier, Towards],
) -> None:
    carrier, wire = asked
    since = datetime(2026, 11, 23, 10, 0, 30, tzinfo=UTC)
    assert isinstance(carrier.look_up(EXAMPLE), Placed)
    assert isinstance(carrier.find(to=CENTRE, from_=OURS, since=since), Found)
    assert isinstance(carrier.children(EXAMPLE), Found)
    assert isinstance(carrier.cancel(EXAMPLE), Placed)
    assert isinstance(carrier.delete(EXAMPLE), Deleted)
    assert {row.partition(" ")[0] for row in wire.sent} == {"GET", "POST", "DELETE"}
    assert set(wire.answers) <= {200, 201, 204}


def test_doctor_asks_for_our_numbers_as_described(twilio: str, tmp_path: Path) -> None:
    client, wire = client_towards(twilio)
    settings: Any = SimpleNamespace(twilio_account_sid=SID, outbound_number=OURS,
                                    public_base_url=BASE)  # fmt: skip
    found = list(examine(settings, shipped_directory(), client, lambda: datetime.now(UTC)))
    assert [one for one in found if "could not be asked" in one.what] == []
    assert (wire.sent, wire.answers) == (["GET IncomingPhoneNumbers.json"], [200])
    wire.own.session.close()


def test_a_callback_from_the_button_to_the_last_record_is_as_described(
    desk: Desk, asked: tuple[TwilioCarrier, Towards]
) -> None:
    carrier, wire = asked
    callback = over(desk, carrier)
    started = desk.call(callback)
    assert isinstance(started, Started)
    desk.ready(desk.attempt(started.attempt))
    assert reconcile(desk.means, IN_TIME + QUIET) == 1, "nobody told of its end: it is looked up"
    assert desk.attempt(started.attempt).state == Stage.OVER
    begun = len(wire.sent)
    assert delete(desk.means, IN_TIME + QUIET + SETTLED) == 1
    kinds = [row.partition(" ")[0] for row in wire.sent[begun:]]
    assert kinds[0] == "GET", "first the legs that it dialled are asked for"
    assert kinds.count("DELETE") >= 2, "and the description's example has some"
    assert wire.sent[-1] == f"DELETE {EXAMPLE}.json"
    assert wire.sent[:2] == ["POST Calls.json", f"GET {EXAMPLE}.json"]


def test_the_kill_switch_ends_what_rings_as_described(
    desk: Desk, asked: tuple[TwilioCarrier, Towards]
) -> None:
    carrier, wire = asked
    started = desk.call(over(desk, carrier))
    with desk.store.writing() as connection:
        hold.throw(connection, "ann", "", desk.at)
    assert cut(desk.means, desk.at) == 1
    assert wire.sent == ["POST Calls.json", f"POST {EXAMPLE}.json"]
    assert desk.attempt(started.attempt).state == Stage.FAILED


@pytest.mark.parametrize("how", ["cut", "slow", "broken", "garbled"])
def test_a_lost_answer_is_looked_for_and_nothing_is_asked_twice(
    desk: Desk, twilio: str, how: str
) -> None:
    with lossy(twilio, how) as way:
        client, wire = client_towards(way.url)
        wire.own.timeout = 2.0 if how == "slow" else 10.0
        callback = over(desk, TwilioCarrier(client))
        answer = desk.call(callback)
        assert isinstance(answer, Unknown)
        assert desk.row(callback).state == State.UNKNOWN
        for later in range(3):
            reconcile(desk.means, IN_TIME + ANSWER * (1 + later))
        wire.own.session.close()
    assert way.verbs[0] == "POST"
    assert way.verbs.count("POST") == 1
    assert "GET" in way.verbs, "it is looked for"


def test_the_button_pressed_again_meanwhile_asks_nobody(desk: Desk, twilio: str) -> None:
    with lossy(twilio, "cut") as way:
        client, wire = client_towards(way.url)
        callback = over(desk, TwilioCarrier(client))
        desk.call(callback)
        again = button.call(desk.means, callback, ANN, lambda: desk.at)
        assert again == button.Refused(button.NOT_HERS)
        wire.own.session.close()
    assert len(way.handed) == 1


def test_planted_a_carrier_that_asks_again_is_found(desk: Desk, twilio: str) -> None:
    class Insisting(TwilioCarrier):
        def place(self, order: Order) -> Placed | Refused | Lost:
            answer = super().place(order)
            return super().place(order) if isinstance(answer, Lost) else answer

    with lossy(twilio, "cut") as way:
        client, wire = client_towards(way.url)
        desk.call(over(desk, Insisting(client)))
        wire.own.session.close()
    assert len(way.handed) == 2


def test_every_status_of_the_description_is_one_of_ours() -> None:
    known = described()["components"]["schemas"]["call_enum_status"]["enum"]
    assert set(known) == {str(one) for one in Carried}


@pytest.mark.parametrize(
    "planted",
    [
        {"To": CENTRE, "Url": BASE},
        {"To": CENTRE, "From": OURS, "Url": BASE, "Timeout": "soon"},
        {"To": CENTRE, "From": OURS, "Url": BASE, "Method": "PUSH"},
    ],
)
def test_planted_a_wrong_field_is_refused(
    asked: tuple[TwilioCarrier, Towards], planted: dict[str, str]
) -> None:
    carrier, wire = asked
    path = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Calls.json"
    reply = carrier._client.request("POST", path, data=planted)
    assert (reply.status_code, wire.answers) == (422, [422])


@pytest.mark.parametrize(("name", "slip"), [("From", "Form"), ("StatusCallback", "StatusCallBack")])
def test_planted_a_slip_in_our_own_names_is_found(
    asked: tuple[TwilioCarrier, Towards], monkeypatch: pytest.MonkeyPatch, name: str, slip: str
) -> None:
    carrier, _ = asked
    ask = carrier._client.request

    def slipping(method: str, url: str, **more: Any) -> Any:
        data = {slip if one == name else one: value for one, value in more["data"].items()}
        return ask(method, url, **{**more, "data": data})

    monkeypatch.setattr(carrier._client, "request", slipping)
    with pytest.raises(AssertionError, match=slip):
        carrier.place(WHOLE)


def test_planted_a_sid_or_a_search_that_is_none_is_found(
    asked: tuple[TwilioCarrier, Towards],
) -> None:
    carrier, wire = asked
    assert isinstance(carrier.look_up("CA1"), Refused)
    assert isinstance(carrier.children("CA1"), Lost)
    assert wire.answers == [422, 422]
    path = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Calls.json"
    with pytest.raises(AssertionError, match="Since"):
        carrier._client.request("GET", path, params={"Since": "today"})


def test_planted_without_our_token_nobody_is_let_in(twilio: str) -> None:
    client, wire = client_towards(twilio)
    client.username = None
    assert isinstance(TwilioCarrier(client).place(ORDER), Refused | Lost)
    assert wire.answers == [401]
    wire.own.session.close()
