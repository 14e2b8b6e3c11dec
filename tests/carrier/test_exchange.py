"""Calls that the account places: the wall clock paces them, for no telephone of ours hears them."""

from datetime import timedelta

import pytest

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.board import MOST_FAMILIES
from ivr.carrier.rehearsal.exchange import AWAY, Exchange, Order, Setup, UnknownCallError
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.legs import Leg, Notices
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from tests.carrier.standin import (
    ACCESS,
    ACCOUNT,
    BASE,
    CALLER,
    CENTRE,
    NUMBERS,
    OURS,
    Form,
    Standin,
    gather,
    play,
)

ALL = frozenset({"initiated", "ringing", "answered", "completed"})


def switch(line: Standin) -> Switch:
    return Switch(Exchange(ACCOUNT, NUMBERS, new_name), line.send, MemoryJournal(), line.clock)


def place(own: Switch, **more: object) -> Leg:
    order = Order(CENTRE, OURS, BASE + "/proof", **more)
    return own.act(lambda exchange, at: exchange.place(order, at))


def go(own: Switch, line: Standin, seconds: float) -> None:
    for _ in range(int(seconds)):
        line.clock.go(1)
        own.act(lambda exchange, at: exchange.tick(at))
        own.send_waiting()


def accept(form: Form) -> str:
    return play(2) + "<Hangup/>" if form["Digits"] == "1" else "<Hangup/>"


def proof() -> Standin:
    return Standin({"/proof": gather(play(3), action="/accept"), "/accept": accept})


def test_a_placed_call_rings_is_answered_and_heard_out_by_the_clock_alone() -> None:
    line = proof()
    own = switch(line)
    leg = place(own, notices=Notices(BASE + "/status", "POST", ALL))
    go(own, line, 15)
    (form,) = line.forms("/proof")
    assert (form["Direction"], form["CallStatus"]) == ("outbound-api", "in-progress")
    assert (form["From"], form["To"]) == (OURS, CENTRE)
    assert "ParentCallSid" not in form
    assert "CallToken" not in form
    assert line.forms("/accept")[0]["Digits"] == "1"
    assert (leg.status, leg.duration) == ("completed", 6)
    told = [(form["CallStatus"], form["SequenceNumber"]) for form in line.forms("/status")]
    assert told == [("initiated", "0"), ("ringing", "1"), ("in-progress", "2"), ("completed", "3")]


def test_only_the_events_that_were_asked_for_are_told() -> None:
    line = proof()
    own = switch(line)
    place(own, notices=Notices(BASE + "/status"))
    go(own, line, 15)
    (form,) = line.forms("/status")
    assert (form["CallStatus"], form["CallDuration"], form["Duration"]) == ("completed", "6", "1")


@pytest.mark.parametrize(
    ("answer", "status"),
    [(Answer.BUSY, "busy"), (Answer.FAILED, "failed"), (Answer.NO_ANSWER, "no-answer")],
)
def test_a_placed_call_that_nobody_answers(answer: Answer, status: str) -> None:
    line = proof()
    own = switch(line)
    own.exchange.answers = (answer,)
    leg = place(own, ring=10)
    go(own, line, 11)
    assert (leg.status, leg.duration) == (status, 0)
    assert not line.forms("/proof")


def test_a_machine_presses_nothing_and_is_hung_up_on() -> None:
    line = proof()
    own = switch(line)
    own.exchange.answers = (Answer.MACHINE,)
    leg = place(own)
    go(own, line, 40)
    assert leg.status == "completed"
    assert line.forms("/accept")[0]["Digits"] == ""


def test_a_call_may_bring_its_own_document() -> None:
    line = proof()
    own = switch(line)
    order = Order(CENTRE, OURS, twiml=f"<Response>{play(2)}</Response>")
    leg = own.act(lambda exchange, at: exchange.place(order, at))
    go(own, line, 8)
    assert leg.status == "completed"
    assert not [asked for asked in line.asked if asked.method == "POST"]


def test_a_placed_call_ends_when_its_time_is_over() -> None:
    line = Standin({"/proof": play(500)})
    own = switch(line)
    leg = place(own, limit=30)
    go(own, line, 34)
    assert leg.live
    go(own, line, 1)
    assert (leg.status, leg.duration) == ("completed", 31)


def test_a_placed_call_that_rings_can_be_ended_and_was_never_talked_on() -> None:
    line = proof()
    own = switch(line)
    leg = place(own)
    own.act(lambda exchange, at: exchange.hang_up(leg.sid, at))
    go(own, line, 10)
    assert leg.status == "canceled"
    assert not line.forms("/proof")


def test_a_placed_call_falls_back_and_then_says_that_it_is_sorry() -> None:
    line = Standin({"/proof": (500, {}, b""), "/fallback": (500, {}, b"")})
    own = switch(line)
    leg = place(own, fallback=BASE + "/fallback")
    go(own, line, 12)
    assert [asked.path.partition("?")[0] for asked in line.asked] == ["/proof", "/fallback"]
    assert leg.status == "completed"


def test_a_telephone_that_says_nothing_for_long_is_gone() -> None:
    line = Standin({"/voice": gather(play(1))})
    own = switch(line)
    telephone = OwnTelephone(own)
    call = telephone.ring(Setup(ACCESS, CALLER)).call
    line.clock.go(AWAY.total_seconds() - 1)
    own.act(lambda exchange, at: exchange.tick(at))
    assert telephone.look(call).phase == "speaking"
    line.clock.go(AWAY.total_seconds())
    own.act(lambda exchange, at: exchange.tick(at))
    assert telephone.look(call).phase == "speaking", "it looked just in time"
    line.clock.go(AWAY.total_seconds() + 1)
    own.act(lambda exchange, at: exchange.tick(at))
    own.send_waiting()
    view = telephone.look(call)
    assert view.phase == "ended"
    assert [e["reason"] for e in view.entries if e["what"] == "ended"] == ["its telephone is gone"]


def test_the_wall_clock_does_not_move_a_call_whose_telephone_has_its_sound() -> None:
    line = Standin({"/voice": gather(play(1))})
    own = switch(line)
    telephone = OwnTelephone(own)
    call = telephone.ring(Setup(ACCESS, CALLER)).call
    go(own, line, 60)
    assert telephone.look(call).phase == "speaking"


def test_a_clock_that_goes_backwards_moves_nothing_backwards() -> None:
    line = proof()
    own = switch(line)
    leg = place(own)
    go(own, line, 6)
    line.clock.at -= timedelta(hours=1)
    own.act(lambda exchange, at: exchange.tick(at))
    go(own, line, 1)
    assert leg.family.now == 6
    assert leg.live


def test_an_unknown_call_cannot_be_touched() -> None:
    own = switch(proof())
    with pytest.raises(UnknownCallError):
        own.act(lambda exchange, at: exchange.press("CA" + "0" * 32, "1", at))
    with pytest.raises(UnknownCallError):
        OwnTelephone(own).hang_up("CA" + "0" * 32)
    assert not own.exchange.busy("CA" + "0" * 32)


def test_old_calls_are_let_go_but_their_records_stay() -> None:
    line = Standin({"/voice": "<Hangup/>"})
    own = switch(line)
    telephone = OwnTelephone(own)
    first = telephone.ring(Setup(ACCESS, CALLER)).call
    for _ in range(MOST_FAMILIES):
        telephone.ring(Setup(ACCESS, CALLER))
    assert len(own.exchange.board.families) == MOST_FAMILIES
    assert own.ledger.records[first]["status"] == "completed"
    with pytest.raises(UnknownCallError):
        telephone.look(first)


def test_calls_that_go_on_are_never_let_go() -> None:
    line = Standin({"/voice": gather(play(1))})
    own = switch(line)
    telephone = OwnTelephone(own)
    first = telephone.ring(Setup(ACCESS, CALLER)).call
    for _ in range(MOST_FAMILIES):
        telephone.ring(Setup(ACCESS, CALLER))
    assert telephone.look(first).phase == "speaking"


def test_an_answer_for_a_call_that_was_let_go_is_nobodys() -> None:
    line = Standin({"/voice": "<Hangup/>"})
    own = switch(line)
    call = own.act(lambda exchange, at: exchange.ring(Setup(ACCESS, CALLER), at))
    waiting = own.exchange.board.asked
    (request,) = waiting
    del own.exchange.board.legs[call]
    own.send_waiting()
    assert request not in waiting
