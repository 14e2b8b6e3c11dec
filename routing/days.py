"""The days on which hours do not hold: public holidays, and the closures of one centre."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from routing.directory import Closure

COUNTRY = "BE"
# The calendar lists these two as well; they are Sundays, and no public holidays in Belgium.
SUNDAYS = {"Easter Sunday", "Pentecost"}


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The ten public holidays of Belgium in a year, as the package `holidays` knows them.

    The first call loads that package (about half a second of CPU): a web process asks once at
    its start, so that no caller waits for it.
    """
    from holidays import country_holidays  # see above: loading it is slow, and rarely needed

    calendar = country_holidays(COUNTRY, years=year, language="en_US")
    return frozenset(day for day, name in calendar.items() if name not in SUNDAYS)


def is_public_holiday(day: date) -> bool:
    """Whether a day is a public holiday in Belgium."""
    return day in public_holidays(day.year)


def closure_on(closures: Iterable[Closure], day: date) -> Closure | None:
    """The closure that holds on a day, if one does; both its ends are closed days."""
    return next((one for one in closures if one.first <= day <= one.last), None)
