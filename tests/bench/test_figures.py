"""What is said of figures: percentiles, ratios round by round, and which gates they reach."""

from itertools import pairwise

import pytest

from ivr.bench.figures import Sample, Spread, percentile, ratios, spread
from ivr.bench.gates import Gate, judge
from ivr.bench.inproc import turned

TWICE = Gate("half as slow", "time", "theirs", "ours", gate=1.5, good=2, stretch=4)
SMALL = Gate("no more than", "time", "ours", "", gate=20, good=10, stretch=None, higher=False)


def sample(subject: str, number: int, value: float, *, spoilt: bool = False) -> Sample:
    return Sample("time", subject, number, value, "s", spoilt)


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 1), (0.01, 1), (0.5, 50), (0.501, 51), (0.99, 99), (1.0, 100)]
)
def test_a_percentile_is_the_nearest_rank(share: float, value: float) -> None:
    assert percentile([*range(100, 0, -1)], share) == value


def test_nothing_has_no_percentile_and_no_spread() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
    assert spread([]) is None


def test_a_spread_is_the_median_with_its_range() -> None:
    assert spread([9.0, 1.0, 2.0]) == Spread(2.0, 1.0, 9.0, 3)


def test_a_ratio_is_taken_within_a_round() -> None:
    """The second round ran under twice the load: within it nothing changed."""
    samples = [sample("ours", 1, 2), sample("theirs", 1, 6), sample("theirs", 2, 12)]
    samples += [sample("ours", 2, 4), sample("theirs", 3, 99)]
    assert ratios(samples, "time", "theirs", "ours") == [3, 3]
    assert ratios(samples, "another", "theirs", "ours") == []


def test_a_spoilt_round_counts_for_nothing() -> None:
    samples = [sample("ours", 1, 1), sample("theirs", 1, 2)]
    samples += [sample("ours", 2, 1, spoilt=True), sample("theirs", 2, 900)]
    assert ratios(samples, "time", "theirs", "ours") == [2]


@pytest.mark.parametrize(
    ("value", "mark", "passed"),
    [(1.49, "FAILS", False), (1.5, "gate", True), (2, "good", True), (4, "stretch", True)],
)
def test_a_gate_is_met_from_its_bar_on(value: float, mark: str, passed: bool) -> None:
    verdict = judge(TWICE, [sample("ours", 1, 1), sample("theirs", 1, value)])
    assert (verdict.mark, verdict.passed) == (mark, passed)


@pytest.mark.parametrize(("value", "mark"), [(20.1, "FAILS"), (20, "gate"), (9, "good")])
def test_some_gates_are_met_from_below(value: float, mark: str) -> None:
    assert judge(SMALL, [sample("ours", 1, value)]).mark == mark


def test_a_gate_that_could_not_be_judged_does_not_hold() -> None:
    verdict = judge(TWICE, [sample("ours", 1, 1, spoilt=True), sample("theirs", 1, 9)])
    assert (verdict.mark, verdict.passed, verdict.spread) == ("no clean round", False, None)


def test_each_follows_each_of_the_others_equally_often() -> None:
    orders = [turned("abc", number) for number in range(6)]
    pairs = sorted((one, two) for order in orders for one, two in pairwise(order))
    assert pairs == sorted([(a, b) for a in "abc" for b in "abc" if a != b] * 2)
    assert turned("abc", 6) == orders[0]
