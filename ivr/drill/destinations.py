"""The drill of destinations: which telephones may be left, over the plans of the whole world."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random

from ivr.drill.by_hand import BY_HAND
from ivr.drill.plans import CODES, ORDINARY, SPECIAL, Sort, sorts, types, vary
from ivr.drill.score import Score, count
from routing.callers import WhyNot, read_number
from routing.centres import load_directory
from routing.directory import Directory

Read = Callable[[str, Directory], str | WhyNot]

HOME = "32"
FIXED_LENGTH = ("32", "31", "33")  # countries in which a digit more or less is no number
REASONS = {
    "premium_rate": WhyNot.PREMIUM,
    "shared_cost": WhyNot.PREMIUM,
    "toll_free": WhyNot.FREE,
}


def drill(cases: int, seed: int, read: Read = read_number) -> Score:
    """Try the list by hand, and so many numbers of every type and country beside it; the same
    ones for the same seed.
    """
    within = replace(load_directory(), callers=tuple(CODES.values()))
    return count((*_by_hand(within, read), *_from_plans(cases, seed, within, read)))


def _by_hand(within: Directory, read: Read) -> Iterator[str]:
    for keyed, right in BY_HAND:
        found = read(keyed, within)
        same = found == right and isinstance(found, WhyNot) is isinstance(right, WhyNot)
        yield "" if same else f"{keyed!r} is {found!r} and should be {right!r}"


def _from_plans(cases: int, seed: int, within: Directory, read: Read) -> Iterator[str]:
    chance = Random(seed)  # noqa: S311  # a drill is repeated by its seed
    for case in range(cases):
        sort = chance.choice(_near() if case % 2 else sorts())
        number = _stretched(sort, vary(sort, chance), chance)
        home = not number.startswith("0") and (sort.code == HOME or chance.random() < AT_HOME)
        if home and chance.random() < HALF:
            yield _judge(f"0{number}", HOME, number, within, read)
        else:
            yield _judge(f"00{sort.code}{number}", sort.code, number, within, read)


AT_HOME = 0.2  # of foreign numbers are keyed as if they were of here
HALF = 0.5
STRETCHED = 0.1  # of numbers have a digit more, or less


@cache
def _near() -> tuple[Sort, ...]:
    return tuple(one for one in sorts() if one.code in CODES)


def _stretched(sort: Sort, number: str, chance: Random) -> str:
    """Now and then a digit more, or less."""
    if sort.code not in FIXED_LENGTH or chance.random() >= STRETCHED:
        return number
    return chance.choice((number[:-1], f"{number}{chance.randrange(10)}"))


def _judge(keyed: str, code: str, number: str, within: Directory, read: Read) -> str:
    """What is wrong with the answer for a number of a country."""
    found = read(keyed, within)
    fits = types(CODES[code], number) if code in CODES else set[str]()
    if fits & set(ORDINARY) and not fits & set(SPECIAL):
        right = found == f"+{code}{number}" and not isinstance(found, WhyNot)
    else:
        reasons = {REASONS[one] for one in fits if one in REASONS} if len(fits) == 1 else set()
        right = isinstance(found, WhyNot) and (not reasons or found in reasons)
    return "" if right else f"{keyed!r} is {found!r}, and it is {sorted(fits) or 'none of those'}"
