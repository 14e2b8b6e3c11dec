"""Transfers: how each kind of answer is told, when two telephones hear each other, how it ends."""

from datetime import UTC, datetime

import pytest

from ivr.carrier.rehearsal.answers import Answer, read_answers
from ivr.carrier.rehearsal.handset import Handset
from tests.carrier.standin import CALLER, CENTRE, OURS, Form, Standin, gather, play, rings


def dial(
    url: str = ' url="/screen"',
    action: str = ' action="/after"',
    timeout: int = 20,
    to: str = CENTRE,
    shows: str = OURS,
    after: str = "",
    limit: int = 14400,
) -> str:
    """A Dial as our line writes it."""
    return (
        f'<Dial answerOnBridge="true" callerId="{shows}" timeout="{timeout}"{action}'
        f' timeLimit="{limit}"><Number{url}>{to}</Number></Dial>{after}'
    )


SCREEN = gather(play(3), action="/accept") + "<Hangup/>"


def accept(form: Form) -> str:
    """A line that lets nobody through who did not press 1."""
    return "" if form["Digits"] == "1" else "<Hangup/>"


def transfer(*answers: Answer, document: str = "", **more: object) -> tuple[Handset, Standin]:
    others = {"/screen": SCREEN, "/accept": accept, "/after": play(1)}
    return rings(document or dial(), *answers, others=others, **more)


def test_somebody_picks_up_presses_one_and_is_bridged() -> None:
    phone, line = transfer(Answer.PRESSES)
    assert phone.now.phase == "ringing"
    phone.wait_for(lambda view: view.phase == "talking")
    (screen,) = line.forms("/screen")
    assert screen["ParentCallSid"] == phone.now.call
    assert screen["CallSid"] == phone.now.other
    assert (screen["Direction"], screen["CallStatus"]) == ("outbound-dial", "in-progress")
    assert (screen["From"], screen["To"]) == (OURS, CENTRE)
    assert line.forms("/accept")[0]["Digits"] == "1"
    assert phone.all_of("bridged")[0]["to"] == CENTRE
    assert phone.now.moment == datetime(2026, 3, 4, 12, 0, 8, tzinfo=UTC).isoformat()


def test_whoever_was_rung_hangs_up_and_the_caller_goes_on() -> None:
    phone, line = transfer(Answer.PRESSES, talk=90)
    phone.wait_for(lambda view: view.phase == "talking")
    phone.wait()
    (form,) = line.forms("/after")
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "true")
    assert form["DialCallSid"] == line.forms("/screen")[0]["CallSid"]
    assert form["DialCallDuration"] == "94"
    assert form["CallSid"] == phone.now.call
    assert "ParentCallSid" not in form
    assert phone.now.phase == "speaking"


def test_the_talk_ends_by_hand_where_nobody_said_how_long_it_is() -> None:
    phone, line = transfer(Answer.PRESSES)
    phone.wait_for(lambda view: view.phase == "talking")
    phone.other_hangs_up()
    assert line.forms("/after")[0]["DialBridged"] == "true"


def test_a_talk_ends_at_its_limit_and_the_caller_goes_on() -> None:
    phone, line = transfer(Answer.PRESSES, document=dial(limit=600))
    phone.wait_for(lambda view: view.phase == "talking")
    assert phone.now.waiting is not None
    assert phone.now.waiting.seconds == 600
    phone.wait()
    assert line.forms("/after")[0]["DialBridged"] == "true"
    assert phone.now.phase == "speaking"


def test_the_caller_hangs_up_during_the_talk_and_both_are_free() -> None:
    phone, line = transfer(Answer.PRESSES)
    phone.wait_for(lambda view: view.phase == "talking")
    phone.hang_up()
    (form,) = line.forms("/after")
    assert (form["CallStatus"], form["DialCallStatus"]) == ("completed", "completed")
    assert phone.now.phase == "ended"
    assert phone.now.other == ""


def test_the_caller_hangs_up_while_it_rings_and_the_other_end_stops_ringing() -> None:
    phone, line = transfer(Answer.PRESSES)
    phone.hang_up()
    (form,) = line.forms("/after")
    assert (form["DialCallStatus"], form["DialBridged"]) == ("canceled", "false")
    assert "DialCallDuration" not in form
    assert not line.forms("/screen")


@pytest.mark.parametrize(
    ("answer", "status", "seconds"),
    [(Answer.BUSY, "busy", 2), (Answer.FAILED, "failed", 1), (Answer.NO_ANSWER, "no-answer", 20)],
)
def test_nobody_picks_up(answer: Answer, status: str, seconds: int) -> None:
    phone, line = transfer(answer)
    phone.wait()
    (form,) = line.forms("/after")
    assert (form["DialCallStatus"], form["DialBridged"]) == (status, "false")
    assert form["DialCallSid"].startswith("CA")
    assert "DialCallDuration" not in form
    assert phone.now.moment == datetime(2026, 3, 4, 12, 0, seconds, tzinfo=UTC).isoformat()
    assert not line.forms("/screen")


@pytest.mark.parametrize("answer", [Answer.SILENT, Answer.MACHINE])
def test_whoever_presses_nothing_is_never_bridged(answer: Answer) -> None:
    phone, line = transfer(answer)
    phone.wait_for(lambda view: view.phase in {"talking", "speaking"})
    (form,) = line.forms("/after")
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "false")
    assert line.forms("/accept")[0]["Digits"] == ""
    assert not phone.all_of("bridged")


def test_a_machine_greets_and_a_person_does_not() -> None:
    for answer, greets in ((Answer.MACHINE, True), (Answer.SILENT, False)):
        phone, _ = transfer(answer)
        phone.wait()
        assert bool(phone.all_of("answered")[0]["greeting"]) is greets


def test_a_machine_is_too_slow_for_a_short_ring() -> None:
    phone, line = transfer(Answer.MACHINE, document=dial(timeout=12))
    phone.wait()
    assert line.forms("/after")[0]["DialCallStatus"] == "no-answer"


def test_without_screening_whoever_picks_up_is_bridged_even_a_machine() -> None:
    phone, _ = transfer(Answer.MACHINE, document=dial(url=""))
    assert phone.wait().phase == "talking"


def test_the_second_dial_is_met_by_the_second_answer_and_the_last_by_all_that_follow() -> None:
    phone, line = rings(dial(), Answer.BUSY, Answer.NO_ANSWER, others={"/after": dial()})
    for _ in range(3):
        phone.wait()
    statuses = [form["DialCallStatus"] for form in line.forms("/after")]
    assert statuses == ["busy", "no-answer", "no-answer"]


def test_a_dial_without_an_action_goes_on_with_the_next_verb() -> None:
    phone, _ = transfer(Answer.BUSY, document=dial(action="", after=play(2)))
    phone.wait()
    assert phone.now.phase == "speaking"
    phone.wait()
    assert phone.all_of("ended")[-1]["reason"] == "the document ran off its end"


def test_hanging_up_during_a_dial_without_an_action_tells_nobody() -> None:
    phone, line = transfer(Answer.PRESSES, document=dial(action=""))
    phone.hang_up()
    assert not line.forms("/after")


@pytest.mark.parametrize("screen", [(500, {}, b""), ConnectionError("refused"), "<Record/>"])
def test_a_screening_that_breaks_bridges_nobody_and_says_nothing(screen: object) -> None:
    phone, line = rings(dial(), others={"/screen": screen, "/after": play(1)})
    phone.wait()
    (form,) = line.forms("/after")
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "false")
    assert len(phone.all_of("error")) == 1
    assert list(phone.heard()) == ["http://line.example/audio/1.wav"]


def test_a_screening_may_not_dial_on() -> None:
    phone, _ = rings(dial(), others={"/screen": dial(), "/after": play(1)})
    phone.wait()
    assert phone.all_of("error")[0]["code"] == 13200


def test_a_screening_that_runs_off_its_end_bridges() -> None:
    phone, line = rings(dial(), Answer.SILENT, others={"/screen": play(1)})
    phone.wait()
    assert phone.wait().phase == "talking"
    assert line.forms("/screen")


def test_a_number_that_the_account_does_not_own_is_never_shown() -> None:
    phone, line = rings(dial(shows="+12025550199"))  # an example
    assert phone.all_of("error")[0]["code"] == 13214
    assert not phone.all_of("dialled")
    assert line.asked


def test_the_callers_own_number_may_be_shown() -> None:
    phone, _ = rings(dial(shows=CALLER))
    assert phone.all_of("dialled")[0]["caller_id"] == CALLER


def test_somebody_answers_by_hand() -> None:
    phone, line = transfer(Answer.HAND)
    assert phone.now.waiting is not None
    assert phone.now.waiting.seconds == 20
    phone.other_picks_up()
    phone.other_picks_up()
    assert len(line.forms("/screen")) == 1
    phone.other_presses("1")
    assert phone.now.phase == "talking"


def test_somebody_declines_by_hand() -> None:
    phone, line = transfer(Answer.HAND)
    phone.other_hangs_up()
    assert line.forms("/after")[0]["DialCallStatus"] == "canceled"


def test_a_caller_cannot_pick_up_her_own_call() -> None:
    phone, line = rings(play(5))
    phone.telephone.answer(phone.now.call)
    assert len(phone.all_of("document")) == 1
    assert line.asked


def test_whoever_was_rung_and_has_tones_presses_even_when_the_caller_has_none() -> None:
    phone, _ = transfer(Answer.PRESSES, tones=False)
    phone.wait_for(lambda view: view.phase == "talking")
    assert phone.now.phase == "talking"


def test_answers_are_read_from_words() -> None:
    assert read_answers("busy, presses") == (Answer.BUSY, Answer.PRESSES)
    with pytest.raises(ValueError, match="presses"):
        read_answers("maybe")


def test_one_at_the_other_end_who_has_too_little_time_to_press_stays_silent() -> None:
    phone, line = rings(
        dial(),
        Answer.PRESSES,
        others={"/screen": gather(play(1), action="/accept", timeout=1), "/accept": "<Hangup/>",
                "/after": play(1)},
    )  # fmt: skip
    phone.wait_for(lambda view: view.phase == "speaking")
    assert line.forms("/accept")[0]["Digits"] == ""
