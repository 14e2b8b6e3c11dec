"""The guard, against every numbering plan of the world."""

import random
import re
from collections.abc import Iterator
from functools import cache

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata

from routing import guard
from routing.directory import Directory
from routing.guard import Yes, may_dial
from tests.routing.directories import directory

TYPES = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan",
    "voicemail", "fixed_line", "mobile",
)  # fmt: skip
GOOD = {"uan", "fixed_line", "mobile"}
HERE = directory()
# Countries that share their calling code with no other, so that the oracle can stay simple.
WIDE = directory(countries=("BE", "NL", "FR", "DE", "LU"))


def yes(target: str, within: Directory = HERE) -> bool:
    return may_dial(target, within) == Yes()


@cache
def plans() -> tuple[tuple[str, int, PhoneMetadata], ...]:
    """Every numbering plan of the world: its region, calling code and patterns."""
    regions = [
        (
            region,
            phonenumbers.country_code_for_region(region),
            PhoneMetadata.metadata_for_region(region),
        )
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    ]
    shared = [
        ("001", code, PhoneMetadata.metadata_for_nongeo_region(code))
        for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS)
    ]
    return (*regions, *shared)


@cache
def destinations() -> tuple[str, ...]:
    """Numbers of all types and countries: the examples of the plans, and their neighbours."""
    chance = random.Random(7)  # noqa: S311 - the same destinations in every run
    found: set[str] = set()
    for _, code, plan in plans():
        for name in TYPES:
            example = getattr(getattr(plan, name), "example_number", None)
            if example:
                found |= {f"+{code}{one}" for one in neighbours(example, chance)}
    return tuple(sorted(found))


def neighbours(example: str, chance: random.Random) -> Iterator[str]:
    yield example
    for kept in (3, 4, 5, len(example) - 2, len(example) - 1):
        for _ in range(2):
            yield example[:kept] + "".join(chance.choices("0123456789", k=len(example) - kept))


def allowed_by_hand(number: str, countries: tuple[str, ...]) -> bool:
    """The oracle: the first type whose pattern fits in the plan of an allowed country."""
    for region, code, plan in plans():
        if region in countries and number.startswith(f"+{code}"):
            own = number.removeprefix(f"+{code}")
            fits = (name for name in TYPES if matches(getattr(plan, name), own))
            return next(fits, "") in GOOD
    return False


def matches(described: object, number: str) -> bool:
    pattern = getattr(described, "national_number_pattern", None)
    return bool(pattern and re.fullmatch(pattern, number))


def wrong(within: Directory) -> list[str]:
    return [
        one
        for one in destinations()
        if yes(one, within) is not allowed_by_hand(one, within.countries)
    ]


@pytest.mark.parametrize("within", [HERE, WIDE])
def test_ten_thousand_destinations_of_the_whole_world(within: Directory) -> None:
    assert len(destinations()) >= 10_000
    assert wrong(within) == []
    assert sum(yes(one, within) for one in destinations()) > 20


@pytest.mark.parametrize("type_", ["premium", "shared cost"])
def test_planted_fault_a_costly_type_let_through_is_found(
    type_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "ORDINARY", guard.ORDINARY | {type_})
    assert wrong(HERE)
