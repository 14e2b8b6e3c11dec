"""What a good directory is: every rule that can be broken by hand, and what to do about it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from phonenumbers import SUPPORTED_REGIONS

from routing.directory import AccessNumber, Centre, Directory, Hours, Purpose
from routing.guard import No, canonical, may_dial, may_say
from routing.kinds import kind_of, real_number
from routing.problem import Problem, among, places
from routing.roster import check_roster
from routing.week import DAY, DAYS, minutes, on_quarter

# Those that the line speaks or means to; what centres speak beyond them, an importer may add.
LANGUAGES = frozenset(
    {"nl", "fr", "de", "en", "ar", "ro", "es", "pt", "bg", "tr", "vi", "uk", "zh", "pl", "sq"}
    | {"ru", "hu", "fil", "bn", "hi", "pa", "th", "ti", "so", "prs", "pcm"}
)
REGIONS = ("flanders", "brussels", "wallonia")
NEEDS = ("centre", "national", "helpline", "young", "talk", "open", "emergency")
RING = range(10, 61)  # seconds: under it nobody can pick up, above it a caller gives up
NEVER_SHOWN = {"free", "national", "premium", "shared cost"}  # by law never a caller ID


def check_directory(
    directory: Directory, languages: frozenset[str] = LANGUAGES
) -> tuple[Problem, ...]:
    """Find everything that is wrong with a directory; empty when it is good."""
    centres = zip(_centre_places(directory), directory.centres, strict=True)
    numbers = zip(_access_places(directory), directory.access, strict=True)
    return (
        *_check_whole(directory),
        *_check_doubles(directory),
        *(found for at, one in centres for found in _check_centre(at, one, directory, languages)),
        *(found for at, one in numbers for found in _check_access(at, one, languages)),
        *check_roster(directory, languages),
    )


def _centre_places(directory: Directory) -> list[str]:
    return places("centre", [one.id for one in directory.centres])


def _access_places(directory: Directory) -> list[str]:
    return places("access", [one.number for one in directory.access])


def _check_whole(directory: Directory) -> Iterator[Problem]:
    purposes = {one.purpose for one in directory.access}
    if Purpose.LINE not in purposes:
        yield Problem("access", 'no number that callers ring: give one the purpose "line"')
    if Purpose.OUTBOUND not in purposes:
        yield Problem("access", 'no number for our own calls: give one the purpose "outbound"')
    if not any(one.active and "national" in one.needs for one in directory.centres):
        yield Problem("centre", 'no national line: give an active centre the need "national"')
    for name, countries in (("countries", directory.countries), ("callers", directory.callers)):
        if not countries or not set(countries) <= SUPPORTED_REGIONS:
            what = 'must be two-letter codes such as "BE", at least one'
            yield Problem(f"directory, {name}", what)
    if directory.zone not in _zones():
        yield Problem("directory, zone", "is no time zone: write it as Europe/Brussels")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # walks a whole folder


def _check_doubles(directory: Directory) -> Iterator[Problem]:
    ids = [one.id for one in directory.centres]
    dials = [canonical(one.dial) for one in directory.centres]
    numbers = [one.number for one in directory.access]
    at_centre, at_access = _centre_places(directory), _access_places(directory)
    yield from _doubles(at_centre, "id", ids, "give every centre an id of its own")
    yield from _doubles(at_centre, "dial", dials, "another centre has this number: keep one")
    yield from _doubles(at_access, "number", numbers, "stands here twice: keep one")


def _doubles(at: list[str], field: str, values: list[str], what: str) -> Iterator[Problem]:
    for row, value in enumerate(values):
        if value and value in values[:row]:
            yield Problem(f"{at[row]}, {field}", what)


def _check_centre(
    at: str, centre: Centre, directory: Directory, languages: frozenset[str]
) -> Iterator[Problem]:
    if not re.fullmatch("[a-z0-9_]{1,32}", centre.id):
        yield Problem(f"{at}, id", "must be 1 to 32 small letters, digits or underscores")
    yield from _check_numbers(at, centre, directory)
    yield from among(f"{at}, languages", centre.languages, languages)
    yield from among(f"{at}, regions", centre.regions, REGIONS)
    yield from among(f"{at}, needs", centre.needs, NEEDS)
    yield from among(f"{at}, screening", filter(None, [centre.screening]), languages)
    if centre.ring not in RING:
        yield Problem(f"{at}, ring", f"must be {RING[0]} to {RING[-1]} seconds")
    yield from _check_times(at, centre)


def _check_numbers(at: str, centre: Centre, directory: Directory) -> Iterator[Problem]:
    dial = may_dial(centre.dial, directory) if centre.dial else None
    if isinstance(dial, No):
        advice = "give another one, or leave it out so that the number is only announced"
        yield Problem(f"{at}, dial", f"{dial.reason}: {advice}")
    said = may_say(centre.said, directory)
    if isinstance(said, No):
        yield Problem(f"{at}, said", f"{said.reason}: write it as people dial it, 03 201 16 90")


def _check_times(at: str, centre: Centre) -> Iterator[Problem]:
    if centre.active and not centre.hours.always and not centre.hours.week:
        advice = "say when it answers, or switch it off with active = false"
        yield Problem(f"{at}, hours", f"it never answers: {advice}")
    yield from _check_week(f"{at}, hours", centre.hours)
    for closure in centre.closures:
        if closure.last < closure.first:
            yield Problem(f"{at}, closures", f"{closure.first} is after {closure.last}: swap them")
    if centre.skip_until and centre.skip_until.tzinfo is None:
        yield Problem(f"{at}, skip_until", "has no offset: write 2026-12-31T09:00:00+01:00")


def _check_week(at: str, hours: Hours) -> Iterator[Problem]:
    for stretch in hours.week:
        if stretch.weekday not in range(7):
            yield Problem(at, f"has no day {stretch.weekday}: Monday is 0 and Sunday is 6")
    for day, name in enumerate(DAYS):
        own = [one for one in hours.week if one.weekday == day]
        spans = sorted(minutes(one) for one in own)
        if not all(on_quarter(one.start) and on_quarter(one.until) for one in own):
            yield Problem(at, f"{name}: only full, quarter and half hours can be said")
        if any(until <= start for start, until in spans):
            advice = f"end at {DAY // 60}:00, and begin the next day at 00:00"
            yield Problem(at, f"{name}: a stretch ends before it begins: {advice}")
        if any(after[0] < before[1] for before, after in pairwise(spans)):
            yield Problem(at, f"{name}: two stretches overlap: make one of them")


def _check_access(at: str, one: AccessNumber, languages: frozenset[str]) -> Iterator[Problem]:
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", one.number) or not real_number(one.number):
        yield Problem(f"{at}, number", "must be in international form: write it as +3278055800")
    kind = kind_of(one.number)
    if one.purpose is Purpose.OUTBOUND and kind and kind.type in NEVER_SHOWN:
        advice = "rent a local one for our own calls"
        yield Problem(f"{at}, number", f"a {kind.type} number may not be shown: {advice}")
    yield from among(f"{at}, language", [one.language], languages)
    yield from among(f"{at}, cover", [one.cover], languages)
    if not re.fullmatch(r"[a-z]+(\.[a-z0-9]+)+", one.hello):
        yield Problem(f"{at}, hello", "must be the key of a prompt, such as hello.welcome")
