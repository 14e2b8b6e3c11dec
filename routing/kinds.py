"""What kind of number a number is, from the numbering plans in `phonenumbers`.

Callers' numbers pass through `real_number`, `find_kind` and `is_short_from_abroad`, which keep
nothing; the others remember what they found, so only numbers of the directory may be asked of them.
"""

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType, shortnumberinfo

TYPES = {
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed or mobile",
    PhoneNumberType.UAN: "national",
    PhoneNumberType.TOLL_FREE: "free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared cost",
    PhoneNumberType.VOIP: "internet",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
LEAST_LOCAL = 6  # digits of somebody's own number behind its area code


@dataclass(frozen=True, slots=True)
class Kind:
    """The country (ISO 3166, two letters; `001` for none) and the type of a number that exists."""

    country: str
    type: str


def real_number(number: str) -> bool:
    """Whether a number in E.164 could be somebody's, by its length and country."""
    parsed = _parse(number, None)
    return parsed is not None and phonenumbers.is_possible_number(parsed)


def find_kind(number: str) -> Kind | None:
    """The kind of a number; None when it is in no numbering plan, or written in another way.

    A second way to write one number would slip past the list of buried ones.
    """
    parsed = _parse(number, None)
    if parsed is None or _write(parsed) != number:
        return None
    type_ = TYPES.get(phonenumbers.number_type(parsed))
    country = phonenumbers.region_code_for_number(parsed)
    return Kind(country, type_) if type_ and country else None


@lru_cache(maxsize=4096)
def kind_of(number: str) -> Kind | None:
    """The kind of a number of the directory, remembered."""
    return find_kind(number)


@lru_cache(maxsize=4096)
def from_national(digits: str, country: str) -> str:
    """A number as it is dialled within a country, as E.164; empty when it cannot be read."""
    parsed = _parse(digits, country)
    return _write(parsed) if parsed is not None else ""


def at_home(country: str) -> tuple[str, str]:
    """How a number is dialled within a country: the prefix that it begins with (empty where there
    is none), and what stands in its place from abroad (`0` and `+32` in Belgium).
    """
    prefix = phonenumbers.ndd_prefix_for_region(country, True)
    return prefix or "", f"+{phonenumbers.country_code_for_region(country)}"


def is_short_from_abroad(number: str, country: str) -> bool:
    """Whether a number of a country (E.164, one that exists) ends in a short code behind its area
    code, or in hardly more than one: +49 30 110 rings the police in Berlin.
    """
    parsed = phonenumbers.parse(number)
    area = phonenumbers.length_of_geographical_area_code(parsed)
    local = phonenumbers.national_significant_number(parsed)[area:]
    return len(local) < LEAST_LOCAL or bool(_find_short(local, country))


@lru_cache(maxsize=4096)
def short_code(digits: str, country: str) -> str:
    """What a short code of a country is: `emergency`, `premium` or `service`; empty: none."""
    return _find_short(digits, country)


def _find_short(digits: str, country: str) -> str:
    if shortnumberinfo.is_emergency_number(digits, country):
        return "emergency"
    parsed = _parse(digits, country)
    if parsed is None or not shortnumberinfo.is_valid_short_number_for_region(parsed, country):
        return ""
    cost = shortnumberinfo.expected_cost_for_region(parsed, country)
    return "premium" if cost == shortnumberinfo.ShortNumberCost.PREMIUM_RATE else "service"


def _parse(number: str, country: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None


def _write(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
