"""What a good roster is, and which parts of the day can be offered."""

from collections.abc import Iterator

from routing.directory import Directory, Duty, Part
from routing.problem import Problem, among, places
from routing.week import DAY, QUARTER, minutes, on_quarter
from routing.writing import clock, write_stretch

LEAST = 45  # minutes: in a shorter part of the day nothing is ever offered
MOST_PARTS = 8  # each has a key of its own, 1 to 8
MOST_OPERATORS = 500


def check_roster(directory: Directory, languages: frozenset[str]) -> Iterator[Problem]:
    """Find everything that is wrong with the parts of the day and the roster."""
    parts = places("part", [clock(part.start) for part in directory.parts])
    for row, (at, part) in enumerate(zip(parts, directory.parts, strict=True)):
        yield from _check_part(at, part)
        if part in directory.parts[:row]:
            yield Problem(at, "stands here twice: keep one")
    if len(directory.parts) > MOST_PARTS:
        yield Problem("part", f"more than {MOST_PARTS}: each needs a key, so make them longer")
    duties = places("duty", [write_stretch(duty.stretch) for duty in directory.roster])
    for at, duty in zip(duties, directory.roster, strict=True):
        yield from _check_duty(at, duty, languages)


def _check_part(at: str, part: Part) -> Iterator[Problem]:
    if not 0 <= part.start <= part.until <= DAY or part.until - part.start < LEAST:
        advice = f"within one day, {LEAST} minutes or more"
        yield Problem(f"{at}, until", f"no window for a caller: make it end later, {advice}")
    if part.start % QUARTER or part.until % QUARTER:
        yield Problem(f"{at}, start", "only full, quarter and half hours can be said")


def _check_duty(at: str, duty: Duty, languages: frozenset[str]) -> Iterator[Problem]:
    start, until = minutes(duty.stretch)
    if duty.stretch.weekday not in range(7):
        yield Problem(f"{at}, days", f"has no day {duty.stretch.weekday}: Monday is 0")
    if not (on_quarter(duty.stretch.start) and on_quarter(duty.stretch.until)):
        yield Problem(f"{at}, hours", "only full, quarter and half hours can be said")
    if until <= start:
        advice = "end at 24:00, and begin the next day at 00:00"
        yield Problem(f"{at}, hours", f"it ends before it begins: {advice}")
    if not duty.languages:
        yield Problem(f"{at}, languages", "nobody can be called: say which languages are spoken")
    yield from among(f"{at}, languages", duty.languages, languages)
    if duty.operators not in range(1, MOST_OPERATORS + 1):
        yield Problem(f"{at}, operators", f"must be 1 to {MOST_OPERATORS}")
