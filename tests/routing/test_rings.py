"""Whatever happened before, her telephone rings only in a window of hers, and never too often.

An impatient machine presses the button again and again, for every callback of one number, while
lines drop, codes double, callbacks are moved and clocks change. What it rang is then counted by
somebody who knows only the windows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import calling
from routing.callback import State
from routing.calling import AGREED, Attempt, Conditions, Facts, Yes, may_call
from routing.window import Window

MINUTE = timedelta(minutes=1)
DAYS = (date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31), date(2028, 2, 29))
CAN_RING = (State.WAITING, State.CLAIMED, State.CALLING)


@dataclass
class Story:
    """The callbacks of one number, and every ring so far."""

    callbacks: list[Facts]
    rung: list[Attempt] = field(default_factory=list)
    promised: list[tuple[datetime, datetime]] = field(default_factory=list)
    hold: bool = False
    skew: float | None = 0.0

    def press(self, which: int, at: datetime, *, dropped: bool) -> None:
        """Somebody presses the button of a callback: it rings where the rule says so."""
        facts = self.callbacks[which]
        conditions = Conditions("rehearsal", self.hold, self.skew)
        if isinstance(may_call(facts, self.rung, at, conditions), Yes):
            made = Attempt(facts.id, facts.start, facts.until, at, dropped)
            self.rung.append(made)
            assert not self.hold
            assert self.skew is not None
            assert facts.state in CAN_RING
            assert facts.carrier == "rehearsal"

    def move(self, which: int, window: Window) -> None:
        start, until = window.span()
        self.callbacks[which] = replace(self.callbacks[which], start=start, until=until)


def faults(story: Story) -> list[str]:
    """Everything that should not have rung."""
    bad = []
    for one in story.rung:
        if not one.start <= one.dialled <= one.until - AGREED.ring - AGREED.guard:
            bad.append("outside")
        seen = [two.dialled for two in story.rung if one.start <= two.dialled < one.until]
        bad += ["too often"] if len(seen) > AGREED.attempts else []
    for one, two in zip(story.rung, story.rung[1:], strict=False):
        gap = AGREED.after_drop if one.dropped else AGREED.between
        bad += ["too soon"] if two.dialled - one.dialled < gap else []
    return bad


WINDOWS = st.builds(
    lambda day, start, length: Window(day, start * 30, min(1440, (start + length) * 30)),
    st.sampled_from(DAYS[:2]),
    st.integers(0, 8),
    st.integers(2, 6),
).filter(lambda one: not one.empty)
CALLBACKS = st.builds(
    lambda window, state, carrier: Facts(0, state, carrier, *window.span()),
    WINDOWS,
    st.sampled_from([*CAN_RING, State.WAITING, *State]),
    st.sampled_from(["rehearsal", "rehearsal", "rehearsal", "twilio"]),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["press"] * 12 + ["move", "state", "hold", "skew", "put off"]),
        st.integers(0, 3),  # whose
        st.integers(1, 40 * 60),  # seconds later
        st.booleans(),  # the line drops, and she wished it
        WINDOWS,
        st.sampled_from([*CAN_RING, *State]),
        st.sampled_from([0.0, 0.0, 12.0, -29.0, 31.0, None]),
    ),
    max_size=60,
)
Steps = list[tuple[str, int, int, bool, Window, State, float | None]]


def live(callbacks: list[Facts], steps: Steps, *, held: bool = False) -> Story:
    """Let it all happen, from just before the first window on."""
    numbered = [replace(one, id=place) for place, one in enumerate(callbacks)]
    story = Story(numbered, hold=held)
    at = min(one.start for one in numbered) - 10 * MINUTE
    for what, whose, seconds, dropped, window, state, skew in steps:
        which = whose % len(numbered)
        at += timedelta(seconds=seconds)
        match what:
            case "move":
                story.move(which, window)
            case "state":
                story.callbacks[which] = replace(story.callbacks[which], state=state)
            case "hold":
                story.hold = not story.hold
            case "skew":
                story.skew = skew
            case "put off":
                later = replace(story.callbacks[which], not_before=at + 30 * MINUTE)
                story.callbacks[which] = later
            case _:
                story.press(which, at, dropped=dropped)
    return story


@settings(max_examples=400, deadline=None)
@given(st.lists(CALLBACKS, min_size=1, max_size=4), STEPS)
def test_never_outside_never_too_often_never_too_soon(callbacks: list[Facts], steps: Steps) -> None:
    assert faults(live(callbacks, steps)) == []


def impatient(facts: list[Facts], every: timedelta = 2 * MINUTE, drops: int = 3) -> Story:
    """The button of each callback in turn, 600 times; every third line drops."""
    window = Window(date(2026, 11, 24), 0, 60)
    step = int(every.total_seconds())
    steps: Steps = [
        ("press", place, step, place % drops == 0, window, State.WAITING, 0.0)
        for place in range(600)
    ]
    return live(facts, steps)


def callback(start: int, until: int, state: State = State.WAITING) -> Facts:
    return Facts(0, state, "rehearsal", *Window(date(2026, 11, 24), start * 60, until * 60).span())


def late() -> Facts:
    """A callback that was put off until 50 seconds before its end."""
    facts = callback(14, 15)
    return replace(facts, not_before=facts.until - timedelta(seconds=50))


def test_the_impatient_machine_does_ring_as_often_as_it_may() -> None:
    assert len(impatient([callback(14, 16)]).rung) == 2
    assert len(impatient([callback(14, 16), callback(14, 16)]).rung) == 2
    assert len(impatient([callback(14, 16), callback(16, 18)]).rung) == 4
    assert len(impatient([callback(14, 16, State.FROZEN)] * 2).rung) == 0
    for seconds in (1, 7, 60):
        story = impatient([callback(14, 16), callback(15, 17)], timedelta(seconds=seconds))
        assert faults(story) == []


@pytest.mark.parametrize(
    ("name", "fault", "found"),
    [
        ("_outside", lambda *_: None, "outside"),
        ("_too_often", lambda *_: None, "too often"),
        ("AGREED", replace(AGREED, attempts=3), "too often"),
        ("AGREED", replace(AGREED, between=29 * MINUTE), "too soon"),
        ("AGREED", replace(AGREED, after_drop=4 * MINUTE), "too soon"),
        ("AGREED", replace(AGREED, guard=timedelta()), "outside"),
    ],
)
def test_planted_fault_the_count_finds_it(
    name: str, fault: object, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories: list[Callable[[], Story]] = [
        lambda: impatient([callback(14, 16)]),
        lambda: impatient([callback(14, 16)], MINUTE),
        lambda: impatient([callback(14, 16)], MINUTE, drops=601),
        lambda: impatient([late()], timedelta(seconds=7)),
        lambda: impatient([callback(14, 15)], timedelta(seconds=48)),
        lambda: impatient([callback(14, 15), callback(14, 17)], timedelta(seconds=61)),
    ]
    assert [faults(one()) for one in stories] == [[]] * 6
    if name == "AGREED":
        monkeypatch.setattr(may_call, "__defaults__", (fault,))
    else:
        monkeypatch.setattr(calling, name, fault)
    assert any(found in faults(one()) for one in stories)
