"""Small directories for tests, and strategies for any. Every number here is an example."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from routing.directory import (
    AccessNumber,
    Centre,
    Closure,
    Cost,
    Directory,
    Duty,
    Hours,
    Part,
    Purpose,
    Stretch,
)

ALWAYS = Hours(always=True)
OFFICE = Hours(week=tuple(Stretch(day, time(9), time(18)) for day in range(5)), holidays=False)
OWN = "+3220000001"
SHOWN = "+3220000009"
FLEMISH = Centre(
    "flemish", "03 200 00 11", "+3232000011", regions=("flanders",), needs=("centre",), hours=ALWAYS
)
WALLOON = Centre(
    "walloon", "04 200 00 12", "+3242000012", regions=("wallonia",), needs=("centre",), hours=ALWAYS
)
NATIONAL = Centre("country", "078 05 00 13", "+3278050013", needs=("national",), hours=ALWAYS)
HELPLINE = Centre(
    "dutch", "1712", languages=("nl",), needs=("helpline", "open"), hours=OFFICE, order=110
)
CHILDREN = Centre("children", "116 000", needs=("young",), hours=ALWAYS)
ACCESS = (
    AccessNumber(OWN, example=True),
    AccessNumber(SHOWN, Purpose.OUTBOUND, Cost.LOCAL, example=True),
)


def directory(*centres: Centre, **changes: object) -> Directory:
    """A directory of these centres, or of one of each sort."""
    chosen = centres or (HELPLINE, NATIONAL, WALLOON, FLEMISH, CHILDREN)
    return replace(Directory(number=1, centres=chosen, access=ACCESS), **changes)


QUARTERS = st.integers(0, 95)


def at_minute(minute: int) -> time:
    """The time of day at a minute; the last midnight of a day is its first again."""
    return time(minute // 60 % 24, minute % 60)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Stretches on quarters that do not overlap within a day; they may touch."""
    week: list[Stretch] = []
    plans = draw(st.lists(st.lists(st.integers(0, 96), max_size=4, unique=True), max_size=7))
    repeated = draw(st.booleans())
    for day, plan in enumerate(plans):
        edges = sorted(plans[0] if repeated else plan)
        for start, until in zip(edges[::2], edges[1::2], strict=False):
            week.append(Stretch(day, at_minute(start * 15), at_minute(until * 15)))
    return tuple(week)


HOURS = st.one_of(
    st.builds(Hours, always=st.just(True), holidays=st.booleans()),
    st.builds(Hours, week=weeks(), holidays=st.booleans()),
)
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CLOSURES = st.builds(
    lambda first, days: Closure(first, first + timedelta(days=days), "renovation"),
    DATES,
    st.integers(0, 9),
)
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 729 * 86400).map(lambda seconds: START + timedelta(seconds=seconds))
DIALS = st.sampled_from(
    ["", "+3232000011", "+3278050013", "+32470000014", "+3280020015", "sip:desk@centre.example.org"]
)
CENTRES = st.builds(
    Centre,
    id=st.from_regex(r"[a-z0-9_]{1,6}", fullmatch=True),
    said=st.sampled_from(["03 200 00 11", "1712", "078 05 00 13", "1-0-1"]),
    dial=DIALS,
    languages=st.lists(st.sampled_from(["nl", "fr", "ro"]), unique=True).map(tuple),
    regions=st.lists(st.sampled_from(["flanders", "wallonia"]), unique=True).map(tuple),
    needs=st.lists(
        st.sampled_from(["centre", "national", "helpline", "young", "open"]), unique=True
    ).map(tuple),
    order=st.integers(0, 5),
    hours=HOURS,
    closures=st.lists(CLOSURES, max_size=2).map(tuple),
    ring=st.integers(10, 60),
    screening=st.sampled_from(["", "nl", "fr"]),
    skip_until=st.none() | MOMENTS,
    source=st.text(max_size=5),
    checked_on=st.none() | DATES,
    confidence=st.sampled_from(["high", "low"]),
    toll_free=st.booleans(),
    active=st.booleans(),
)


def shift(weekday: int, start: int, until: int, languages: str = "nl", operators: int = 1) -> Duty:
    """A duty on a weekday, between full hours."""
    stretch = Stretch(weekday, time(start), time(until % 24))
    return Duty(stretch, tuple(languages.split()), operators)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """A part of the day on quarters, long enough to be offered."""
    start = draw(st.integers(0, 93))
    return Part(start * 15, draw(st.integers(start + 3, 96)) * 15)


@st.composite
def duties(draw: st.DrawFn, *, monday: bool = False) -> Duty:
    """A duty on quarters, on any day or on Mondays."""
    start = draw(st.integers(0, 95))
    until = draw(st.integers(start + 1, 96))
    stretch = Stretch(
        draw(st.integers(0, 0 if monday else 6)), at_minute(start * 15), at_minute(until * 15)
    )
    spoken = draw(st.lists(st.sampled_from(["nl", "fr", "ro"]), min_size=1, unique=True))
    return Duty(stretch, tuple(spoken), draw(st.integers(1, 3)))


PLANS = st.fixed_dictionaries(
    {
        "parts": st.lists(parts(), max_size=8, unique=True).map(tuple),
        "roster": st.lists(duties(), max_size=6).map(tuple),
        "callers": st.sampled_from([("BE",), ("BE", "NL"), ("NL", "BE")]),
    }
)


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """Directories as an admin could make them, wrong ones among them."""
    centres = draw(st.lists(CENTRES, max_size=6, unique_by=lambda one: one.id))
    targets = [one.dial for one in centres if one.dial] or ["+3232000011"]
    some = st.frozensets(st.sampled_from(targets))
    proved = draw(st.dictionaries(st.sampled_from(["twilio", "rehearsal"]), some))
    return directory(NATIONAL, *centres, proved=proved, buried=draw(some), **draw(PLANS))
