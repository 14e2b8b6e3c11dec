"""How a reply is carried out: what is heard, when a key counts, what silence does, how it ends."""

from datetime import UTC, datetime

import pytest

from ivr.carrier.rehearsal import handset as module
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.handset import Handset
from tests.carrier.standin import (
    ACCESS,
    BASE,
    CALLER,
    NUMBERS,
    Form,
    Standin,
    gather,
    handset,
    play,
    rings,
    wav,
)

FLOATS = wav().replace(b"\x01\x00\x01\x00", b"\x03\x00\x01\x00", 1)


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


def test_a_key_interrupts_the_words_and_is_told() -> None:
    phone, line = rings(gather(play(20) + play(30)), others={"/next": play(1)})
    phone.wait()
    view = phone.press("#", after=4)
    assert line.forms("/next")[0]["Digits"] == "#"
    assert view.moment == datetime(2026, 3, 4, 12, 0, 24, tzinfo=UTC).isoformat()
    assert list(phone.heard())[-1] == f"{BASE}/audio/1.wav"


def test_the_time_before_a_key_is_never_longer_than_what_is_heard() -> None:
    phone, _ = rings(gather(play(2)), others={"/next": play(1)})
    view = phone.press("1", after=500)
    assert view.moment == datetime(2026, 3, 4, 12, 0, 2, tzinfo=UTC).isoformat()


def test_silence_counts_only_after_the_words_and_posts_where_it_was_asked_to() -> None:
    phone, line = rings(gather(play(2), timeout=8), others={"/next": "<Hangup/>"})
    assert phone.wait().phase == "listening"
    assert phone.now.waiting is not None
    assert phone.now.waiting.seconds == 8
    phone.wait()
    form = line.forms("/next")[0]
    assert (form["Digits"], form["FinishedOnKey"], form["msg"]) == ("", "", "Gather End")
    assert phone.now.moment == datetime(2026, 3, 4, 12, 0, 10, tzinfo=UTC).isoformat()


def test_silence_goes_on_with_the_next_verb_where_no_action_is_wanted() -> None:
    phone, line = rings(gather(empty=False) + "<Redirect>/again</Redirect>",
                        others={"/again": play(1)})  # fmt: skip
    phone.wait()
    assert not line.forms("/next")
    assert line.forms("/again")[0]["CallStatus"] == "in-progress"
    assert "Digits" not in line.forms("/again")[0]


def test_what_stands_after_a_gather_never_runs_once_a_key_came() -> None:
    phone, line = rings(gather() + "<Redirect>/again</Redirect>", others={"/next": play(1)})
    phone.press("5")
    phone.wait_for(lambda view: False)
    assert not line.forms("/again")


def test_an_entry_ends_with_its_last_digit() -> None:
    phone, line = rings(gather(keys='numDigits="4"'), others={"/next": play(1)})
    phone.press("123")
    assert not line.forms("/next")
    phone.press("4")
    assert line.forms("/next")[0]["Digits"] == "1234"


def test_an_entry_ends_with_a_pause_between_digits() -> None:
    phone, line = rings(gather(keys="", timeout=6), others={"/next": play(1)})
    phone.press("0", after=5)
    phone.press("4", after=5)
    phone.wait()
    assert line.forms("/next")[0]["Digits"] == "04"
    assert phone.now.moment == datetime(2026, 3, 4, 12, 0, 16, tzinfo=UTC).isoformat()


def test_the_finishing_key_ends_an_entry_and_is_no_part_of_it() -> None:
    phone, line = rings(gather(keys="", finish="*#"), others={"/next": play(1)})
    phone.press("04*")
    form = line.forms("/next")[0]
    assert (form["Digits"], form["FinishedOnKey"]) == ("04", "*")


def test_a_gather_that_says_nothing_about_it_swallows_the_hash_key() -> None:
    phone, line = rings('<Gather action="/next"/>' + play(1), others={"/next": play(2)})
    phone.press("#")
    assert not line.forms("/next")
    assert list(phone.heard()) == [f"{BASE}/audio/1.wav"]


def test_a_gather_without_an_action_posts_to_its_own_document() -> None:
    def document(form: Form) -> str:
        return play(1) if "Digits" in form else '<Gather numDigits="1"/>'

    phone, line = rings(document)
    phone.press("3")
    assert [form.get("Digits") for form in line.forms("/voice")] == [None, "3"]


def test_a_key_where_nobody_asks_for_one_does_nothing() -> None:
    phone, line = rings(play(5))
    phone.press("1")
    assert phone.all_of("pressed")[0]["taken"] is False
    assert len(phone.all_of("document")) == 1
    assert line.asked


def test_an_old_telephone_without_tones_is_silent_whatever_is_pressed() -> None:
    phone, line = rings(gather(play(1)), tones=False, others={"/next": "<Hangup/>"})
    phone.press("1")
    assert not line.forms("/next")
    phone.keep_silent()
    assert line.forms("/next")[0]["Digits"] == ""
    assert [entry["tones"] for entry in phone.all_of("pressed")] == [False]


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


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((500, {}, b""), 11200),
        ((404, {}, b""), 11200),
        ((302, {"Location": "/other"}, b""), 11200),
        ((204, {}, b""), 11200),
        ((200, {"Content-Type": "text/html"}, b"<Response/>"), 12300),
        ((200, {}, b"<Response/>"), 12300),
        ((200, {"content-type": "text/xml"}, b"<Response>"), 12100),
        (ConnectionError("refused"), 11205),
        (TimeoutError("no answer"), 11205),
        ("<Record/>", 12200),
        ("<Play>/a.wav</Play>", 12200),
        (f"<Play>{BASE}/missing.mp3</Play>", 11200),
    ],
)
def test_what_cannot_be_run_is_shown_heard_as_an_error_and_ends(reply: object, code: int) -> None:
    phone, _ = rings(reply)
    (error,) = phone.all_of("error")
    assert error["code"] == code
    assert phone.now.phase == "speaking"
    assert "application error" in next(phone.heard())
    assert phone.wait().phase == "ended"


@pytest.mark.parametrize(
    "sound",
    [
        (200, {"Content-Type": "audio/mpeg"}, wav()),
        (200, {}, wav()),
        (200, {"Content-Type": "audio/wav"}, b""),
        (200, {"Content-Type": "audio/wav"}, b"RIFF\0\0\0\0WAVE"),
        (200, {"Content-Type": "audio/wav"}, wav()[:-1]),
        (200, {"Content-Type": "audio/wav"}, wav(0)),
        (200, {"Content-Type": "audio/wav"}, FLOATS),
        (404, {"Content-Type": "audio/wav"}, wav()),
        ConnectionError("refused"),
    ],
)  # fmt: skip
def test_a_sound_that_cannot_be_played_fails_the_whole_document(sound: object) -> None:
    """Even where she might never have come to hear it."""
    phone, _ = rings(gather(play(1)) + play(9), others={"/audio/9.wav": sound})
    (error,) = phone.all_of("error")
    assert error["code"] == 11200
    assert "/audio/9.wav" in error["message"]
    assert list(phone.heard()) == ["We are sorry, an application error has occurred. Goodbye."]


def test_two_broken_sounds_are_one_error() -> None:
    phone, _ = rings("<Play>http://line.example/a</Play><Play>http://line.example/b</Play>")
    assert len(phone.all_of("error")) == 1
    assert len(phone.all_of("not fetched")) == 2


def test_a_reply_that_takes_more_than_fifteen_seconds_is_late() -> None:
    line = Standin()

    def slowly(form: Form) -> str:
        line.clock.go(15.01)
        return play(1)

    line.documents["/voice"] = slowly
    phone = handset(line)
    phone.ring(Setup(ACCESS, CALLER))
    (error,) = phone.all_of("error")
    assert error["code"] == 11200
    assert "15.0 s" in error["message"]


def test_a_reply_after_exactly_fifteen_seconds_is_in_time() -> None:
    line = Standin()

    def just(form: Form) -> str:
        line.clock.go(15)
        return play(1)

    line.documents["/voice"] = just
    phone = handset(line)
    assert phone.ring(Setup(ACCESS, CALLER)).phase == "speaking"
    assert not phone.all_of("error")


def test_the_fallback_is_asked_once_and_told_what_broke() -> None:
    numbers = type(NUMBERS)(NUMBERS.voice, NUMBERS.status, BASE + "/fallback")
    phone, line = rings((500, {}, b""), numbers=numbers, others={"/fallback": play(1)})
    (asked,) = [one for one in line.asked if one.path.startswith("/fallback")]
    assert asked.method == "GET"
    assert "ErrorCode=11200&ErrorUrl=http%3A%2F%2Fline.example%2Fvoice" in asked.url
    assert list(phone.heard()) == [f"{BASE}/audio/1.wav"]


def test_a_broken_fallback_ends_in_the_carriers_own_words() -> None:
    numbers = type(NUMBERS)(NUMBERS.voice, NUMBERS.status, BASE + "/fallback")
    phone, _ = rings((500, {}, b""), numbers=numbers)
    assert len(phone.all_of("error")) == 2
    assert "application error" in next(phone.heard())


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
