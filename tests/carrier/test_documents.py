"""How a reply is carried out: what is heard and for how long, what is asked next, how it ends."""

from datetime import UTC, datetime

import pytest

from ivr.carrier.rehearsal import handset as module
from ivr.carrier.rehearsal.handset import Handset
from tests.carrier.standin import (
    BASE,
    NUMBERS,
    Standin,
    gather,
    handset,
    play,
    rings,
)


def kinds(phone: Handset) -> list[str]:
    return [str(entry["kind"]) for entry in phone.all_of("heard")]


def test_sounds_are_heard_in_their_order_each_for_its_time_and_then_it_ends() -> None:
    phone, _ = rings(play(2) + '<Say language="nl-BE">Goedendag</Say><Pause length="3"/>' + play(1))
    seconds = []
    while phone.now.phase != "ended":
        assert phone.now.phase == "speaking"
        assert phone.now.waiting is not None
        seconds.append(phone.now.waiting.seconds)
        phone.wait()
    assert kinds(phone) == ["clip", "say", "pause", "clip"]
    assert seconds == [2, 1, 3, 1]
    assert list(phone.heard())[1] == "Goedendag"
    assert phone.all_of("ended")[-1]["reason"] == "the document ran off its end"
    assert phone.now.moment == datetime(2026, 3, 4, 12, 0, 7, tzinfo=UTC).isoformat()


def test_a_loop_is_heard_as_often_as_it_says() -> None:
    phone, line = rings(play(1).replace("<Play>", '<Play loop="3">'))
    phone.wait_for(lambda view: False)
    assert kinds(phone) == ["clip"] * 3
    assert len([one for one in line.asked if one.method == "GET"]) == 1


def test_a_sound_that_was_fetched_once_is_not_fetched_again() -> None:
    phone, line = rings(gather(play(1)), others={"/next": play(1) + play(2)})
    phone.press("1")
    urls = [one.path for one in line.asked if one.method == "GET"]
    assert urls == ["/audio/1.wav", "/audio/2.wav"]


def test_a_get_carries_its_fields_in_the_address() -> None:
    phone, line = rings('<Redirect method="GET">/again?a=1</Redirect>', others={"/again": play(1)})
    asked = next(one for one in line.asked if one.path.startswith("/again"))
    assert asked.method == "GET"
    assert asked.path.startswith("/again?a=1&CallSid=CA")
    assert not asked.form
    assert phone.now.phase == "speaking"


def test_a_pretended_time_is_told_and_goes_on_with_the_call() -> None:
    christmas = datetime(2026, 12, 25, 3, 0, tzinfo=UTC)
    phone, line = rings(gather(play(2)), at=christmas, others={"/next": "<Hangup/>"})
    phone.press("1", after=1.5)
    assert line.forms("/voice")[0]["PretendAt"] == "2026-12-25T03:00:00.000+00:00"
    assert line.forms("/next")[0]["PretendAt"] == "2026-12-25T03:00:01.500+00:00"


def test_hanging_up_ends_everything_and_the_line_is_told_once() -> None:
    phone, line = rings(gather(play(9)))
    phone.hang_up()
    phone.hang_up()
    phone.press("1")
    assert phone.now.phase == "ended"
    (form,) = line.forms("/status")
    assert (form["CallStatus"], form["CallDuration"], form["Duration"]) == ("completed", "0", "0")
    assert form["CallbackSource"] == "call-progress-events"
    assert len([one for one in line.asked if one.path == "/next"]) == 0


def test_a_line_without_a_status_address_is_told_nothing() -> None:
    phone, line = rings("<Hangup/>", numbers=type(NUMBERS)(BASE + "/voice"))
    assert phone.now.phase == "ended"
    assert not line.forms("/status")


def test_a_word_about_something_that_is_over_already_changes_nothing() -> None:
    phone, _ = rings(play(1) + play(2))
    assert phone.now.waiting is not None
    first = phone.now.waiting.id
    phone.wait()
    before = phone.now.waiting
    view = phone.telephone.ended(phone.now.call, first)
    assert view.waiting == before


def test_waiting_on_a_call_that_is_over_shows_the_end() -> None:
    phone, _ = rings("<Hangup/>")
    assert phone.wait().phase == "ended"


def test_a_line_that_never_comes_to_an_end_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITS", 50)
    phone, _ = rings(gather(action="/voice"))
    with pytest.raises(RuntimeError, match="waits"):
        phone.wait_for(lambda view: False)


def test_a_telephone_that_rang_nobody_has_nothing_to_show() -> None:
    with pytest.raises(RuntimeError):
        handset(Standin()).press("1")
