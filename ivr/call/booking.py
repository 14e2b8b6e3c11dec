"""Booking: seven turns on the straight path, and nothing is kept until she says yes.

Which phone, when, four digits twice, and all of it read back. Every way out but *yes* forgets what
she keyed.
"""

from ivr.call.actions import Book, Spoken, Turn
from ivr.call.chosen import OWN, spoken
from ivr.call.draft import WISHES, Draft, draft_of, keep, put, wanted
from ivr.call.keyed import ANY_NUMBER, CODE, refused
from ivr.call.legs import Inbound
from ivr.call.screen import language_of
from ivr.call.signals import Note
from ivr.call.steps import Answer, Go, Row, Step, by_option, by_table, words
from ivr.call.windows import Choice, on_offer
from ivr.call.world import World
from prompts import Node
from routing.callers import WhyNot, judge_number, read_number

PHONE, NUMBER, HEARD = "booking.phone", "booking.number", "booking.heard"
TIME, DAY, PART = "booking.time", "booking.day", "booking.part"
CODED, AGAIN, CONFIRM = "booking.code", "booking.again", "booking.confirm"
CHANGE, WISHED = "booking.change", "booking.wishes"
NOTED, CHANGED = "booking.done", "booking.changed"
NOTHING, AWAY = "callback.none", "callback.away"
ALL_WISHES = "5"


def own_number(world: World, call: Inbound) -> str:
    """The telephone that she holds, where it can be rung; else empty."""
    judged = judge_number(call.caller, world.directory) if call.caller else WhyNot.NOTHING
    return "" if isinstance(judged, WhyNot) else judged


def own_phone(world: World, call: Inbound) -> tuple[Row, ...]:
    """The option of the telephone that she holds, named by its last digits."""
    number, language = own_number(world, call), language_of(world, call)
    if not number:
        return ()
    label = (Spoken("booking.this", language), *spoken(number[-OWN:], language))
    return (Row(label, "1"),)


def following(world: World, call: Inbound) -> Go:
    """What is still to be asked; at the end, the read-back."""
    draft = draft_of(call)
    if not draft.number:
        return Go(call, PHONE)
    if not draft.window:
        return Go(call, TIME)
    return Go(call, CONFIRM if draft.code else CODED)


def afresh(call: Inbound) -> Inbound:
    """The call with nothing drafted but where she came from."""
    draft = draft_of(call)
    return keep(call, Draft(draft.topic, draft.region, draft.young))


def _door(world: World, call: Inbound) -> Inbound | Go:
    """Both dialogues begin here, each with a draft of its own."""
    return _offer(world, afresh(call))


def _offer(world: World, call: Inbound) -> Inbound | Go:
    """Nothing on offer leads to what is possible."""
    if world.booked is None:
        return Go(call, AWAY)
    return call if on_offer(world, call) else Go(call, NOTHING)


def _phones(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    others = tuple(row for row in by_table(world, call, node) if row.key != "1")
    return (*own_phone(world, call), *others)


def _phone(world: World, call: Inbound, node: Node, key: str) -> Answer:
    if key != "1":
        return by_option(world, call, node, key)
    number = own_number(world, call)
    return following(world, put(call, number=number, own=True)) if number else None


def _number(world: World, call: Inbound, node: Node, key: str) -> Answer:
    number = read_number(key, world.directory)
    if isinstance(number, WhyNot):
        return Go(call, NUMBER, words(language_of(world, call), f"number.{number}"))
    return Go(put(call, number=number, own=number == call.caller), HEARD)


def _heard(world: World, call: Inbound, node: Node, key: str) -> Answer:
    return following(world, call) if key == "1" else by_option(world, call, node, key)


def no_time(world: World, call: Inbound) -> Go:
    """Every time is gone."""
    return Go(call, AWAY if world.booked is None else NOTHING)


def _code(world: World, call: Inbound, node: Node, key: str) -> Answer:
    why = refused(key)
    if why:
        return Go(call, CODED, words(language_of(world, call), why))
    return Go(put(call, first=key), AGAIN)


def _again(world: World, call: Inbound, node: Node, key: str) -> Answer:
    first = draft_of(call).first
    call = put(call, first="")
    if key == first:
        return following(world, put(call, code=key))
    return Go(call, CODED, words(language_of(world, call), "code.differs"))


def _confirm(world: World, call: Inbound, node: Node, key: str) -> Answer:
    match key:
        case "1":
            asked = wanted(draft_of(call), language_of(world, call), world.directory.zone)
            return Turn(call, (Book(asked),)) if asked else following(world, call)
        case "3":
            stopped = words(language_of(world, call), "booking.stopped")
            return Go(keep(call, Draft()), "main", stopped)
        case _:
            return by_option(world, call, node, key)


def _complete(world: World, call: Inbound) -> Inbound | Go:
    """Only what is whole is read back."""
    draft = draft_of(call)
    return call if wanted(draft, "", world.directory.zone) else following(world, call)


def _change(world: World, call: Inbound, node: Node, key: str) -> Answer:
    """What she wants to change is asked anew; the rest stands."""
    draft = draft_of(call)
    match key:
        case "1":
            return following(world, keep(call, draft._replace(number="", own=False)))
        case "2":
            return following(world, keep(call, draft._replace(window="")))
        case "3":
            return following(world, keep(call, draft._replace(code="")))
        case _:
            return None


def _wishes(world: World, call: Inbound, node: Node) -> tuple[Row, ...]:
    language, draft = language_of(world, call), draft_of(call)._asdict()
    rows = by_table(world, call, node)
    states = ["wish.yes" if draft[wish] else "wish.no" for wish in WISHES]
    said = [Row((*row.label, Spoken(state, language)), row.key)
            for row, state in zip(rows, states, strict=False)]  # fmt: skip
    return (*said, *rows[len(WISHES) :])


def _wish(world: World, call: Inbound, node: Node, key: str) -> Answer:
    if key == ALL_WISHES:
        return Go(call, CONFIRM)
    draft = draft_of(call)._asdict()
    wishes = dict(zip("1234", WISHES, strict=True))
    return Go(put(call, **{wishes[key]: not draft[wishes[key]]}), WISHED) if key in wishes else None


def noted(world: World, call: Inbound, how: Note) -> Go:
    """What became of her yes; "it is noted" is said only here, after it was kept durably."""
    language = language_of(world, call)
    match how:
        case Note.NOTED | Note.CHANGED:
            return Go(call, NOTED if how is Note.NOTED else CHANGED)
        case Note.FULL:
            return Go(put(call, window=""), TIME, words(language, "booking.full"))
        case Note.CAPPED:
            return Go(call, "person", words(language, "booking.capped"))
        case Note.AWAY:
            return Go(call, "person", words(language, "booking.failed"))


CHOICE = Choice(DAY, PART, none=no_time, then=following)
STEPS = {
    "callback": Step(begin=_door, leads=(NOTHING, AWAY)),
    PHONE: Step(rows=_phones, take=_phone, begin=_offer),
    NUMBER: Step(take=_number, digits=ANY_NUMBER, leads=(HEARD,)),
    HEARD: Step(take=_heard),
    TIME: CHOICE.soonest(CODED),
    DAY: CHOICE.of_days(),
    PART: CHOICE.parts(CODED),
    CODED: Step(take=_code, digits=CODE, leads=(AGAIN,)),
    AGAIN: Step(take=_again, digits=CODE, leads=(CONFIRM,)),
    CONFIRM: Step(take=_confirm, begin=_complete, leads=(CHANGED,)),
    CHANGE: Step(take=_change),
    WISHED: Step(rows=_wishes, take=_wish),
    NOTED: Step(),
    CHANGED: Step(),
}
