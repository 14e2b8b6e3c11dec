"""Rules about being called back: walked with an example roster, with none, and with no database.

On the straight path (this phone, one of the next times, no wishes) it takes seven turns and about
90 s, on no other more than twelve turns, wishes apart.
"""

from collections.abc import Iterator

from ivr.call import booking
from ivr.call.actions import Book, Listen
from ivr.call.dialogue import step_of
from ivr.call.keyed import ENTRY_SECONDS
from ivr.call.legs import Inbound
from ivr.call.machine import step
from ivr.call.place import digits_of, node_of
from ivr.call.proof.entries import CODE, NUMBERS
from ivr.call.proof.examples import STAFFED, example_caller, staffed, worlds
from ivr.call.proof.finding import Finding
from ivr.call.proof.played import effect_of
from ivr.call.proof.sound import seconds
from ivr.call.proof.walk import Edge, Walk, canonical, walk_from
from ivr.call.proof.ways import edges
from ivr.call.proof.worst import Way, until_key
from ivr.call.screen import options
from ivr.call.signals import Note, Noted, Pressed
from ivr.call.steps import say_rows
from ivr.call.world import World
from prompts import Language, NodeKind, Tier

CALLBACK = "a callback"
FEWEST_TURNS, SHORTEST = 7, 90.0
MORE = 5.0
"""Seconds by which longer words (a late hour, a weekday) may pass the 90."""
MOST_TURNS = 12
LONGEST_OPTIONS = 25.0
LONGEST_CHOICE = 45.0
"""Seconds of up to eight days, or parts of a day."""
EIGHT = (booking.DAY, booking.PART, "mine.day", "mine.part")
DOORS = ("", "none", "away", "phone", "number", "heard", "quiet", "over")
PRESS = 1.0
"""Seconds that it takes to key one digit."""

THIS, OTHER = ("1",), ("2", NUMBERS[0], "1")
SOON, LATER = ("1",), ("5", "1", "1")
DIGITS = (CODE, CODE)
STRAIGHT = (*THIS, *SOON, *DIGITS, "1")
BRIEF = (STRAIGHT, (*OTHER, *SOON, *DIGITS, "1"))
WHOLE = (
    *BRIEF,
    (*THIS, *LATER, *DIGITS, "1"),
    (*OTHER, *LATER, *DIGITS, "1"),
    (*THIS, *SOON, *DIGITS, "2", "1", *OTHER, "1"),
    (*THIS, *SOON, *DIGITS, "2", "2", *LATER, "1"),
    (*THIS, *SOON, *DIGITS, "2", "3", *DIGITS, "1"),
)
"""What is keyed after *a new one* on each path: every choice of phone and time, each change."""


def callbacks(world: World) -> Iterator[Finding]:
    """Everything that is wrong with being called back, in every language."""
    if not example_caller(world):
        what, do = "No number of any country can be called back.", "Allow a country's numbers."
        yield Finding("a callback can be booked", "the directory's callers", what, do)
    for name, here, caller in worlds(world):
        for language in here.edition.offered(rehearsal=here.rehearsal):
            first = begin(here, language.code, caller)
            if first is not None:
                found = walk_from(here, first, inside if caller else at_the_door)
                yield from edges(here, found)
                yield from _long(here, found)
                if name == STAFFED and caller:
                    yield from _booked(here, language)


def begin(world: World, language: str, caller: str) -> Edge | None:
    """The main menu in a language, and the key that leads on; None where no key does."""
    number = next((one.number for one in world.directory.access), "")
    call = Inbound(number, world.edition.number, 0, language, "main", told=("main",), caller=caller)
    for option in options(world, call, world.edition.menu.nodes["main"]):
        if option.to == "callback":
            pressed = Pressed(option.key)
            return Edge(canonical(call), pressed, step(world, call, pressed))
    return None


def inside(call: Inbound) -> bool:
    """Whether a call is in one of the two dialogues."""
    return call.node.partition(".")[0] in ("callback", "booking", "mine")


def at_the_door(call: Inbound) -> bool:
    """Whether a call is where a number that is withheld makes a difference."""
    return inside(call) and call.node.partition(".")[2] in DOORS


def _long(world: World, found: Walk) -> Iterator[Finding]:
    """Choices that take too long to hear, as they are really offered."""
    for edge in found.all():
        call = edge.after
        node = node_of(world, call)
        if call.covered or node.kind is not NodeKind.STEP or not call.draft:
            continue
        rows = step_of(node).rows(world, call, node)
        heard = seconds(world, tuple(say_rows(rows, node, call.language)))
        most = LONGEST_CHOICE if node.name in EIGHT else LONGEST_OPTIONS
        if heard > most:
            yield Finding(
                "choices are heard in time",
                f"{call.language}, node {node.name}",
                f"They last {heard:.1f} s.",
                f"At most {most:g} s.",
                call.language,
            )


def _booked(world: World, language: Language) -> Iterator[Finding]:
    where = f"{language.code}, {CALLBACK}"
    short = language.tier is Tier.LIFEBOAT
    for keyed in BRIEF if short else WHOLE:
        way = booked(world, language.code, keyed)
        if way is None:
            what = f"The keys {' '.join(('3', '1', *keyed))} do not lead to one."
            do = "Let the steps follow each other."
            yield Finding("a callback can be booked", where, what, do, language.code)
            continue
        yield from _within(where, language.code, way, straight=keyed == STRAIGHT)


def _within(where: str, code: str, way: Way, *, straight: bool) -> Iterator[Finding]:
    if way.presses > MOST_TURNS:
        yield Finding(
            "a callback takes at most 12 turns",
            where,
            f"It takes {way.presses}.",
            "Ask less.",
            code,
        )
    if straight and (way.presses > FEWEST_TURNS or way.seconds > SHORTEST + MORE):
        yield Finding(
            "a callback takes 7 turns and about 90 s",
            where,
            f"It takes {way.presses} turns and {way.seconds:.0f} s.",
            "Say less.",
            code,
        )


def straight(world: World, language: str) -> Way | None:
    """What the straight path takes in a language, with an example roster."""
    return booked(staffed(world), language, STRAIGHT)


def booked(world: World, language: str, keyed: tuple[str, ...]) -> Way | None:
    """What it takes to book by these keys, from the main menu until it is noted; None if it is not.

    Seconds count what is heard until each key is named, the digits that are keyed, and the pause
    by which a number ends.
    """
    edge = begin(world, language, example_caller(world))
    if edge is None:
        return None
    turn, presses, took = edge.turn, 1, 0.0
    for keys in ("1", *keyed):
        call = turn.call
        if not (isinstance(call, Inbound) and isinstance(turn.actions[-1], Listen)):
            return None
        digits = digits_of(node_of(world, call))
        took += until_key(world, turn, keys if digits == 1 else "")
        took += PRESS * len(keys) + (ENTRY_SECONDS if len(keys) < digits else 0.0)
        turn, presses = step(world, call, Pressed(keys)), presses + 1
    if not isinstance(effect_of(turn), Book):
        return None
    noted = step(world, turn.call, Noted(Note.NOTED)).call
    done = isinstance(noted, Inbound) and noted.node == booking.NOTED
    return Way(presses, took) if done else None
