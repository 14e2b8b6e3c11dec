"""Where calls can go and come from, as one immutable value that is read at every dial."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of opening on one weekday (0 is Monday), in wall time of the directory's zone.

    `until` may be `time(0)` for midnight at the day's end; a stretch never crosses midnight.
    """

    weekday: int
    start: time
    until: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When a centre answers: always, or its weekly stretches.

    `holidays` says whether it keeps those hours on public holidays; if not, it is closed then.
    """

    always: bool = False
    week: tuple[Stretch, ...] = ()
    holidays: bool = True


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which a centre does not answer although its hours say so (both ends included)."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Centre:
    """An organisation that a call can be connected to, or whose number can be announced.

    `dial` is E.164 or a `sip:` address, empty where only `said` (the number as people say it, in
    groups) can be announced. `languages` empty means every language. `needs` say what it is
    there for (`centre`, `national`, `helpline`, `young`, `talk`, `open`, …). `order` sorts within a
    route. `ring` is in seconds. `screening` is the language in which whoever picks up is asked to
    press 1; empty: not asked. `skip_until` leaves it out of every route until that moment; a
    centre that is not `active` is kept, and neither rung nor announced. `toll_free` is the choice
    to ring its free number, which the guard otherwise refuses.
    """

    id: str
    said: str
    dial: str = ""
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    order: int = 100
    hours: Hours = field(default_factory=Hours)
    closures: tuple[Closure, ...] = ()
    ring: int = 22
    screening: str = "nl"
    skip_until: datetime | None = None
    source: str = ""
    checked_on: date | None = None
    confidence: str = ""
    toll_free: bool = False
    active: bool = True

    @property
    def prompt(self) -> str:
        """The prompt that says this centre's name to a caller."""
        return f"place.{self.id}"


class Purpose(StrEnum):
    """What one of our own numbers is for."""

    LINE = "line"
    OUTBOUND = "outbound"


class Cost(StrEnum):
    """What a call to one of our numbers costs, and so what it leaves on the bill."""

    FREE = "free"
    LOCAL = "local"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class AccessNumber:
    """A number of ours, in E.164. `language` is the one it speaks first; `bound` skips the language
    page; `hello` is the prompt of its first words; `cover` the language of its ordinary recording.
    An `example` is no real number: it stands there until an admin gives the one that was rented.
    """

    number: str
    purpose: Purpose = Purpose.LINE
    cost: Cost = Cost.FREE
    language: str = "nl"
    bound: bool = False
    hello: str = "hello.welcome"
    cover: str = "nl"
    example: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day that can be offered as a window: minutes of the wall clock, `until` up to
    1440 (midnight at the day's end).
    """

    start: int
    until: int


@dataclass(frozen=True, slots=True)
class Duty:
    """When operators who speak some languages work: how many of them, on one weekday stretch."""

    stretch: Stretch
    languages: tuple[str, ...]
    operators: int = 1


@dataclass(frozen=True)
class Directory:
    """All of it at one moment. `proved` holds, by carrier, the targets that a test call reached;
    `buried` the targets that were withdrawn and are never dialled again. `parts` and `roster`
    decide which windows can be promised to a caller; `callers` lists the countries whose numbers
    can be called back.
    """

    number: int
    centres: tuple[Centre, ...]
    access: tuple[AccessNumber, ...]
    countries: tuple[str, ...] = ("BE",)
    zone: str = "Europe/Brussels"
    proved: Mapping[str, frozenset[str]] = field(default_factory=dict)
    buried: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    roster: tuple[Duty, ...] = ()
    callers: tuple[str, ...] = ("BE",)

    @cached_property
    def by_id(self) -> dict[str, Centre]:
        """Every centre by its id."""
        return {centre.id: centre for centre in self.centres}

    @cached_property
    def by_number(self) -> dict[str, AccessNumber]:
        """Every number of ours by its E.164 form."""
        return {one.number: one for one in self.access}
