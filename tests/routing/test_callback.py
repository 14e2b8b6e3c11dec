"""The life of a callback, compared with how it is drawn and with every pair that is not."""

import pytest

from routing import callback
from routing.callback import (
    CONSEQUENCES,
    OPEN,
    TRANSITIONS,
    Event,
    ForbiddenError,
    Outcome,
    State,
    after,
    follows,
)

# From | event > to, as a social worker would read it out.
LIFE = """
waiting claim claimed         claimed release waiting       claimed dial calling
calling refused claimed       calling lost unknown          unknown found calling
calling again waiting         calling pause paused          calling close closed
waiting freeze frozen         claimed freeze frozen         paused freeze frozen
waiting miss missed           claimed miss missed           frozen miss missed
paused restore waiting        frozen restore waiting        unknown restore waiting
missed restore waiting        waiting move waiting          claimed move waiting
paused move waiting           missed move waiting           frozen move frozen
paused close closed           frozen close closed           unknown close closed
missed close closed           waiting withdraw closed       claimed withdraw closed
calling withdraw closed       paused withdraw closed        frozen withdraw closed
unknown withdraw closed       missed withdraw closed
"""
WORDS = iter(LIFE.split())
DRAWN = {
    (State(before), Event(event)): State(then)
    for before, event, then in zip(WORDS, WORDS, WORDS, strict=True)
}


def test_the_table_is_what_was_drawn() -> None:
    assert dict(TRANSITIONS) == DRAWN


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_every_other_pair_is_refused(state: State, event: Event) -> None:
    if (state, event) in DRAWN:
        assert after(state, event) is DRAWN[state, event]
        return
    with pytest.raises(ForbiddenError) as caught:
        after(state, event)
    assert str(caught.value) == f"a callback that is {state} cannot {event}"
    assert (caught.value.state, caught.value.event) == (state, event)


def test_closed_is_the_end_and_every_other_state_leads_there() -> None:
    assert State.CLOSED not in {state for state, _ in TRANSITIONS}
    reached = {State.CLOSED}
    for _ in State:
        reached |= {state for (state, _), then in TRANSITIONS.items() if then in reached}
    assert reached == set(State)
    assert reached - {State.CLOSED} == OPEN


def test_only_a_claimed_one_is_dialled_and_only_a_waiting_one_claimed() -> None:
    assert [one for one, then in TRANSITIONS.items() if then is State.CALLING] == [
        (State.CLAIMED, Event.DIAL), (State.UNKNOWN, Event.FOUND),
    ]  # fmt: skip
    assert [state for state, event in TRANSITIONS if event is Event.CLAIM] == [State.WAITING]


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TRANSITIONS[State.CLOSED, Event.CLAIM] = State.CLAIMED  # type: ignore[index]  # shown here


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_consequence_that_can_happen_in_a_call(outcome: Outcome) -> None:
    for wishes in (set(), {"redial", "retry"}):
        for left in (True, False):
            assert after(State.CALLING, follows(outcome, wishes, left=left))


@pytest.mark.parametrize(
    ("outcome", "wishes", "left", "event"),
    [
        (Outcome.SPOKE, {"redial", "retry"}, True, Event.CLOSE),
        (Outcome.NO_ANSWER, set(), True, Event.AGAIN),
        (Outcome.NO_ANSWER, set(), False, Event.PAUSE),
        (Outcome.NO_KEY, set(), True, Event.PAUSE),
        (Outcome.NO_KEY, {"redial"}, True, Event.PAUSE),
        (Outcome.NO_KEY, {"retry"}, True, Event.AGAIN),
        (Outcome.NO_KEY, {"retry"}, False, Event.PAUSE),
        (Outcome.DROPPED, set(), True, Event.PAUSE),
        (Outcome.DROPPED, {"retry"}, True, Event.PAUSE),
        (Outcome.DROPPED, {"redial"}, True, Event.AGAIN),
        (Outcome.DROPPED, {"redial"}, False, Event.PAUSE),
        (Outcome.SOMEBODY_ELSE, {"redial", "retry"}, True, Event.PAUSE),
        (Outcome.SOMEBODY_ELSE, "redial retry", True, Event.PAUSE),
        (Outcome.COULD_NOT_SPEAK, {"redial", "retry"}, True, Event.PAUSE),
        (Outcome.TECHNICAL, set(), True, Event.AGAIN),
        (Outcome.WRONG_NUMBER, set(), True, Event.CLOSE),
        (Outcome.DROPPED, set(), False, Event.PAUSE),
        (Outcome.SPOKE, set(), False, Event.CLOSE),
    ],
)
def test_what_an_outcome_does_next(
    outcome: Outcome, wishes: set[str], left: bool, event: Event
) -> None:
    assert follows(outcome, wishes, left=left) is event


def test_who_could_not_be_heard_is_not_said_to_have_spoken() -> None:
    unheard = {one for one, found in CONSEQUENCES.items() if not found.reached}
    assert unheard == {
        Outcome.SOMEBODY_ELSE, Outcome.NO_KEY, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER,
        Outcome.INTERPRETER, Outcome.TECHNICAL,
    }  # fmt: skip


def test_planted_fault_a_consequence_less_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = {one: found for one, found in CONSEQUENCES.items() if one is not Outcome.TECHNICAL}
    monkeypatch.setattr(callback, "CONSEQUENCES", fewer)
    with pytest.raises(KeyError):
        test_every_outcome_has_a_consequence_that_can_happen_in_a_call(Outcome.TECHNICAL)
