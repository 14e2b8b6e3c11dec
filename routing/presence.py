"""Whether a centre is there for a caller at a moment; if not, why, in plain words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from routing.days import closure_on, is_public_holiday
from routing.directory import Centre, Directory
from routing.hours import is_open, next_opening


def absence(centre: Centre, directory: Directory, language: str, at: datetime) -> str:
    """Why a centre is not there for a caller in a language at a moment (aware); empty: it is."""
    if not centre.active:
        return "is switched off in the directory"
    if centre.languages and language not in centre.languages:
        return f"speaks {', '.join(centre.languages)}, and the caller's language is {language}"
    if centre.skip_until and at.astimezone(UTC) < centre.skip_until.astimezone(UTC):
        return f"is left out until {_moment(centre.skip_until, directory.zone)}"
    if not is_open(centre.hours, centre.closures, directory.zone, at):
        return _closed(centre, directory.zone, at)
    return ""


def _closed(centre: Centre, zone: str, at: datetime) -> str:
    today = at.astimezone(ZoneInfo(zone)).date()
    closure = closure_on(centre.closures, today)
    if closure:
        why = f"is closed until the end of {closure.last}: {closure.reason}"
    elif not centre.hours.holidays and is_public_holiday(today):
        why = "is closed on public holidays"
    else:
        why = "is closed now"
    opening = next_opening(centre.hours, centre.closures, zone, at)
    return f"{why}; opens {_moment(opening, zone)}" if opening else f"{why}; no opening is known"


def _moment(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
