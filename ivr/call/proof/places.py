"""Rules about the directory that an edition meets: numbers that are said, and that are rung."""

from collections.abc import Iterator

from ivr.call.breaking import NATIONAL
from ivr.call.proof.finding import Finding
from ivr.call.world import World
from prompts import Digits, Node, Open, Places
from routing.hours import say_hours
from routing.numbers import No, may_dial, say_digits


def places(world: World) -> Iterator[Finding]:
    """Everything that the tree takes from the directory and does not find there."""
    yield from _number(world, "a call that breaks", NATIONAL)
    for node in world.edition.menu.nodes.values():
        yield from _phrases(world, node)
    for centre in world.directory.centres:
        allowed = may_dial(centre.dial, world.directory) if centre.dial else None
        if centre.active and isinstance(allowed, No):
            yield Finding(
                "every target within the guard",
                f"centre {centre.id}",
                f"{centre.dial} may not be rung: {allowed.reason}.",
                "Mend it, or leave dial empty to have it announced.",
            )


def _phrases(world: World, node: Node) -> Iterator[Finding]:
    where = f"node {node.name}"
    for phrase in (*node.say, *node.once):
        match phrase:
            case Digits(place):
                yield from _number(world, where, place)
            case Open(place):
                yield from _hours(world, where, place)
            case Places(need):
                yield from _need(world, where, need)


def _number(world: World, where: str, place: str) -> Iterator[Finding]:
    centre = world.directory.by_id.get(place)
    if not (centre and centre.active and say_digits(centre.said)):
        yield Finding(
            "every number is known",
            where,
            f"The directory has no number of {place!r}.",
            "Add it, or take the phrase away.",
        )


def _hours(world: World, where: str, place: str) -> Iterator[Finding]:
    centre = world.directory.by_id.get(place)
    if not (centre and centre.active and say_hours(centre.hours)):
        yield Finding(
            "every number is known",
            where,
            f"The directory has no hours of {place!r}.",
            "Add them, or take the phrase away.",
        )


def _need(world: World, where: str, need: str) -> Iterator[Finding]:
    if not any(need in one.needs for one in world.directory.centres if one.active):
        yield Finding(
            "every number is known",
            where,
            f"No centre meets the need {need!r}.",
            "Give it to a centre of the directory.",
        )
