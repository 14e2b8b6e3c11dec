"""Choosing a time: the four soonest, or another day and then a part of it.

The same three steps serve a new callback and one that is moved; they differ by where they lead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ivr.call.actions import Spoken
from ivr.call.chosen import hours_of, name_of, windows
from ivr.call.draft import draft_of, put, read, write
from ivr.call.legs import Inbound
from ivr.call.screen import language_of
from ivr.call.steps import Answer, Go, Row, Step, by_option, by_table
from ivr.call.world import World
from prompts import Node
from routing.offer import days, of_day, offers
from routing.window import Window

MOST = 8
"""Days or parts of a day in one menu."""
SOON = 4
ANOTHER_DAY = "5"


def on_offer(world: World, call: Inbound) -> tuple[Window, ...]:
    """Every window that can be promised to this caller now; none while the database is away."""
    if world.booked is None:
        return ()
    language = language_of(world, call)
    return offers(world.directory, language=language, booked=world.booked, at=world.at)


@dataclass(frozen=True, slots=True)
class Choice:
    """Where choosing a time leads: `day` and `part` are its own steps, `none` the node for when
    there is no time, with `words`; `then` goes on with the window that was chosen.
    """

    day: str
    part: str
    none: Callable[[World, Inbound], Go]
    then: Callable[[World, Inbound], Go]

    def soonest(self, *leads: str) -> Step:
        """The four soonest, and the way to another day."""
        return Step(begin=self._begin, rows=_rows, take=self._take_soon, leads=leads)

    def of_days(self) -> Step:
        """The days of what is on offer."""
        return Step(begin=self._begin_days, rows=_day_rows, take=self._take_day, leads=(self.part,))

    def parts(self, *leads: str) -> Step:
        """What is on offer on the day that was chosen."""
        return Step(begin=self._begin_parts, rows=_part_rows, take=self._take, leads=leads)

    def _begin(self, world: World, call: Inbound) -> Inbound | Go:
        found = on_offer(world, call)
        said = found[: SOON + 1]
        return put(call, heard=write(said), day=0) if found else self.none(world, call)

    def _begin_days(self, world: World, call: Inbound) -> Inbound | Go:
        found = on_offer(world, call)
        firsts = [of_day(found, day)[0] for day in days(found)[:MOST]]
        return put(call, heard=write(firsts)) if found else self.none(world, call)

    def _begin_parts(self, world: World, call: Inbound) -> Inbound | Go:
        found = on_offer(world, call)
        parts = of_day(found, date.fromordinal(max(1, draft_of(call).day)))
        if parts:
            return put(call, heard=write(parts[:MOST]))
        return Go(call, self.day) if found else self.none(world, call)

    def _take_soon(self, world: World, call: Inbound, node: Node, key: str) -> Answer:
        if len(_all_heard(world, call)) > SOON and key == ANOTHER_DAY:
            return by_option(world, call, node, key)
        return self._take(world, call, node, key) if key < ANOTHER_DAY else None

    def _take(self, world: World, call: Inbound, node: Node, key: str) -> Answer:
        window = _heard(world, call, key)
        if window is None:
            return None
        return self.then(world, put(call, window=write((window,)), heard="", day=0))

    def _take_day(self, world: World, call: Inbound, node: Node, key: str) -> Answer:
        window = _heard(world, call, key)
        return Go(put(call, day=window.day.toordinal()), self.part) if window else None


def _all_heard(world: World, call: Inbound) -> tuple[Window, ...]:
    return read(draft_of(call).heard, world.directory.zone)


def _heard(world: World, call: Inbound, key: str) -> Window | None:
    """The window that she heard for a key."""
    heard = _all_heard(world, call)
    place = int(key) - 1 if key.isdigit() else MOST
    return heard[place] if 0 <= place < len(heard) else None


def _rows(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    """The four soonest, each day named once; a fifth that was heard of says that there are more."""
    language, heard = language_of(world, call), _all_heard(world, call)
    rows: list[Row] = []
    for before, window in zip((None, *heard), heard[:SOON], strict=False):
        same_day = before is not None and before.day == window.day
        said = hours_of(window, language) if same_day else windows(world, (window,), language)
        rows.append(Row(tuple(said), str(len(rows) + 1)))
    return (*rows, *(by_table(world, call, node) if len(heard) > SOON else ()))


def _day_rows(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    language = language_of(world, call)
    names = (name_of(world, window.day) for window in _all_heard(world, call))
    return tuple(Row((Spoken(name, language),), str(key)) for key, name in enumerate(names, 1))


def _part_rows(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    language, heard = language_of(world, call), _all_heard(world, call)
    return tuple(Row(tuple(hours_of(one, language)), str(key)) for key, one in enumerate(heard, 1))
