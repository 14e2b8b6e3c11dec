"""The caller's own leg: keys, silences, wrong keys, and everywhere they lead."""

from dataclasses import replace
from typing import assert_never

from ivr.call import cover, transfer
from ivr.call.actions import HangUp, Listen, Piece, Say, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.screen import (
    OPTION,
    SENTENCE,
    START,
    announced,
    compose,
    language_of,
    options,
    phrases,
)
from ivr.call.signals import Answered, DialEnded, Done, HungUp, Pressed, Signal, Silent
from ivr.call.world import World
from prompts import Node, NodeKind

MOST_TURNS = 400
MOST_WRONG = 3
MOST_SILENCES = 3
STAY_SECONDS = 10
NATIONAL = "reporting"
LOOSE_ENDS = ("ended", "nobody")


def step(world: World, call: Inbound, signal: Signal) -> Turn:
    """Answer one signal of the caller."""
    call = call._replace(turns=call.turns + 1)
    if call.turns > MOST_TURNS:
        return Turn(call, (HangUp(),)) if call.covered else enter(world, call, "goodbye")
    if call.covered:
        if not cover.is_over(world, call, signal):
            return cover.step(world, call, signal)
        call = call._replace(covered=0, hashed=0, silences=0, wrong=0)
        return enter(world, call, "main" if call.language else "languages")
    return _step(world, call, signal)


def _step(world: World, call: Inbound, signal: Signal) -> Turn:
    match signal:
        case Answered():
            return enter(world, call, call.node)
        case Pressed(keys):
            return pressed(world, call, keys[0])
        case Silent():
            return silent(world, call)
        case DialEnded():
            return dial_ended(world, call, signal)
        case Done() | HungUp():
            return enter(world, call, call.node)
        case _:
            assert_never(signal)


def node_of(world: World, call: Inbound) -> Node:
    """Where the call is; a node that this edition does not have is its main menu."""
    nodes = world.edition.menu.nodes
    return nodes.get(call.node) or nodes["main"]


def enter(world: World, call: Inbound, name: str) -> Turn:
    """Go to a node and do what happens there."""
    call = call._replace(node=name)
    node = node_of(world, call)
    if node.kind is NodeKind.PERSON:
        return person(world, call._replace(need=node.need or call.need))
    if node.kind is NodeKind.FAREWELL:
        return Turn(call, (Say((START, *phrases(world, call, node.say))), HangUp()))
    return show(world, call, node)


def show(world: World, call: Inbound, node: Node, *, clear: bool = False) -> Turn:
    """Speak a node and listen: what is said once is then told."""
    pieces = said(world, call, node)
    if node.once and node.name not in call.told:
        call = call._replace(told=tuple(sorted((*call.told, node.name))))
    return Turn(call, (Listen(pieces, node.seconds, clear),))


def pressed(world: World, call: Inbound, key: str) -> Turn:
    """One key: the reserved ones mean the same everywhere, the others what the node says."""
    node = node_of(world, call)
    if node.kind is NodeKind.PERSON:
        return fall_on(world, call)
    heard = call._replace(silences=0, wrong=0)
    match key:
        case "#":
            return cover.begin(world, heard)
        case "0":
            return person(world, asking(heard, node, mute=False))
        case "*":
            return again(world, heard, node)
        case "9" if node.kind is not NodeKind.LANGUAGES:
            return enter(world, heard._replace(page=1), back(world, node))
    return choose(world, call, heard, node, key)


def again(world: World, call: Inbound, node: Node) -> Turn:
    """The same once more, slower and clearer, with everything that it says."""
    told = tuple(name for name in call.told if name != node.name)
    return show(world, call._replace(told=told), node, clear=True)


def back(world: World, node: Node) -> str:
    """One step back: from the main menu to the languages, from a loose end to the main menu."""
    if node.name == "main":
        return "languages"
    parent = world.edition.menu.parents.get(node.name, "main")
    return "main" if parent in ("languages", node.name) else parent


def choose(world: World, call: Inbound, heard: Inbound, node: Node, key: str) -> Turn:
    """An option of this node, or a key that does nothing here."""
    if node.kind is NodeKind.LANGUAGES:
        for language in world.edition.offered(rehearsal=world.rehearsal):
            if (language.page, language.key) == (call.page, key):
                return enter(world, speaking(heard, language.code), "main")
        return turn_page(world, call, mute=call.mute)
    for option in options(world, call, node):
        if option.key == key:
            asked = asking(heard, node, mute=False)
            return enter(world, asked._replace(region=option.region or asked.region), option.to)
    return wrong(world, call, node)


def speaking(call: Inbound, language: str) -> Inbound:
    """The call in a language; in another one than before, what is said once was never told."""
    told = call.told if call.language == language else ()
    return call._replace(language=language, told=told)


def asking(call: Inbound, node: Node, *, mute: bool) -> Inbound:
    """What a person will be told: from a loose end the same as before, else what this node says."""
    if node.name in LOOSE_ENDS:
        return call._replace(mute=mute)
    return call._replace(need=node.need, region="", mute=mute)


def wrong(world: World, call: Inbound, node: Node) -> Turn:
    """A key that does nothing is never called wrong; three of them count as silence."""
    if call.wrong + 1 >= MOST_WRONG:
        return silent(world, call._replace(wrong=0))
    call = call._replace(wrong=call.wrong + 1)
    return Turn(call, (Listen(said(world, call, node, brief=True), node.seconds),))


def turn_page(world: World, call: Inbound, *, mute: bool) -> Turn:
    """The next page of languages, without words; after the third, as if she had pressed zero."""
    if call.silences + 1 >= MOST_SILENCES:
        return person(world, asking(call, node_of(world, call), mute=mute))
    pages = sorted({one.page for one in world.edition.offered(rehearsal=world.rehearsal)}) or [1]
    later = [page for page in pages if page > call.page]
    call = call._replace(page=later[0] if later else pages[0], silences=call.silences + 1)
    node = node_of(world, call)
    return Turn(call, (Listen(compose(world, call, node, brief=True), node.seconds),))


def silent(world: World, call: Inbound) -> Turn:
    """Silence is an answer too: a slower menu, a warning that somebody will be rung, a person."""
    node = node_of(world, call)
    if node.kind is NodeKind.PERSON:
        return fall_on(world, call)
    if node.kind is NodeKind.LANGUAGES:
        return turn_page(world, call, mute=True)
    if node.silence:
        return enter(world, call, node.silence)
    call = call._replace(silences=call.silences + 1)
    if call.silences == 1:
        return slower(world, call, node)
    if call.silences < MOST_SILENCES:
        stay = (START, Spoken("silence.second", language_of(world, call)))
        return Turn(call, (Listen(stay, STAY_SECONDS),))
    return person(world, asking(call, node, mute=True))


def slower(world: World, call: Inbound, node: Node) -> Turn:
    """After the first silence: how to find the keys, then the menu again, slower."""
    menu = said(world, call, node, brief=True)
    first = (START, Spoken("silence.first", language_of(world, call)), SENTENCE)
    return Turn(call, (Listen((*first, *menu), node.seconds, clear=True),))


def person(world: World, call: Inbound) -> Turn:
    """Begin a route: from here on the call is at a person, or at nobody."""
    call = call._replace(node="person", tried=(), silences=0, wrong=0)
    return fall_on(world, call)


def fall_on(world: World, call: Inbound) -> Turn:
    """Ring the next centre of the route; after the last, say who is open and offer more."""
    turn = transfer.ring(world, call, *transfer.words(world, call))
    return turn or enter(world, call, "nobody")


def said(world: World, call: Inbound, node: Node, *, brief: bool = False) -> tuple[Piece, ...]:
    """What a node says; where nobody could be rung, not that somebody did not answer."""
    if node.name == "nobody" and not call.tried:
        node = replace(node, say=node.say[1:])
    return compose(world, call, node, brief=brief)


def dial_ended(world: World, call: Inbound, ended: DialEnded) -> Turn:
    """Only a bridge was a conversation; anything else falls on to the next centre."""
    if call.failed:
        return numbers(world, call) if not ended.bridged else enter(world, call, "goodbye")
    if ended.bridged:
        return enter(world, call._replace(mute=False), "ended")
    return fall_on(world, call)


def fail(world: World, call: Inbound) -> Turn:
    """A turn broke: say so in plain words and ring the national line, once; then only numbers.

    Behind the cover nothing may be said: there the call ends.
    """
    if call.covered:
        return Turn(call, (HangUp(),))
    if call.failed:
        return numbers(world, call)
    sorry = (START, Spoken("error.sorry", language_of(world, call)))
    asked = call._replace(failed=True, covered=0, need="", region="", tried=(), node="person")
    return transfer.ring(world, asked, *sorry) or numbers(world, asked)


def numbers(world: World, call: Inbound) -> Turn:
    """The last words of a broken call: a number that she can dial herself, and the end."""
    language = language_of(world, call)
    pieces: list[Piece] = [START, Spoken("error.number", language), SENTENCE]
    centre = world.directory.by_id.get(NATIONAL)
    if centre:
        pieces += announced(centre, language)
    pieces += (OPTION, Spoken("traces.short", language))
    return Turn(call._replace(failed=True), (Say(tuple(pieces)), HangUp()))
