"""A step of a dialogue: what can be pressed there, and where that leads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ivr.call.actions import Piece, Pieces, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.screen import BRIEF_LABEL, BRIEF_OPTION, LABEL, OPTION, TAIL, language_of, options
from ivr.call.world import World
from prompts import Node


class Go(NamedTuple):
    """Go on at a node, with some prompts said before it."""

    call: Inbound
    to: str
    words: Pieces = ()


class Row(NamedTuple):
    """One thing that can be chosen: its label, which may be several pieces, and its key."""

    label: Pieces
    key: str


Answer = Go | Turn | None
"""Where keys lead: to a node, to an effect; None: they do nothing here."""


def by_option(world: World, call: Inbound, node: Node, key: str) -> Answer:
    """What the table of options says."""
    for option in options(world, call, node):
        if option.key == key:
            return Go(call, option.to)
    return None


def by_table(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    """The options that the table has."""
    language = language_of(world, call)
    return tuple(Row((Spoken(o.label, language),), o.key) for o in options(world, call, node))


def stay(world: World, call: Inbound) -> Inbound | Go:
    """Come to a step as it is."""
    return call


@dataclass(frozen=True, slots=True)
class Step:
    """How one step differs from a menu.

    `begin` prepares the call on its way in, or leads it elsewhere; `rows` is what can be chosen;
    `take` answers what was keyed, which is up to `digits` long. `leads` are the nodes that it goes
    on to by itself, beside those that the table of options names.
    """

    take: Callable[[World, Inbound, Node, str], Answer] = by_option
    rows: Callable[[World, Inbound, Node], tuple[Row, ...]] = by_table
    begin: Callable[[World, Inbound], Inbound | Go] = stay
    digits: int = 1
    leads: tuple[str, ...] = ()


def say_rows(rows: tuple[Row, ...], node: Node, language: str) -> Iterator[Piece]:
    """Speak what can be chosen, each with its key, then the reserved keys of the node."""
    kind = "digit" if node.brief else "key"
    between, before = (BRIEF_OPTION, BRIEF_LABEL) if node.brief else (OPTION, LABEL)
    tail = tuple(Row((Spoken(TAIL[key], language),), key) for key in node.tail)
    for place, row in enumerate((*rows, *tail)):
        if place or node.say:
            yield between
        yield from row.label
        yield before
        yield Spoken(f"{kind}.{row.key}", language)


def words(language: str, *prompts: str) -> Pieces:
    """Prompts that are said before a step."""
    return tuple(Spoken(prompt, language) for prompt in prompts)
