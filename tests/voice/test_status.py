"""How calls ended is counted once, however late, often and out of order the carrier tells it."""

import pytest

from ivr.voice.signature import sign
from ivr.voice.status import Ended
from tests.voice.telephone import BASE, CALL, TWILIO_TOKEN, House


def tell(house: House, status: str, **said: str) -> None:
    """Tell a status as the carrier does."""
    leg = house.call(target="/voice/status")
    form = leg.fields(CallStatus=status, **said)
    answer = house.post(leg.target, form, signature=sign(BASE, leg.target, form, TWILIO_TOKEN))
    assert (answer.status_code, answer.data) == (204, b"")


def test_an_end_is_counted_once_and_nothing_goes_backwards() -> None:
    house = House()
    for status in ("ringing", "in-progress", "completed", "in-progress", "completed", "busy"):
        tell(house, status)
    assert house.tally.ends == [("twilio", "completed")]
    tell(house, "no-answer", CallSid="CA" + "f" * 32)
    assert house.tally.ends[1:] == [("twilio", "no-answer")]


@pytest.mark.parametrize(
    "said",
    [{"ParentCallSid": "CA" + "f" * 32}, {"CallSid": "x"}, {"Digits": "²"}],
)
def test_legs_that_we_dialled_and_bad_values_are_not_counted(said: dict[str, str]) -> None:
    house = House()
    tell(house, "completed", **said)
    assert house.tally.ends == []


def test_what_cannot_be_counted_breaks_nothing() -> None:
    house = House()
    house.tally.broken = True
    tell(house, "completed")


def test_not_every_call_is_remembered_for_ever() -> None:
    ended = Ended(most=2)
    assert [ended.is_news(call) for call in ("a", "b", "a", "c", "a")] == [1, 1, 0, 1, 1]
    assert CALL not in ended.__dict__["_calls"]
