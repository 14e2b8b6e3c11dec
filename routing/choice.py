"""Which centres a call tries, and why: pure, so that any moment can be asked about."""

from dataclasses import dataclass
from datetime import datetime

from routing.directory import Centre, Directory
from routing.guard import No, may_dial, may_say
from routing.presence import absence
from routing.roles import off_route, rank, role_in_words

REHEARSAL = "rehearsal"  # the carrier on which every target counts as proved


@dataclass(frozen=True, slots=True)
class Stop:
    """A centre on the route, and why it is there."""

    centre: Centre
    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """A centre that is not on the route, and why it is not."""

    centre: Centre
    why: str


@dataclass(frozen=True, slots=True)
class Route:
    """Whom to ring, in this order; whom to name because they cannot be rung; whom neither."""

    dial: tuple[Stop, ...]
    announce: tuple[Stop, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    directory: Directory
    need: str
    region: str
    language: str
    carrier: str
    at: datetime


def choose(
    directory: Directory, *, need: str, region: str, language: str, carrier: str, at: datetime
) -> Route:
    """Choose the route of one call at a moment (aware); every centre stands in it exactly once.

    The region's centre, the national line, the helplines; for the need `young` the centres that
    take such calls, then the national line. An unknown region is empty.
    """
    asked = _Asked(directory, need, region, language, carrier, at)
    dial, announce, left = list[Stop](), list[Stop](), list[Left]()
    in_order = sorted(directory.centres, key=lambda one: (rank(one, need), one.order, one.id))
    for centre in in_order:
        place = _place(centre, asked)
        if isinstance(place, Left):
            left.append(place)
        elif reason := _not_rung(centre, asked):
            announce.append(Stop(centre, f"{place.why}; open now, but not rung: {reason}"))
        else:
            dial.append(Stop(centre, f"{place.why}; open now"))
    return Route(tuple(dial), _sayable(announce, directory, left), tuple(left))


def listed(directory: Directory, need: str, language: str, at: datetime) -> tuple[Centre, ...]:
    """The centres that meet a need and are open at a moment (aware), to be named to a caller.

    Where there are none it is the national line, whatever its hours: a list is never empty as
    long as the directory has a national line whose number may be said.
    """
    named = [one for one in directory.centres if one.active and _may_name(one, directory)]
    named.sort(key=lambda one: (one.order, one.id))
    found = [
        one for one in named if need in one.needs and not absence(one, directory, language, at)
    ]
    return tuple(found or (one for one in named if "national" in one.needs))


def _place(centre: Centre, asked: _Asked) -> Stop | Left:
    out = off_route(centre, asked.need, asked.region)
    out = out or absence(centre, asked.directory, asked.language, asked.at)
    return Left(centre, out) if out else Stop(centre, role_in_words(centre, asked.need))


def _not_rung(centre: Centre, asked: _Asked) -> str:
    if not centre.dial:
        return "it has no number that can be dialled"
    answer = may_dial(centre.dial, asked.directory)
    if isinstance(answer, No):
        return answer.reason
    proved = asked.directory.proved.get(asked.carrier, frozenset())
    if asked.carrier != REHEARSAL and centre.dial not in proved:
        return f"no test call on {asked.carrier} has reached it yet"
    return ""


def _may_name(centre: Centre, directory: Directory) -> bool:
    return not isinstance(may_say(centre.said, directory), No)


def _sayable(stops: list[Stop], directory: Directory, left: list[Left]) -> tuple[Stop, ...]:
    """Keep the stops whose number may be told; the others are left out as well."""
    for stop in stops:
        answer = may_say(stop.centre.said, directory)
        if isinstance(answer, No):
            left.append(Left(stop.centre, f"{stop.why}; nor is it named: {answer.reason}"))
    return tuple(one for one in stops if _may_name(one.centre, directory))
