"""My callback: cancel it, hear it, move it, erase it.

From her own phone only the code is keyed, from another one the number too. A wrong number and a
wrong code sound exactly alike. Stopping needs less proof than learning: who forgot her code can
stop whatever there is for the very phone that she holds, and learns nothing.
"""

from ivr.call.actions import Cancel, Effect, Erase, Find, Forget, Move, Pieces, Spoken, Turn
from ivr.call.booking import afresh, own_number, own_phone
from ivr.call.chosen import BETWEEN, windows
from ivr.call.draft import draft_of, keep, put, read, write
from ivr.call.keyed import ANY_NUMBER, CODE
from ivr.call.legs import Inbound
from ivr.call.screen import language_of
from ivr.call.signals import Mine, Note
from ivr.call.steps import Answer, Go, Row, Step, by_option, by_table, words
from ivr.call.windows import Choice
from ivr.call.world import World
from prompts import Node
from routing.callers import WhyNot, read_number

WHICH, NUMBER, CODED, OVER = "mine", "mine.number", "mine.code", "mine.over"
MENU, MOVED, DAY, PART, CONFIRM = (
    "mine.menu", "mine.time", "mine.day", "mine.part", "mine.confirm",
)  # fmt: skip
FORGET = "mine.forget"
CANCELLED, ERASED, FORGOTTEN = "mine.cancelled", "mine.erased", "mine.forgotten"
MOST_TRIES = 3
TOLD = {"no code": "mine.nocode", "missed": "mine.missed"}
"""What she should know first, as signals have it, and the prompt that says it."""


def _which(world: World, call: Inbound) -> Inbound | Go:
    """Which phone it is about; a phone that we do not see has to be keyed."""
    call = afresh(call)
    if call.tries >= MOST_TRIES:
        return Go(call, OVER)
    return call if own_number(world, call) else Go(call, NUMBER)


def _phones(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    others = tuple(row for row in by_table(world, call, node) if row.key != "1")
    return (*own_phone(world, call), *others)


def _phone(world: World, call: Inbound, node: Node, key: str) -> Answer:
    if key != "1":
        return by_option(world, call, node, key)
    return Go(put(call, number=own_number(world, call)), CODED)


def _number(world: World, call: Inbound, node: Node, key: str) -> Answer:
    number = read_number(key, world.directory)
    if isinstance(number, WhyNot):
        return Go(call, NUMBER, words(language_of(world, call), f"number.{number}"))
    return Go(put(call, number=number), CODED)


def _asked(world: World, call: Inbound) -> Inbound | Go:
    """Only so many tries in one call, whichever way they are come to."""
    if call.tries >= MOST_TRIES:
        return Go(call, OVER)
    return call if draft_of(call).number else Go(call, WHICH)


def _code(world: World, call: Inbound, node: Node, key: str) -> Answer:
    if len(key) != CODE:
        return Go(call, CODED, words(language_of(world, call), "code.four"))
    return Turn(call, (Find(draft_of(call).number, key),))


def known(world: World, call: Inbound, mine: Mine | None) -> Go:
    """Number and code were right, or one of them was not: nothing says which."""
    if mine is None:
        call = call._replace(tries=call.tries + 1)
        return Go(call, CODED, words(language_of(world, call), "mine.wrong"))
    return found(world, call, mine)


def found(world: World, call: Inbound, mine: Mine) -> Go:
    """Her own callback; first what she should know."""
    draft = draft_of(call)._replace(callback=mine.id, standing=write((mine.window,)))
    told = [TOLD[mine.told]] if mine.told in TOLD else []
    return Go(keep(call, draft), MENU, words(language_of(world, call), *told))


def _owned(world: World, call: Inbound) -> Inbound | Go:
    """Nothing can be done to a callback that was not found."""
    return call if draft_of(call).callback else Go(call, WHICH)


def _menu(world: World, call: Inbound, node: Node, key: str) -> Answer:
    own = draft_of(call).callback
    if by_option(world, call, node, key) is None:
        return None
    match key:
        case "1":
            return _do(call, CANCELLED, Cancel(own))
        case "2":
            return Go(call, MENU, _hear(world, call))
        case "4":
            return _do(call, ERASED, Erase(own))
        case _:
            return by_option(world, call, node, key)


def _do(call: Inbound, then: str, effect: Effect) -> Turn:
    """Carry something out; where it was, the call is already at what it then says."""
    return Turn(call._replace(node=then), (effect,))


def _hear(world: World, call: Inbound) -> Pieces:
    language = language_of(world, call)
    standing = read(draft_of(call).standing, world.directory.zone)
    return (Spoken("mine.time", language), BETWEEN, *windows(world, standing, language))


def _no_time(world: World, call: Inbound) -> Go:
    return Go(call, MENU, words(language_of(world, call), "mine.notimes"))


def _chosen(world: World, call: Inbound) -> Go:
    return Go(call, CONFIRM)


def _whole(world: World, call: Inbound) -> Inbound | Go:
    draft = draft_of(call)
    if not draft.window:
        return Go(call, MOVED)
    return _owned(world, call)


def _confirm(world: World, call: Inbound, node: Node, key: str) -> Answer:
    draft = draft_of(call)
    chosen = read(draft.window, world.directory.zone)
    return Turn(call, (Move(draft.callback, chosen[0]),)) if key == "1" and chosen else None


def moved(world: World, call: Inbound, how: Note) -> Go:
    """What became of another time; until it is noted, the old one stands."""
    language = language_of(world, call)
    match how:
        case Note.NOTED | Note.CHANGED:
            return Go(call, "booking.done")
        case Note.FULL:
            return Go(put(call, window=""), MOVED, words(language, "mine.full"))
        case Note.CAPPED | Note.AWAY:
            return failed(world, call)


def failed(world: World, call: Inbound) -> Go:
    """It could not be carried out: she is told so, and given a person."""
    return Go(call, "person", words(language_of(world, call), "mine.failed"))


def _held(world: World, call: Inbound) -> Inbound | Go:
    """Only the very phone that she holds can be stopped without its code."""
    return call if own_number(world, call) else Go(call, WHICH)


def _forget(world: World, call: Inbound, node: Node, key: str) -> Answer:
    own = own_number(world, call)
    return _do(call, FORGOTTEN, Forget(own)) if key == "1" and own else None


CHOICE = Choice(DAY, PART, none=_no_time, then=_chosen)
STEPS = {
    WHICH: Step(rows=_phones, take=_phone, begin=_which),
    NUMBER: Step(take=_number, digits=ANY_NUMBER),
    CODED: Step(take=_code, begin=_asked, digits=CODE, leads=(MENU, OVER)),
    MENU: Step(take=_menu, begin=_owned),
    MOVED: CHOICE.soonest(CONFIRM),
    DAY: CHOICE.of_days(),
    PART: CHOICE.parts(CONFIRM),
    CONFIRM: Step(take=_confirm, begin=_whole),
    FORGET: Step(take=_forget, begin=_held),
}
