"""What a drill books: calls that are made up from a seed, and the point at which each dies."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random

from ivr.call.actions import Book, Wanted
from ivr.call.signals import Result
from ivr.callbacks.caps import Limits
from ivr.callbacks.context import Context
from ivr.callbacks.points import BOOKING
from ivr.store.sealing import Vault
from ivr.voice.stored import StoredEffects
from routing.directory import Directory, Duty, Part, Stretch
from routing.window import Window

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
CARRIER = "rehearsal"
SECRET = bytes(range(32))  # a drill's own: nothing real is ever sealed with it
MOST = 4
WINDOWS = tuple(Window(date(2026, 11, day), 14 * 60, 16 * 60) for day in (24, 25, 26))
CODES = ("4711", "2580", "1357")


@dataclass(frozen=True, slots=True)
class Order:
    """One booking, by the call that makes it."""

    call: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Plan:
    """Bookings one after the other; where the process dies, in which of them, at which point."""

    orders: tuple[Order, ...]
    last: int
    point: str


def plan(seed: int) -> Plan:
    """The same for the same seed; ten seeds in a row have every point."""
    chance = Random(seed)  # noqa: S311  # a drill is repeated by its seed
    orders = tuple(_orders(seed, chance))
    return Plan(orders, chance.randrange(len(orders)), BOOKING[seed % len(BOOKING)])


def _orders(seed: int, chance: Random) -> Iterator[Order]:
    """New ones, the same changed, and doubles with another code."""
    numbers = [f"+3200{seed % 10**6:06}{place}" for place in range(2)]  # none in Belgium begins so
    for place in range(chance.randrange(1, MOST + 1)):
        yield Order(
            f"drill-{seed}-{place}",
            Wanted(
                number=chance.choice(numbers),
                window=chance.choice(WINDOWS),
                code=chance.choice(CODES),
                language="nl",
                own=True,
                voicemail=chance.random() < 0.5,
            ),
        )


def context(ring: Path) -> Context:
    """Operators enough for everybody, and no limits: what is drilled is something else."""
    week = tuple(Stretch(weekday, time(8), time(20)) for weekday in range(7))
    directory = Directory(
        number=1,
        centres=(),
        access=(),
        parts=tuple(Part(one.start, one.until) for one in WINDOWS[:1]),
        roster=tuple(Duty(one, ("nl",), operators=20) for one in week),
    )
    return Context(Vault(ring, (SECRET,)), directory, "", Limits(*[10**6] * 4))


def book(effects: StoredEffects, order: Order) -> Result:
    """Book as a call does."""
    wanted = replace(order.wanted)
    return effects.carry_out(
        Book(wanted), call=order.call, step=9, carrier=CARRIER, caller=wanted.number, at=AT
    )
