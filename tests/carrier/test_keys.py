"""When a key counts while a reply is heard, what ends an entry, and what silence does."""

from datetime import UTC, datetime

from tests.carrier.standin import (
    BASE,
    Form,
    gather,
    play,
    rings,
)


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
