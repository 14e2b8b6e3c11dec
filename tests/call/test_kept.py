"""What a screen says is kept only where nothing that it depends on can differ."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from ivr.call import kept
from ivr.call.kept import MOST_WORLDS, screens_of
from ivr.call.legs import Inbound
from ivr.call.screen import compose, compose_anew
from ivr.call.world import World
from prompts import Node, Words
from routing.directory import Cost, Directory
from tests.call import changed
from tests.worlds import MONDAY_MORNING, shipped_directory, shipped_edition, world

KNOWN = [one.number for one in shipped_directory().access][:2]
UNKNOWN = "+12025550100"  # an example: nobody's number
CALL = Inbound(KNOWN[0], 0, 0)


def calls(codes: tuple[str, ...], node: Node) -> Iterator[Inbound]:
    """Calls at a node that differ in everything that a screen could look at, one by one."""
    for access, code in product([*KNOWN, UNKNOWN], ["", *codes, "xx"]):
        call = CALL._replace(access=access, language=code, node=node.name)
        yield call
        yield call._replace(told=(node.name,), need="young", region="antwerp")
        for field in set(Inbound._fields) - {"access", "language", "node", "edition"}:
            yield call._replace(**{field: other(getattr(call, field))})


def other(value: object) -> object:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case tuple():
            return (*value, "reporting")
        case _:
            return f"{value}young"


def worlds(here: World) -> Iterator[World]:
    """The same edition and directory, with everything else different, one by one."""
    yield here
    for field, value in OTHERWISE.items():
        yield replace(here, **{field: value})


EVENING = MONDAY_MORNING + timedelta(hours=13)
OTHERWISE: dict[str, Any] = {
    "at": EVENING,
    "carrier": "another",
    "caller_id": UNKNOWN,
    "rehearsal": not world().rehearsal,
    "booked": {},
}
"""For each field of a world, but for edition and directory, another value than in `world()`."""
WORLDS = {
    "ours": world(),
    "pages": world(edition=changed.nine_languages()),
    "short tree": world(edition=changed.lifeboat()),
}


def test_every_part_of_a_world_has_another_value_here() -> None:
    """Who adds one adds it above: what is kept must not depend on it."""
    parts = {field.name for field in fields(World)}
    assert parts == {"edition", "directory", *OTHERWISE}


@pytest.mark.parametrize("name", WORLDS)
def test_every_screen_is_what_it_would_be_anew_whoever_heard_it_before(name: str) -> None:
    here = WORLDS[name]
    codes = tuple(one.code for one in here.edition.languages)
    steady = [one for one in here.edition.menu.nodes.values() if screens_of(here).are_steady(one)]
    assert len(steady) > 10
    for node in steady:
        for call, brief in product(calls(codes[-3:], node), (False, True)):
            for now in worlds(here):
                anew = compose_anew(now, call, node, brief=brief)
                assert compose(now, call, node, brief=brief) == anew


def main(here: World) -> Node:
    return here.edition.menu.nodes["main"]


def test_a_steady_screen_is_composed_once_and_a_living_one_at_every_turn() -> None:
    here = world()
    nodes = here.edition.menu.nodes
    assert compose(here, CALL, nodes["main"]) is compose(here, CALL, nodes["main"])
    assert compose(here, CALL, nodes["nobody"]) is not compose(here, CALL, nodes["nobody"])


def test_a_new_edition_is_heard_at_once() -> None:
    here = world()
    before = compose(here, CALL, main(here))
    there = replace(here, edition=changed.node("main", say=(Words("self.feel.text"),)))
    assert compose(there, CALL, main(there)) != before
    assert compose(here, CALL, main(here)) == before


def test_a_new_directory_is_heard_at_once() -> None:
    """The same edition: only what a call costs has changed."""
    for cost in Cost:
        here = world(directory=changed.access(cost=cost))
        said = [
            compose(here, CALL._replace(language="en"), node)
            for node in here.edition.menu.nodes.values()
        ]
        heard = {piece[0] for pieces in said for piece in pieces}
        assert f"cost.{cost}" in heard
        assert not heard & {f"cost.{other}" for other in Cost if other is not cost}


def test_a_node_that_is_changed_for_one_turn_is_composed_anew() -> None:
    """Under its own name: what others hear there is not what was made for this call."""
    here = world()
    before = compose(here, CALL, main(here))
    own = replace(main(here), say=(Words("self.feel.text"),))
    assert compose(here, CALL, own) != before
    assert compose(here, CALL, main(here)) is before


def directories() -> Iterator[Directory]:
    while True:
        yield replace(shipped_directory())


def test_only_a_few_worlds_are_kept_and_none_loses_its_identity() -> None:
    edition = shipped_edition()
    for _, directory in zip(range(3 * MOST_WORLDS), directories(), strict=False):
        here = world(edition=edition, directory=directory)
        screens = screens_of(here)
        assert screens is screens_of(here)
        assert screens.held == (edition, directory)
        assert screens.held[1] is directory
    assert len(kept._WORLDS) == MOST_WORLDS


def test_no_more_screens_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_SCREENS", 1)
    here = world(directory=replace(shipped_directory()))
    first, second = (CALL._replace(language=code) for code in ("en", "nl"))
    assert compose(here, first, main(here)) is compose(here, first, main(here))
    assert compose(here, second, main(here)) is not compose(here, second, main(here))
    assert compose(here, second, main(here)) == compose(here, second, main(here))
