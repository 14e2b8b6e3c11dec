"""Whether one more callback has its place: an operator who speaks two languages works only once.

Callbacks and the desks that can take them are matched (Kuhn's augmenting paths): each callback
sits at one desk, and moves to another that speaks its language when somebody needs its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Desk:
    """Operators who speak the same languages, how many callbacks they can make, and which ones
    have a place with them so far (by language).
    """

    languages: frozenset[str]
    places: int
    taken: list[str] = field(default_factory=list)


def has_place(language: str, wanted: Mapping[str, int], desks: Sequence[Desk]) -> bool:
    """Whether one more callback in a language has a place beside those wanted by language.

    Those that have none themselves (the roster shrank after they were noted) take nobody else's.
    """
    for spoken, n in wanted.items():
        for _ in range(n):
            if not _seat(spoken, desks, set()):
                break
    return _seat(language, desks, set())


def _seat(language: str, desks: Sequence[Desk], asked: set[int]) -> bool:
    """Find a place for a callback, moving others when needed; each desk is asked once."""
    for place, desk in enumerate(desks):
        if place not in asked and language in desk.languages:
            asked.add(place)
            if len(desk.taken) < desk.places or _move_one(desk, desks, asked):
                desk.taken.append(language)
                return True
    return False


def _move_one(desk: Desk, desks: Sequence[Desk], asked: set[int]) -> bool:
    """Free a place by moving one of those who sit at a desk to another."""
    for other in dict.fromkeys(desk.taken):
        if _seat(other, desks, asked):
            desk.taken.remove(other)
            return True
    return False
