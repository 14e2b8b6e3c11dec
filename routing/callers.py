"""Which telephones a caller may leave for us to ring: ordinary ones of the allowed countries.

Nothing that is read here is remembered.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from routing.directory import Centre, Directory
from routing.guard import is_buried
from routing.kinds import at_home, find_kind, from_national, is_short_from_abroad

ABROAD = "00"  # what is keyed before a country's code
LONGEST_SHORT = 6  # digits of the longest short code, such as 116 000
ORDINARY = {"fixed", "mobile", "fixed or mobile"}


class WhyNot(StrEnum):
    """Why a number cannot be called back: a closed list, each with a sentence of its own."""

    NOTHING = "nothing"  # no digits at all
    SHORT = "short"  # a short code, or too few digits
    PREMIUM = "premium"  # who rings it pays more than for an ordinary call
    FREE = "free"  # nobody's own telephone
    OURS = "ours"
    CENTRE = "centre"  # of a centre, also one that was withdrawn
    UNKNOWN = "unknown"  # no fixed or mobile number of any country
    COUNTRY = "country"  # of a country that is not among the allowed ones


TYPES = {"premium": WhyNot.PREMIUM, "shared cost": WhyNot.PREMIUM, "free": WhyNot.FREE}


def read_number(keyed: str, directory: Directory) -> str | WhyNot:
    """Read a number as it is keyed: as at home in the first of the allowed countries (0470…), or
    with 00 and the country's code. The answer is E.164. Never raises.
    """
    if not re.fullmatch("[0-9]+", keyed):
        return WhyNot.UNKNOWN if keyed else WhyNot.NOTHING
    if len(keyed) <= LONGEST_SHORT:
        return WhyNot.SHORT
    if keyed.startswith(ABROAD):
        return judge_number(f"+{keyed.removeprefix(ABROAD)}", directory)
    prefix, code = at_home(directory.callers[0]) if directory.callers else ("", "")
    if not keyed.startswith(prefix):
        return WhyNot.UNKNOWN
    return judge_number(f"{code}{keyed.removeprefix(prefix)}", directory)


def judge_number(number: str, directory: Directory) -> str | WhyNot:
    """The same for a number in E.164 already, such as the one that is calling. Never raises."""
    if number in directory.by_number:
        return WhyNot.OURS
    if is_buried(number, directory) or number in _of_centres(directory):
        return WhyNot.CENTRE
    kind = find_kind(number)
    if kind is None:
        return WhyNot.UNKNOWN
    if kind.country not in directory.callers:
        return WhyNot.COUNTRY
    if kind.type not in ORDINARY:
        return TYPES.get(kind.type, WhyNot.UNKNOWN)
    return WhyNot.SHORT if is_short_from_abroad(number, kind.country) else number


def _of_centres(directory: Directory) -> set[str]:
    return {one for centre in directory.centres for one in _of(centre, directory)}


def _of(centre: Centre, directory: Directory) -> Iterator[str]:
    """Every way to reach a centre by telephone: dialled, in a sip: address, and as it is said."""
    address = re.sub("[._-]", "", centre.dial.removeprefix("sip:").partition("@")[0])
    for written in (address, re.sub("[^0-9+]", "", centre.said)):
        yield f"+{written.removeprefix('+').removeprefix(ABROAD)}"
        if re.fullmatch("[0-9]+", written):
            yield from (from_national(written, country) for country in directory.countries)
