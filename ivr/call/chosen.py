"""What she has chosen in this call, as pieces: composed from digits, days and hours."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from ivr.call.actions import Gap, Piece, Spoken
from ivr.call.draft import WISHES, draft_of, read
from ivr.call.legs import Inbound
from ivr.call.world import World
from routing.kinds import at_home
from routing.saying import say_window
from routing.window import Window

PAUSE = Gap(0.08)
BETWEEN = Gap(0.35)
LAST = 4
"""Digits by which a number that was keyed is heard back."""
OWN = 2
"""Digits by which the telephone that she holds is named."""
BEGINNING = 2
"""Digits by which the number that our calls show is known."""


def today(world: World) -> date:
    """The day on a wall clock of the directory's zone."""
    return world.at.astimezone(ZoneInfo(world.directory.zone)).date()


def say(world: World, call: Inbound, what: str, language: str) -> Iterator[Piece]:
    """Say one thing that a phrase of the menu asks for; nothing, where she has not chosen it."""
    draft = draft_of(call)
    zone = world.directory.zone
    match what:
        case "window":
            yield from windows(world, read(draft.window, zone), language)
        case "standing":
            yield from windows(world, read(draft.standing, zone), language)
        case "day" if draft.day:
            yield Spoken(name_of(world, date.fromordinal(draft.day)), language)
        case "number":
            yield from spoken(draft.number[-LAST:], language)
        case "shown":
            yield from spoken(shown(world), language)
        case "wishes":
            yield from wishes(call, language)


WHAT = ("window", "standing", "day", "number", "shown", "wishes")
"""Everything that a phrase of the menu can ask for."""


def windows(world: World, found: tuple[Window, ...], language: str) -> Iterator[Piece]:
    """A window's day and hours."""
    for window in found:
        yield from joined(say_window(window, today(world)), language)


def name_of(world: World, day: date) -> str:
    """The prompt that names a day: today, tomorrow or its weekday."""
    return say_window(Window(day, 0, 60, world.directory.zone), today(world))[0]


def hours_of(window: Window, language: str) -> Iterator[Piece]:
    """A window without its day."""
    return joined(say_window(window, window.day)[1:], language)


def joined(prompts: tuple[str, ...], language: str) -> Iterator[Piece]:
    """Small words in a row."""
    for number, prompt in enumerate(prompts):
        if number:
            yield PAUSE
        yield Spoken(prompt, language)


def spoken(digits: str, language: str) -> Iterator[Piece]:
    """Digits one by one."""
    return joined(tuple(f"digit.{one}" for one in digits if one.isdigit()), language)


def shown(world: World) -> str:
    """How the number that our calls show begins, as it is dialled at home."""
    home = world.directory.callers[0] if world.directory.callers else "BE"
    prefix, code = at_home(home)
    number = world.caller_id
    at_home_form = prefix + number.removeprefix(code) if number.startswith(code) else f"00{number}"
    return "".join(one for one in at_home_form if one.isdigit())[:BEGINNING]


def wishes(call: Inbound, language: str) -> Iterator[Piece]:
    """The wishes that she chose, after a word that says so."""
    draft = draft_of(call)._asdict()
    own = [wish for wish in WISHES if draft[wish]]
    if own:
        yield Spoken("booking.wished", language)
    for wish in own:
        yield BETWEEN
        yield Spoken(f"wish.{wish}", language)
