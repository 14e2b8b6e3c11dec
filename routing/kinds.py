"""What kind of number a number is, from the numbering plans in `phonenumbers`.

Callers' numbers pass through `real_number`, which keeps nothing; `kind_of` remembers what it
found, so only numbers of the directory may be asked of it.
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


@dataclass(frozen=True, slots=True)
class Kind:
    """The country (ISO 3166, two letters; `001` for none) and the type of a number that exists."""

    country: str
    type: str


def real_number(number: str) -> bool:
    """Whether a number in E.164 could be somebody's, by its length and country."""
    parsed = _parse(number, None)
    return parsed is not None and phonenumbers.is_possible_number(parsed)


@lru_cache(maxsize=4096)
def kind_of(number: str) -> Kind | None:
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
def from_national(digits: str, country: str) -> str:
    """A number as it is dialled within a country, as E.164; empty when it cannot be read."""
    parsed = _parse(digits, country)
    return _write(parsed) if parsed is not None else ""


@lru_cache(maxsize=4096)
def short_code(digits: str, country: str) -> str:
    """What a short code of a country is: `emergency`, `premium` or `service`; empty: none."""
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
