"""The drill of windows: may she be called at a moment, compared with a table of the clock.

Nights, both changes of the clocks, year ends and leap days; moments at every edge, to the second,
written in several time zones.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from ivr.drill.score import Score, count
from ivr.drill.summer import CHANGES, minute_of, safe_span
from routing.callback import State
from routing.calling import Conditions, Facts, Yes, may_call
from routing.window import Window

Ask = Callable[[Window, datetime, float], bool]
"""Whether she may be called in a window at a moment, with a clock that is so many seconds off."""

NIGHT = ((0, 120), (60, 180), (120, 240), (120, 180), (90, 150), (135, 165), (0, 1440), (180, 300))
PARTS = (*NIGHT, *((hour * 60, (hour + 2) * 60) for hour in range(8, 24, 2)))
"""Parts of the day in minutes: all that ship, and at night whatever touches the changes."""
BEFORE_END = 18 + 35  # seconds: it rings so long, and the clocks may differ so much
EDGES = (0, 1, -1, 20, -20, 52, 53, 54, -52, -53, -54, 1800, -1800, 3599, 3600, -3599, -3600)
ZONES = (UTC, ZoneInfo("Europe/Brussels"), timezone(timedelta(hours=9)), ZoneInfo("Asia/Kolkata"))
SKEWS = (0.0, 0.0, 0.0, 20.0, -20.0, 30.0)


def ask(window: Window, at: datetime, skew: float) -> bool:
    """Ask the line itself."""
    facts = Facts(1, State.CLAIMED, "rehearsal", *window.span())
    conditions = Conditions("rehearsal", hold=False, skew=skew)
    return isinstance(may_call(facts, (), at, conditions), Yes)


def drill(cases: int, seed: int, asked: Ask = ask) -> Score:
    """Try so many cases, the same ones for the same seed."""
    return count(_try(case, asked) for case in _cases(cases, seed))


Case = tuple[Window, int, float, int]


def _cases(cases: int, seed: int) -> Iterator[Case]:
    chance = Random(seed)  # noqa: S311  # a drill is repeated by its seed
    special = tuple(_special())
    for _ in range(cases):
        anyhow = date(2025, 1, 1) + timedelta(days=chance.randrange(6 * 365))
        day = chance.choice(special) if chance.random() < 0.8 else anyhow
        window = Window(day, *chance.choice(PARTS))
        begins, ends = safe_span(day, window.start, window.until)
        change = minute_of(day) + 60  # where a change would be
        anchor = chance.choice((begins, ends, ends, change)) * 60
        at = anchor + chance.choice((*EDGES, chance.randrange(-43200, 43200)))
        yield window, at, chance.choice(SKEWS), chance.randrange(len(ZONES))


def _special() -> Iterator[date]:
    for year, changes in CHANGES.items():
        yield from (day + timedelta(days=n) for day in changes for n in (-1, 0, 0, 0, 1))
        yield from (date(year, 1, 1), date(year, 12, 31), date(year, 2, 28), date(year, 3, 1))
    yield from (date(2028, 2, 29), date(2028, 2, 29))


def _try(case: Case, asked: Ask) -> str:
    window, second, skew, zone = case
    begins, ends = safe_span(window.day, window.start, window.until)
    right = begins * 60 + abs(skew) <= second and second + BEFORE_END <= ends * 60
    at = datetime.fromtimestamp(second, UTC).astimezone(ZONES[zone])
    answer = asked(window, at, skew)
    told = f"{window.day} {window.start}-{window.until} at {at.isoformat()}, clock off by {skew}"
    return "" if answer is right else f"{told}: {'yes' if answer else 'no'} is wrong"
