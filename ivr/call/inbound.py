"""The caller's own leg: keys, silences, wrong keys, and everywhere they lead."""

from typing import assert_never

from ivr.call import cover, dialogue, keyed, transfer
from ivr.call.actions import HangUp, Pieces, Say, Spoken, Turn
from ivr.call.breaking import numbers
from ivr.call.legs import Inbound
from ivr.call.place import asking, back, digits_of, listen, node_of, said, speaking
from ivr.call.screen import SENTENCE, START, compose, language_of, options, phrases
from ivr.call.signals import (
    Answered,
    Checked,
    DialEnded,
    Done,
    HungUp,
    Known,
    NoRing,
    Noted,
    Pressed,
    Ring,
    Signal,
    Silent,
)
from ivr.call.steps import Go
from ivr.call.world import World
from prompts import Node, NodeKind

MOST_TURNS = 400
MOST_WRONG = 3
MOST_SILENCES = 3
STAY_SECONDS = 10


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
            return pressed(world, call, keyed.read(keys, digits_of(node_of(world, call))))
        case Silent():
            return silent(world, call)
        case DialEnded():
            return dial_ended(world, call, signal)
        case HungUp():
            return enter(world, call, call.node)
        case Done() | Noted() | Known() | Ring() | NoRing() | Checked():
            return go(world, dialogue.result(world, call, signal))
        case _:
            assert_never(signal)


def go(world: World, way: Go) -> Turn:
    """Go where a dialogue leads."""
    return enter(world, way.call, way.to, way.words)


def enter(world: World, call: Inbound, name: str, words: Pieces = ()) -> Turn:
    """Go to a node and do what happens there, with some words before it."""
    call, name, words = dialogue.come(world, call, name, words)
    call = call._replace(node=name)
    node = node_of(world, call)
    if node.kind is NodeKind.PERSON:
        return person(world, call._replace(need=node.need or call.need), words)
    if node.kind is NodeKind.FAREWELL:
        pieces = (START, *phrases(world, call, node.say))
        return Turn(call, (Say(dialogue.preceded(words, pieces)), HangUp()))
    return show(world, call, node, words=words)


def show(
    world: World, call: Inbound, node: Node, *, clear: bool = False, words: Pieces = ()
) -> Turn:
    """Speak a node and listen: what is said once is then told."""
    pieces = dialogue.preceded(words, said(world, call, node))
    if node.once and node.name not in call.told:
        call = call._replace(told=tuple(sorted((*call.told, node.name))))
    return Turn(call, (listen(node, pieces, clear=clear),))


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


def choose(world: World, call: Inbound, heard: Inbound, node: Node, key: str) -> Turn:
    """An option of this node, or a key that does nothing here."""
    if node.kind is NodeKind.LANGUAGES:
        for language in world.edition.offered(rehearsal=world.rehearsal):
            if (language.page, language.key) == (call.page, key):
                return enter(world, speaking(heard, language.code), "main")
        return turn_page(world, call, mute=call.mute)
    if node.kind is NodeKind.STEP:
        taken = dialogue.take(world, heard, node, key)
        if taken is None:
            return wrong(world, call, node)
        return go(world, taken) if isinstance(taken, Go) else taken
    for option in options(world, call, node):
        if option.key == key:
            asked = asking(heard, node, mute=False)
            return enter(world, asked._replace(region=option.region or asked.region), option.to)
    return wrong(world, call, node)


def wrong(world: World, call: Inbound, node: Node) -> Turn:
    """A key that does nothing is never called wrong; three of them count as silence."""
    if call.wrong + 1 >= MOST_WRONG:
        return silent(world, call._replace(wrong=0))
    call = call._replace(wrong=call.wrong + 1)
    return Turn(call, (listen(node, said(world, call, node, brief=True)),))


def turn_page(world: World, call: Inbound, *, mute: bool) -> Turn:
    """The next page of languages, without words; after the third, as if she had pressed zero."""
    if call.silences + 1 >= MOST_SILENCES:
        return person(world, asking(call, node_of(world, call), mute=mute))
    pages = sorted({one.page for one in world.edition.offered(rehearsal=world.rehearsal)}) or [1]
    later = [page for page in pages if page > call.page]
    call = call._replace(page=later[0] if later else pages[0], silences=call.silences + 1)
    node = node_of(world, call)
    return Turn(call, (listen(node, compose(world, call, node, brief=True)),))


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
        return Turn(call, (listen(node, stay, seconds=STAY_SECONDS),))
    return person(world, asking(call, node, mute=True))


def slower(world: World, call: Inbound, node: Node) -> Turn:
    """After the first silence: how to find the keys, then the menu again, slower."""
    menu = said(world, call, node, brief=True)
    first = (START, Spoken("silence.first", language_of(world, call)), SENTENCE)
    return Turn(call, (listen(node, (*first, *menu[1:]), clear=True),))


def person(world: World, call: Inbound, words: Pieces = ()) -> Turn:
    """Begin a route: from here on the call is at a person, or at nobody."""
    call = call._replace(node="person", tried=(), silences=0, wrong=0, draft=())
    return fall_on(world, call, words)


def fall_on(world: World, call: Inbound, words: Pieces = ()) -> Turn:
    """Ring the next centre of the route; after the last, say who is open and offer more."""
    first = dialogue.preceded(words, transfer.words(world, call))
    return transfer.ring(world, call, *first) or enter(world, call, "nobody", words)


def dial_ended(world: World, call: Inbound, ended: DialEnded) -> Turn:
    """Only a bridge was a conversation; anything else falls on to the next centre."""
    if call.failed:
        return numbers(world, call) if not ended.bridged else enter(world, call, "goodbye")
    if ended.bridged:
        return enter(world, call._replace(mute=False), "ended")
    return fall_on(world, call)
