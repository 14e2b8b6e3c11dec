"""What our line is sent: signed as Twilio signs, with Twilio's fields, and nothing twice."""

import re

import pytest
from twilio.request_validator import RequestValidator

from ivr.carrier.rehearsal.board import Numbers
from ivr.carrier.rehearsal.exchange import Setup
from tests.carrier.standin import (
    ACCESS,
    BASE,
    CALLER,
    SID,
    TOKEN,
    WITHHELD,
    Asked,
    Standin,
    gather,
    handset,
    play,
    rings,
)


def signed(asked: Asked) -> bool:
    signature = asked.headers["X-Twilio-Signature"]
    return bool(RequestValidator(TOKEN).validate(asked.url, asked.form, signature))


def test_the_first_webhook_has_every_field_that_twilio_sends() -> None:
    _, line = rings(play(1))
    form = line.forms("/voice")[0]
    assert re.fullmatch("CA[0-9a-f]{32}", form["CallSid"])
    assert form["AccountSid"] == SID
    assert form["From"] == form["Caller"] == CALLER
    assert form["To"] == form["Called"] == ACCESS
    assert form["CallStatus"] == "ringing"
    assert (form["Direction"], form["ApiVersion"]) == ("inbound", "2010-04-01")
    assert "ParentCallSid" not in form
    assert form["CallSid"][2:] in form["CallToken"]
    for side in ("From", "To", "Caller", "Called"):
        assert [form[f"{side}{part}"] for part in ("City", "State", "Zip")] == ["", "", ""]
        assert form[f"{side}Country"] == "US"


@pytest.mark.parametrize(
    ("number", "country", "city"),
    [
        ("+3242000000", "BE", "Liège"),  # an example
        ("+4922100000", "DE", "Köln"),  # an example
        ("+3280000000", "BE", ""),  # an example
        ("+35299000000", "LU", ""),  # an example
        ("+99900000000", "", ""),  # an example
        (WITHHELD, "", ""),
        ("", "", ""),
    ],
)
def test_a_carrier_knows_where_a_number_is_from_or_says_nothing(
    number: str, country: str, city: str
) -> None:
    _, line = rings(play(1), from_=number)
    form = line.forms("/voice")[0]
    assert (form["From"], form["FromCountry"], form["CallerCity"]) == (number, country, city)
    assert all(signed(asked) for asked in line.asked if asked.method == "POST")


def test_everything_is_signed_whatever_it_holds() -> None:
    phone, line = rings(
        gather(play(1), action="/next?a=b&amp;c=d") + '<Redirect method="GET">/get?x=y</Redirect>',
        from_="+3242000000",  # an example, from a city with an accent
        others={"/next": "<Hangup/>", "/get": "<Hangup/>"},
    )
    phone.press("*")
    posted = [asked for asked in line.asked if "X-Twilio-Signature" in asked.headers]
    assert [asked.path for asked in posted] == ["/voice", "/next?a=b&c=d", "/status"]
    assert all(signed(asked) for asked in posted)
    forged = Asked("POST", posted[1].url + "x", posted[1].form, posted[1].headers)
    assert not signed(forged)


def test_a_get_is_signed_over_its_whole_address() -> None:
    _, line = rings('<Redirect method="GET">/get?x=y</Redirect>', others={"/get": play(1)})
    asked = next(one for one in line.asked if one.path.startswith("/get"))
    assert signed(asked)
    assert "Content-Type" not in asked.headers


def test_connection_overrides_in_an_address_are_neither_sent_nor_signed() -> None:
    numbers = Numbers(BASE + "/voice#ct=2000&rc=2")
    _, line = rings(play(1), numbers=numbers)
    assert line.asked[0].url == BASE + "/voice"
    assert signed(line.asked[0])


def test_every_request_has_an_idempotency_token_of_its_own() -> None:
    phone, line = rings(gather(), others={"/next": "<Hangup/>"})
    phone.press("1")
    tokens = [asked.headers["I-Twilio-Idempotency-Token"] for asked in line.asked]
    assert len(set(tokens)) == len(tokens) == 3
    assert {asked.headers["User-Agent"] for asked in line.asked} == {"TwilioProxy/1.1"}
    kinds = {asked.headers["Content-Type"] for asked in line.asked}
    assert kinds == {"application/x-www-form-urlencoded; charset=UTF-8"}


def test_a_repeated_webhook_is_the_very_same_and_its_answer_is_compared() -> None:
    replies = iter([gather(), play(1), play(2)])
    line = Standin({"/voice": lambda form: next(replies)})
    line.documents["/next"] = lambda form: next(replies)
    phone = handset(line)
    phone.ring(Setup(ACCESS, CALLER))
    phone.telephone.switch.exchange.faults.repeat = 1
    phone.press("1")
    first, second = (asked for asked in line.asked if asked.path == "/next")
    assert first == second
    (repeated,) = phone.all_of("repeated")
    assert repeated["same"] is False
    assert list(phone.heard()) == [BASE + "/audio/1.wav"]


def test_an_honest_line_answers_a_repeated_webhook_with_the_same_bytes() -> None:
    line = Standin({"/voice": gather(), "/next": play(1)})
    phone = handset(line)
    phone.telephone.switch.exchange.faults.repeat = 2
    phone.ring(Setup(ACCESS, CALLER))
    phone.press("1")
    assert [entry["same"] for entry in phone.all_of("repeated")] == [True, True]


def test_a_reply_that_is_dropped_is_asked_for_again_with_the_same_token() -> None:
    line = Standin({"/voice": gather(), "/next": play(1)})
    phone = handset(line)
    phone.ring(Setup(ACCESS, CALLER))
    phone.telephone.switch.exchange.faults.drop = 1
    phone.press("1")
    first, second = (asked for asked in line.asked if asked.path == "/next")
    assert first == second
    assert len(phone.all_of("dropped")) == 1
    assert list(phone.heard()) == [BASE + "/audio/1.wav"]


def test_a_reply_that_comes_after_the_caller_hung_up_changes_nothing() -> None:
    line = Standin({"/voice": gather()})
    phone = handset(line)

    def hang_up_meanwhile(form: object) -> str:
        phone.telephone.switch.act(lambda exchange, at: exchange.hang_up(phone.now.call, at))
        return play(1)

    phone.ring(Setup(ACCESS, CALLER))
    line.documents["/next"] = hang_up_meanwhile
    phone.press("1")
    assert phone.now.phase == "ended"
    assert not list(phone.heard())
    assert [entry["status"] for entry in phone.all_of("reply")][-2:] == [200, 204]


def test_a_status_address_that_is_away_is_only_noted() -> None:
    phone, _ = rings("<Hangup/>", others={"/status": ConnectionError("refused")})
    (lost,) = phone.all_of("lost")
    assert lost["purpose"] == "notice"
    assert not phone.all_of("error")
