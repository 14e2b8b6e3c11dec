"""Calling her back, as its carrier sees it: the operator's leg, hers, and what is told of both."""

from dataclasses import replace
from datetime import date

import pytest

from ivr.call.actions import Check, Find, Ready
from ivr.call.legs import DeadEnd, OperatorLeg
from ivr.call.signals import Checked, Known, Mine, NoRing, Ring
from ivr.voice.address import address_of_attempt, address_of_fallback, address_of_operator
from ivr.voice.signature import sign
from routing.window import Window
from tests.voice.telephone import (
    BASE,
    CALL,
    CALLER,
    CHILD,
    SECRET,
    TWILIO_SID,
    TWILIO_TOKEN,
    House,
    Leg,
    broken,
    machine_with,
    path_of,
)
from tests.worlds import CALLER_ID

TOKEN = "attempt-of-the-tests-" + "x" * 22
HERS = "+12025550188"  # an example: nobody's number
TODAY = date(2026, 11, 23)
RING = Ring(HERS, CALLER_ID, "fr", False, 1)
STRANGER = "CA" + "9" * 32


def house(**results: object) -> House:
    """A house in which the rule says yes, and one code is right."""
    made = House()
    made.effects.results |= {Ready: RING, Check: Checked(right=True), **results}
    return made


def operator(here: House) -> Leg:
    """The operator's telephone, which is being rung."""
    leg = OperatorLeg(TOKEN, "nl", "fr", 1)
    url = address_of_operator(BASE, (SECRET,), TWILIO_SID, leg, TODAY)
    return here.call(kind="operator", number=CALLER, target=path_of(url))


def gate(ringing: Leg) -> Leg:
    """Her telephone, picked up by somebody."""
    return replace(ringing.answered(), kind="gate")


def test_the_operator_presses_1_and_her_telephone_is_rung_behind_the_gate() -> None:
    asked = operator(house()).says()
    assert asked.verbs == ["Gather", "Redirect"]
    dial = asked.presses("1").document.find("Dial")
    assert dial is not None
    assert {name: dial.get(name) for name in ("answerOnBridge", "timeout", "callerId")} == {
        "answerOnBridge": "true",
        "timeout": "18",
        "callerId": CALLER_ID,
    }
    assert int(dial.get("timeLimit", "0")) > 0
    assert dial[0].text == HERS
    assert path_of(dial[0].get("url")).startswith("/voice/gate/")
    assert dial[0].get("statusCallback") == address_of_attempt(BASE, TOKEN)
    assert dial[0].get("statusCallbackEvent") == "initiated ringing answered completed"


def test_a_document_with_her_number_is_kept_nowhere() -> None:
    here = house()
    operator(here).says().presses("1")
    kept = here.app.view_functions["voice.turn"].__closure__  # type: ignore[attr-defined]
    desk = next(one.cell_contents for one in kept if hasattr(one.cell_contents, "documents"))
    assert HERS not in f"{desk.documents.__dict__}"


def test_the_right_code_is_an_empty_document_and_a_wrong_one_never_is() -> None:
    here = house()
    her = gate(operator(here).says().presses("1")).says()
    assert her.verbs[0] == "Gather"
    assert replace(her, kind="bridge").presses("4711").verbs == []
    assert here.effects.done == [Ready(TOKEN), Check(TOKEN, "4711")]
    wrong = house()
    wrong.effects.results[Check] = Checked(right=False)
    her = gate(operator(wrong).says().presses("1")).says()
    assert her.presses("1111").verbs[-1] == "Hangup"


def test_where_the_rule_says_no_a_sentence_is_all_there_is() -> None:
    here = house()
    here.effects.results[Ready] = NoRing("hold")
    assert operator(here).says().presses("1").verbs == ["Play", "Hangup"]


def test_only_the_first_address_is_good_for_any_call() -> None:
    here = house()
    first = operator(here)
    asked = first.says()
    assert replace(first, sid=STRANGER).says().verbs == ["Gather", "Redirect"]
    assert replace(asked, sid=STRANGER).presses("1").verbs == ["Play", "Hangup"]
    assert here.effects.done == []
    ringing = asked.presses("1")
    assert replace(gate(ringing), parent=STRANGER).says().verbs == ["Hangup"]


def test_an_address_of_one_kind_of_leg_is_none_of_another() -> None:
    here = house()
    asked = operator(here).says()
    token = asked.target.rpartition("/")[2]
    for kind, verbs in (("gate", ["Hangup"]), ("screening", ["Hangup"])):
        other = replace(asked, kind=kind, target=f"/voice/{kind}/{token}", parent=CALL)
        assert other.presses("1").verbs == verbs
    her = gate(asked.presses("1"))
    token = her.target.rpartition("/")[2]
    as_operator = replace(her, kind="operator", target=f"/voice/operator/{token}", parent="")
    assert as_operator.presses("1").verbs == ["Play", "Hangup"]


def test_the_fallback_of_the_operators_leg_is_its_own_error_reply() -> None:
    leg = house().call(kind="operator", target=path_of(address_of_fallback(BASE)))
    assert leg.says(ErrorCode="11200").verbs == ["Play", "Hangup"]


@pytest.mark.parametrize("parts", [{"step": broken}, {"step": broken, "fail": broken}])
def test_a_broken_turn_at_the_gate_ends_without_a_sound(parts: dict[str, object]) -> None:
    ringing = operator(house()).says().presses("1")
    here = House(machine=machine_with(**parts))
    assert replace(gate(ringing), house=here).says().verbs == ["Hangup"]


def test_when_the_database_is_away_nobody_is_rung_and_nobody_let_through() -> None:
    here = house()
    asked = operator(here).says()
    her = gate(asked.presses("1")).says()
    here.effects.away = True
    assert her.presses("4711").verbs == ["Hangup"]
    other = replace(asked, house=here).presses("1")
    assert other.verbs == ["Play", "Hangup"]


def test_what_webhooks_tell_of_both_legs_is_kept() -> None:
    here = house()
    ringing = operator(here).says().presses("1")
    gate(ringing).says()
    ringing.says(DialCallStatus="completed", DialBridged="true", DialCallSid=CHILD)
    told = [(one.hers, one.call, one.answered, one.over, one.bridged) for one in here.attempts.news]
    assert told == [
        (False, CALL, True, False, None),
        (False, CALL, True, False, None),
        (True, CHILD, True, False, None),
        (False, CALL, True, False, None),
        (True, CHILD, False, True, True),
    ]
    assert {one.attempt for one in here.attempts.news} == {TOKEN}


def test_the_operator_who_hangs_up_is_news_too() -> None:
    here = house()
    operator(here).says().post(CallStatus="completed")
    assert here.attempts.news[-1].over


def test_news_that_cannot_be_kept_changes_nothing_that_is_heard() -> None:
    here = house()
    here.attempts.away = True
    assert operator(here).says().verbs == ["Gather", "Redirect"]


def test_her_code_at_the_dead_end_makes_her_a_caller() -> None:
    here = house()
    window = Window(TODAY, 840, 960)
    here.effects.results[Find] = Known(Mine(1, window, language="nl"))
    outbound = next(one.number for one in here.line.world("twilio").directory.access
                    if one.purpose == "outbound")  # fmt: skip
    leg = here.call(kind="deadend", number=outbound).says()
    assert leg.target.startswith("/voice/deadend/")
    known = replace(leg, kind="inbound").presses("4711")
    assert known.target.startswith("/voice/inbound/")
    assert known.waits().verbs[-1] in ("Redirect", "Hangup")


def tell(here: House, **said: str) -> int:
    """Tell how a leg goes, as the carrier does."""
    leg = here.call(target=path_of(address_of_attempt(BASE, TOKEN)))
    form = leg.fields(**said)
    answer = here.post(leg.target, form, signature=sign(BASE, leg.target, form, TWILIO_TOKEN))
    return answer.status_code


def test_status_events_are_told_of_the_leg_that_they_are_about() -> None:
    here = house()
    assert tell(here, CallStatus="initiated") == 204
    assert tell(here, CallStatus="completed", CallSid=CHILD, ParentCallSid=CALL) == 204
    first, last = here.attempts.news
    assert (first.hers, first.call, first.answered, first.over) == (False, CALL, False, False)
    assert (last.hers, last.call, last.parent, last.over) == (True, CHILD, CALL, True)


@pytest.mark.parametrize(
    "said", [{"CallStatus": "over"}, {"CallSid": "x"}, {"CallStatus": ""}, {"ParentCallSid": "²"}]
)
def test_status_events_with_bad_values_are_none(said: dict[str, str]) -> None:
    here = house()
    assert tell(here, **said) == 204
    assert not here.attempts.news


def test_a_broken_keeper_of_news_is_no_error_for_the_carrier() -> None:
    here = house()
    here.attempts.away = True
    assert tell(here, CallStatus="ringing") == 204


def test_who_rings_is_given_to_the_call_and_a_withheld_number_is_none() -> None:
    seen: list[str] = []

    def answer(_world: object, number: str, caller: str = "") -> DeadEnd:
        seen.append(caller)
        return DeadEnd(number, "nl", 1, caller=caller)

    here = House(machine=machine_with(answer=answer))
    for given in ("+12025550147", "anonymous", "+266696687", "0470"):
        leg = here.call(kind="deadend")
        leg.post([(name, given if name == "From" else value) for name, value in leg.fields()])
    twice = here.call(kind="deadend")
    twice.post([*twice.fields(), ("From", "+12025550148")])
    assert seen == ["+12025550147", "", "", "", ""]
