"""What is measured, and what may be said of it: medians and ranges, and ratios within one round.

A ratio is taken round by round: both sides of it then ran under the same load of the machine.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Sample:
    """One figure of one round: what was measured (`measure`) of what (`subject`), in `unit`.

    A spoilt one says more of whoever measured than of what was measured, and counts for nothing.
    """

    measure: str
    subject: str
    round: int
    value: float
    unit: str
    spoilt: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and its range over `count` rounds."""

    median: float
    least: float
    most: float
    count: int


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of all values do not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values, no percentile")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(values: Sequence[float]) -> Spread | None:
    """Median and range; None where there is nothing."""
    if not values:
        return None
    return Spread(median(values), min(values), max(values), len(values))


def clean(samples: Iterable[Sample], measure: str, subject: str) -> dict[int, float]:
    """The figures of one subject by round, without the spoilt ones."""
    return {
        one.round: one.value
        for one in samples
        if (one.measure, one.subject) == (measure, subject) and not one.spoilt
    }


def ratios(samples: Sequence[Sample], measure: str, over: str, under: str) -> list[float]:
    """`over` against `under` in every round in which both are clean."""
    top, bottom = clean(samples, measure, over), clean(samples, measure, under)
    return [top[number] / bottom[number] for number in sorted(top.keys() & bottom.keys())]
