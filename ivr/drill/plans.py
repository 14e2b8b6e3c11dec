"""The numbering plans of the world, read as they stand: patterns and examples for each country.

An oracle beside the functions of `phonenumbers` that the line asks: only its tables are shared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from phonenumbers import (
    COUNTRY_CODES_FOR_NON_GEO_REGIONS,
    SUPPORTED_REGIONS,
    PhoneMetadata,
    PhoneNumberDesc,
)

ORDINARY = ("fixed_line", "mobile")
SPECIAL = (
    *("premium_rate", "shared_cost", "toll_free", "uan", "voip"),
    *("personal_number", "pager", "voicemail"),
)
CODES = {"32": "BE", "31": "NL", "352": "LU", "33": "FR", "49": "DE"}
"""The countries whose numbers can be called back, by what is keyed behind 00."""
VARIED = 4  # digits at most


@dataclass(frozen=True, slots=True)
class Sort:
    """One type of number of one country: its code, and an example to vary."""

    code: str
    type: str
    example: str
    pattern: str


@cache
def sorts() -> tuple[Sort, ...]:
    """Every type of every country, and of what belongs to no country."""
    countries = (PhoneMetadata.metadata_for_region(one) for one in sorted(SUPPORTED_REGIONS))
    nowhere = map(
        PhoneMetadata.metadata_for_nongeo_region, sorted(COUNTRY_CODES_FOR_NON_GEO_REGIONS)
    )
    return tuple(one for plan in (*countries, *nowhere) if plan for one in _sorts(plan))


def vary(sort: Sort, chance: Random) -> str:
    """A number of a sort: its example with some other last digits."""
    for _ in range(20):
        kept = max(0, len(sort.example) - chance.randrange(VARIED + 1))
        tail = (chance.choice("0123456789") for _ in sort.example[kept:])
        number = sort.example[:kept] + "".join(tail)
        if re.fullmatch(sort.pattern, number):
            return number
    return sort.example


def types(country: str, number: str) -> set[str]:
    """The types whose pattern a national number has, and whose length."""
    plan = PhoneMetadata.metadata_for_region(country)
    names = (*ORDINARY, *SPECIAL) if plan else ()
    return {name for name in names if plan and _fits(getattr(plan, name), plan, number)}


def _sorts(plan: PhoneMetadata) -> Iterator[Sort]:
    for name in (*ORDINARY, *SPECIAL):
        kind: PhoneNumberDesc | None = getattr(plan, name)
        if kind is not None and kind.example_number and kind.national_number_pattern:
            code = str(plan.country_code)
            yield Sort(code, name, kind.example_number, kind.national_number_pattern)


def _fits(kind: PhoneNumberDesc | None, plan: PhoneMetadata, number: str) -> bool:
    if kind is None or not kind.national_number_pattern:
        return False
    general = plan.general_desc
    lengths = kind.possible_length or (general.possible_length if general else ())
    return len(number) in lengths and bool(re.fullmatch(kind.national_number_pattern, number))
