"""What cannot be run, played or waited for: heard as an error, told in the transcript, ended."""

import pytest

from ivr.carrier.rehearsal.exchange import Setup
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
