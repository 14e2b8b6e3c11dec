"""May she be called now? Every condition at its edge: one second, one attempt, one word more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from routing.callback import State
from routing.calling import Attempt, Conditions, Facts, No, Terms, Why, Yes, may_call

START = datetime(2026, 11, 24, 13, tzinfo=UTC)
UNTIL = datetime(2026, 11, 24, 15, tzinfo=UTC)
FACTS = Facts(1, State.CLAIMED, "rehearsal", START, UNTIL)
FINE = Conditions("rehearsal", hold=False, skew=0.0)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
NOON = START + 40 * MINUTE


def asked(
    at: datetime = NOON, *history: Attempt, conditions: Conditions = FINE, **changes: object
) -> str:
    answer = may_call(replace(FACTS, **changes), history, at, conditions)
    return "" if isinstance(answer, Yes) else answer.why


def tried(at: datetime, *, dropped: bool = False, callback: int = 1) -> Attempt:
    return Attempt(callback, START, UNTIL, at, dropped)


def test_in_her_window_she_may_be_called() -> None:
    assert may_call(FACTS, (), NOON, FINE) == Yes()


@pytest.mark.parametrize("state", State)
def test_nobody_calls_in_the_other_states(state: State) -> None:
    good = {State.WAITING, State.CLAIMED, State.CALLING}
    assert asked(state=state) == ("" if state in good else state.value)


def test_a_rehearsal_never_rings_a_real_telephone() -> None:
    assert asked(carrier="twilio") == "carrier"
    assert asked(conditions=replace(FINE, carrier="twilio")) == "carrier"
    assert asked(carrier="twilio", conditions=replace(FINE, carrier="twilio")) == ""


def test_the_kill_switch_stops_everything() -> None:
    assert asked(conditions=replace(FINE, hold=True)) == "hold"


@pytest.mark.parametrize(
    ("skew", "why"),
    [
        (None, "clock"),
        (0.0, ""),
        (30.0, ""),
        (-30.0, ""),
        (30.001, "clock"),
        (-30.001, "clock"),
        (float("nan"), "clock"),
        (float("inf"), "clock"),
    ],
)
def test_a_clock_that_is_wrong_or_was_never_compared(skew: float | None, why: str) -> None:
    assert asked(conditions=replace(FINE, skew=skew)) == why


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (START - SECOND, "early"),
        (START, ""),
        (UNTIL - 53 * SECOND, ""),
        (UNTIL - 52 * SECOND, "over"),
        (UNTIL, "over"),
        (UNTIL + timedelta(days=1), "over"),
        (START - timedelta(days=1), "early"),
    ],
)
def test_the_edges_of_her_window(at: datetime, why: str) -> None:
    assert asked(at) == why


@pytest.mark.parametrize("skew", [20.0, -20.0])
def test_by_either_clock_her_window_has_begun(skew: float) -> None:
    conditions = replace(FINE, skew=skew)
    assert asked(START + 19 * SECOND, conditions=conditions) == "early"
    assert asked(START + 20 * SECOND, conditions=conditions) == ""


def test_a_window_too_short_to_ring_in_is_over_before_it_begins() -> None:
    for minute in range(-3, 3):
        assert asked(START + minute * MINUTE, until=START + 50 * SECOND) in {"over", "early"}
    assert asked(START, until=START) == "over"


def test_twice_in_a_window_and_not_once_more() -> None:
    first, second = tried(START), tried(START + 35 * MINUTE)
    assert asked(START + 80 * MINUTE, first) == ""
    assert asked(START + 80 * MINUTE, first, second) == "used"
    assert asked(START + 80 * MINUTE, second, first) == "used"
    assert asked(START, first, second) == "used"


def test_another_callback_of_her_number_counts_too() -> None:
    other = (tried(START, callback=2), tried(START + 35 * MINUTE, callback=3))
    assert asked(START + 80 * MINUTE, *other) == "used"


def test_what_was_rung_in_another_window_does_not_count() -> None:
    day = timedelta(days=1)
    before = [Attempt(1, START - day, UNTIL - day, START - day + n * MINUTE) for n in (0, 35)]
    assert asked(NOON, *before) == ""
    at_the_edge = [Attempt(1, START - day, START, START - n * MINUTE) for n in (60, 30)]
    assert asked(START, *at_the_edge) == ""
    assert asked(NOON, tried(UNTIL), tried(UNTIL)) == "soon"  # its end is no part of a window


def test_a_ring_counts_in_every_window_that_it_was_in() -> None:
    earlier = (START - timedelta(hours=1), UNTIL - timedelta(hours=1))
    rung = [Attempt(2, *earlier, START + n * MINUTE) for n in (-35, 5)]
    assert asked(NOON, *rung) == "used"  # the other window is still open, and twice was agreed
    assert asked(UNTIL - timedelta(hours=1), *rung) == ""  # one of them was in hers
    later = (START + 30 * MINUTE, UNTIL + 30 * MINUTE)
    both = [Attempt(2, *later, START + n * MINUTE) for n in (31, 62)]
    assert asked(START + 100 * MINUTE, *both) == "used"


@pytest.mark.parametrize(
    ("dropped", "minutes", "why"),
    [(False, 29, "soon"), (False, 30, ""), (True, 4, "soon"), (True, 5, "")],
)
def test_time_between_attempts(dropped: bool, minutes: int, why: str) -> None:
    at = START + 10 * MINUTE + minutes * MINUTE
    assert asked(at, tried(START + 10 * MINUTE, dropped=dropped)) == why
    if not why:
        assert asked(at - SECOND, tried(START + 10 * MINUTE, dropped=dropped)) == "soon"


def test_the_wait_after_any_attempt_holds_also_across_windows() -> None:
    before = Attempt(2, START - timedelta(hours=2), START, START - 10 * MINUTE)
    assert asked(START, before) == "soon"
    assert asked(START + 20 * MINUTE, before) == ""
    assert asked(START + 19 * MINUTE, before, tried(START, dropped=True)) == "soon"


def test_an_attempt_of_a_clock_that_is_ahead_counts_at_once() -> None:
    assert asked(NOON, tried(NOON + 10 * SECOND)) == "soon"


def test_what_was_put_off_waits() -> None:
    assert asked(NOON, not_before=NOON) == ""
    assert asked(NOON, not_before=NOON + SECOND) == "soon"


def test_other_terms_hold_as_well() -> None:
    terms = Terms(
        attempts=1, between=MINUTE, after_drop=SECOND, ring=MINUTE, guard=MINUTE, skew=SECOND
    )
    assert may_call(FACTS, [tried(NOON - MINUTE)], NOON, FINE, terms) == No(Why.USED)
    assert may_call(FACTS, [], UNTIL - 119 * SECOND, FINE, terms) == No(Why.OVER)
    assert may_call(FACTS, [], UNTIL - 120 * SECOND, FINE, terms) == Yes()
    wrong = replace(FINE, skew=1.1)
    assert may_call(FACTS, [], NOON, wrong, terms) == No(Why.CLOCK)


FALL = ZoneInfo("Europe/Brussels")


def test_moments_are_compared_in_utc_whatever_zone_they_are_written_in() -> None:
    first = datetime(2026, 10, 25, 2, 10, tzinfo=FALL)  # 00:10 in UTC
    second = first.replace(fold=1)  # 01:10 in UTC: the wall clock shows the same
    inside = replace(FACTS, start=datetime(2026, 10, 25, 1, tzinfo=UTC),
                     until=datetime(2026, 10, 25, 3, tzinfo=UTC))  # fmt: skip
    assert may_call(inside, (), first, FINE) == No(Why.EARLY)
    assert may_call(inside, (), second, FINE) == Yes()
    in_zone = replace(inside, start=inside.start.astimezone(FALL),
                      until=inside.until.astimezone(FALL))  # fmt: skip
    assert may_call(in_zone, (), first, FINE) == No(Why.EARLY)
    assert may_call(in_zone, (), second, FINE) == Yes()
    put_off = replace(in_zone, start=in_zone.start - timedelta(hours=3), not_before=second)
    assert may_call(put_off, (), first, FINE) == No(Why.SOON)
    tokyo = timezone(timedelta(hours=9))
    assert asked(START.astimezone(tokyo)) == ""
    assert asked((START - SECOND).astimezone(tokyo)) == "early"


def test_attempts_are_compared_in_utc_too() -> None:
    start, until = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)
    facts = replace(FACTS, start=start, until=until)
    rung = datetime(2026, 10, 25, 2, 30, tzinfo=FALL)  # the first time that it shows 2:30
    again = rung.replace(minute=35, fold=1)  # an hour and five minutes later
    attempt = Attempt(1, start.astimezone(FALL), until.astimezone(FALL), rung)
    assert may_call(facts, [attempt], again, FINE) == Yes()
    assert may_call(facts, [attempt], rung + 5 * MINUTE, FINE) == No(Why.SOON)


def test_a_moment_without_a_zone_is_no_moment() -> None:
    bare = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        may_call(FACTS, (), bare, FINE)
    for name in ("start", "until", "not_before"):
        with pytest.raises(ValueError, match="time zone"):
            asked(**{name: bare})
    for name in ("start", "until", "dialled"):
        with pytest.raises(ValueError, match="time zone"):
            asked(NOON, replace(tried(START), **{name: bare}))


def test_the_first_reason_is_told() -> None:
    everything = replace(FINE, carrier="twilio", hold=True, skew=None)
    late = START - SECOND
    assert asked(late, state=State.FROZEN, conditions=everything) == "frozen"
    assert asked(late, conditions=everything) == "carrier"
    assert asked(late, conditions=replace(everything, carrier="rehearsal")) == "hold"
    assert asked(late, conditions=replace(FINE, skew=None)) == "clock"
    assert {one.value for one in Why} >= {state.value for state in State} - {
        "waiting", "claimed", "calling",
    }  # fmt: skip
