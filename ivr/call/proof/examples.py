"""What ships promises no callback until somebody works: examples with which booking is proved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from ivr.call.chosen import today
from ivr.call.world import World
from routing.callers import WhyNot, judge_number
from routing.directory import Duty, Part, Stretch
from routing.window import Window

CALLERS = ("+3225550147", "+31205550147", "+352225550", "+33145550147", "+493055501470")
"""Ordinary numbers of fixed lines, one a country: written down, and never rung."""
PARTS = tuple(Part(start, start + 120) for start in range(8 * 60, 24 * 60, 120))
OPERATORS = 2
STAFFED, NOBODY, AWAY = "with an example roster", "with no roster", "with the database away"


def example_caller(world: World) -> str:
    """A number that the line would call back; empty when it calls none of the examples."""
    judged = (judge_number(one, world.directory) for one in CALLERS)
    return next((one for one in judged if not isinstance(one, WhyNot)), "")


def example_window(world: World) -> Window:
    """A time of today."""
    part = (world.directory.parts or PARTS)[-1]
    return Window(today(world), part.start, part.until, world.directory.zone)


def staffed(world: World) -> World:
    """The same world in which somebody works at all hours and nothing is booked yet."""
    languages = tuple(one.code for one in world.edition.languages)
    always = tuple(
        Duty(Stretch(weekday, time(0), time(0)), languages, OPERATORS) for weekday in range(7)
    )
    directory = replace(world.directory, roster=always, parts=world.directory.parts or PARTS)
    return replace(world, directory=directory, booked={})


def worlds(world: World) -> Iterator[tuple[str, World, str]]:
    """Every way in which a caller may meet booking: what the world is like, and who rings."""
    caller, unstaffed = example_caller(world), replace(world.directory, roster=())
    for rings in (caller, "") if caller else ("",):
        yield STAFFED, staffed(world), rings
        yield NOBODY, replace(world, directory=unstaffed, booked={}), rings
        yield AWAY, replace(world, booked=None), rings
