"""The drill of windows: the table of the clock is right, nothing is wrong, and it finds faults."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ivr.drill import windows
from ivr.drill.score import count
from ivr.drill.summer import CHANGES, safe_span
from ivr.drill.windows import PARTS, ask, drill
from routing.callback import State
from routing.calling import Conditions, Facts, Terms, Yes, may_call
from routing.window import Window

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize("year", CHANGES)
def test_the_clocks_change_on_the_last_sundays_of_march_and_october(year: int) -> None:
    for day, month in zip(CHANGES[year], (3, 10), strict=True):
        assert (day.year, day.month, day.weekday()) == (year, month, 6)
        assert (day + timedelta(days=7)).month == month + 1


@pytest.mark.parametrize(
    ("day", "start", "until", "begins", "ends"),
    [
        (date(2027, 3, 28), 60, 180, "2027-03-28 00:00", "2027-03-28 01:00"),
        (date(2027, 3, 28), 120, 180, "2027-03-28 01:00", "2027-03-28 01:00"),
        (date(2027, 10, 31), 0, 120, "2027-10-30 22:00", "2027-10-31 00:00"),
        (date(2027, 10, 31), 120, 240, "2027-10-31 01:00", "2027-10-31 03:00"),
        (date(2027, 10, 31), 135, 165, "2027-10-31 01:15", "2027-10-31 00:45"),
        (date(2027, 12, 31), 1320, 1440, "2027-12-31 21:00", "2027-12-31 23:00"),
        (date(2028, 2, 29), 0, 1440, "2028-02-28 23:00", "2028-02-29 23:00"),
    ],
)
def test_the_table_is_read_as_somebody_reads_a_clock(
    day: date, start: int, until: int, begins: str, ends: str
) -> None:
    found = [datetime.fromtimestamp(one * 60, UTC) for one in safe_span(day, start, until)]
    assert [f"{one:%Y-%m-%d %H:%M}" for one in found] == [begins, ends]


def test_nothing_is_wrong() -> None:
    score = drill(3000, seed=1)
    assert score.examples == ()
    assert (score.tried, score.wrong) == (3000, 0)


def test_the_same_seed_tries_the_same() -> None:
    asked: list[tuple[object, ...]] = []
    for seed in (1, 1, 2):
        drill(50, seed, lambda *case: asked.append(case) or ask(*case))
    assert asked[:50] == asked[50:100] != asked[100:]


def test_both_answers_and_every_part_of_the_day_are_tried() -> None:
    answers: list[tuple[Window, bool]] = []
    drill(3000, 1, lambda *case: answers.append((case[0], ask(*case))) or answers[-1][1])
    assert 300 < sum(yes for _, yes in answers) < 2700
    assert {(one.start, one.until) for one, _ in answers} == set(PARTS)
    changes = {day for both in CHANGES.values() for day in both}
    assert {one.day for one, _ in answers} >= {*changes, date(2028, 2, 29), date(2025, 12, 31)}


def naive(window: Window, at: datetime, skew: float) -> bool:
    """By the wall clock, as one would do it without thinking."""
    midnight = datetime.combine(window.day, datetime.min.time())
    wall = at.astimezone(BRUSSELS).replace(tzinfo=None)
    begins = midnight + timedelta(minutes=window.start, seconds=abs(skew))
    return begins <= wall <= midnight + timedelta(minutes=window.until) - timedelta(seconds=53)


def unsafe(window: Window, at: datetime, skew: float) -> bool:
    """With the first reading at both ends, as `datetime` does it by itself."""
    midnight = datetime.combine(window.day, datetime.min.time(), BRUSSELS)
    ends = [midnight + timedelta(minutes=one) for one in (window.start, window.until)]
    start, until = (one.astimezone(UTC) for one in ends)
    return _may(start, until, at, skew)


def _may(
    start: datetime, until: datetime, at: datetime, skew: float, terms: Terms | None = None
) -> bool:
    facts = Facts(1, State.CLAIMED, "rehearsal", start, until)
    conditions = Conditions("rehearsal", hold=False, skew=skew)
    return isinstance(may_call(facts, (), at, conditions, terms or Terms()), Yes)


def with_terms(**changes: timedelta) -> windows.Ask:
    return lambda window, at, skew: _may(*window.span(), at, skew, Terms(**changes))


@pytest.mark.parametrize(
    "fault",
    [
        naive,
        unsafe,
        with_terms(guard=timedelta(seconds=34)),
        with_terms(ring=timedelta(seconds=17)),
        lambda window, at, _: ask(window, at, 0.0),
        lambda window, at, skew: ask(window, at.replace(tzinfo=UTC), skew),
        lambda *_: True,
        lambda *_: False,
    ],
    ids=["wall clock", "first reading", "guard", "ring", "skew", "zone lost", "yes", "no"],
)
def test_planted_fault_it_is_found(fault: windows.Ask) -> None:
    assert drill(3000, 1, fault).wrong


def test_what_was_wrong_is_told() -> None:
    score = drill(300, 1, lambda *_: True)
    assert len(score.examples) == 20 < score.wrong < score.tried
    assert " at " in score.examples[0]
    assert score.examples[0].endswith(": yes is wrong")
    assert drill(300, 1, lambda *_: False).examples[0].endswith(": no is wrong")


def test_a_score_counts_what_was_wrong() -> None:
    score = count(["", "a", "", "b"])
    assert (score.tried, score.wrong, score.examples) == (4, 2, ("a", "b"))
    assert count([]).tried == 0
