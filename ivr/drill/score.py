"""What a drill found: how many cases were tried, and which of them were wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Score:
    """`examples` are the first of the wrong ones, in words."""

    tried: int
    wrong: int
    examples: tuple[str, ...] = ()


def count(results: Iterable[str]) -> Score:
    """Count the results of cases: each is what was wrong in words, or empty."""
    tried, wrong, examples = 0, 0, list[str]()
    for result in results:
        tried += 1
        if result:
            wrong += 1
            examples += [result] if len(examples) < SHOWN else []
    return Score(tried, wrong, tuple(examples))
