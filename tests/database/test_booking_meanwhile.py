"""Shown: the database goes away while somebody books. She is told that nothing is noted, a person
is offered, nothing is promised that is not kept; and when it is back she can book.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.callbacks import points
from tests.database.disasters import limited
from tests.database.meanwhile import Garbage, House, Locked, Stopped, Way, housed

NOTED = {"booking.noted", "booking.changed"}
WAYS: tuple[Callable[[Path], Way], ...] = (Garbage, Locked, Stopped)


@pytest.fixture(params=WAYS, ids=lambda one: one.__name__.lower())
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    way: Way = request.param(tmp_path)
    with housed(way, tmp_path) as house:
        yield house
    if isinstance(way, Stopped):
        way.server.cleanup()


@pytest.fixture
def at_point() -> Iterator[Callable[[str, Callable[[], None]], None]]:
    """Do something once, when a labelled point of a booking is reached."""

    def arm(point: str, do: Callable[[], None]) -> None:
        def hook(reached: str) -> None:
            if reached == point:
                points.disarm()
                do()

        points.arm(hook)

    yield arm
    points.disarm()


def booked(house: House) -> set[str]:
    """A booking from the first ring to her yes; what she hears then."""
    caller = house.rings()
    house.presses(caller, "3111")
    house.keys(caller)
    assert "booking.read" in house.keys(caller)
    return house.presses(caller, "1")


def test_before_a_time_is_offered(house: House) -> None:
    caller = house.rings()
    house.way.goes()
    house.looks()
    heard = house.presses(caller, "3")
    assert {"callback.away", "callback.ring"} <= heard
    assert not house.said & {*NOTED, "booking.times"}
    house.presses(caller, "0")
    assert caller.phone.now.phase == "ringing", "a person is a key away"
    house.way.comes_back()
    house.looks()
    assert booked(house) >= {"booking.noted"}
    assert house.open_ones() == 1


@pytest.mark.parametrize("noticed", [False, True], ids=["at once", "for a while"])
def test_between_the_offer_and_her_yes(house: House, noticed: bool) -> None:
    caller = house.rings()
    assert "booking.times" in house.presses(caller, "311")
    house.presses(caller, "1")
    house.way.goes()
    if noticed:
        house.looks()
    house.keys(caller)
    house.keys(caller)
    house.presses(caller, "1")
    assert not house.said & NOTED
    assert house.said & {"booking.failed", "callback.away"}, "she is told so"
    if caller.phone.now.phase != "ringing":
        house.presses(caller, "0")
    assert caller.phone.now.phase == "ringing", "and a person is rung, or a key away"
    house.way.comes_back()
    house.looks()
    assert house.open_ones() == 0
    assert booked(house) >= {"booking.noted"}
    assert house.open_ones() == 1


def test_after_the_commit_and_before_she_is_told(
    house: House, at_point: Callable[[str, Callable[[], None]], None]
) -> None:
    """It is kept: so she is told the truth, and it is there when the database is back."""
    at_point("booking.committed", house.way.goes)
    heard = booked(house)
    assert "booking.noted" in heard
    assert "booking.failed" not in house.said
    house.way.comes_back()
    house.looks()
    assert house.open_ones() == 1


def test_while_it_is_being_kept(
    house: House, tmp_path: Path, at_point: Callable[[str, Callable[[], None]], None]
) -> None:
    """All is written but the end of it: the server stops, or the disk takes no more."""
    if isinstance(house.way, Stopped):
        at_point("booking.result", house.way.goes)
        booked(house)
        house.way.comes_back()
    else:
        disk = limited()
        at_point("booking.result", disk.__enter__)
        booked(house)
        disk.__exit__(None, None, None)
    assert "booking.failed" in house.said
    assert not house.said & NOTED
    house.looks()
    assert house.open_ones() == 0
    assert booked(house) >= {"booking.noted"}
    assert house.open_ones() == 1
