"""The dialogues of a caller's leg: how a call comes to a step, what is heard there, where it leads.

A draft begins with the first step and is gone with the last: whatever leads elsewhere forgets it.
"""

from ivr.call import booking, managing
from ivr.call.actions import Pieces
from ivr.call.draft import Draft, draft_of, keep
from ivr.call.legs import Inbound
from ivr.call.screen import OPTION, SENTENCE, START, language_of, phrases
from ivr.call.signals import Done, Known, Noted, Result
from ivr.call.steps import Answer, Go, Step, say_rows
from ivr.call.world import World
from prompts import Node, NodeKind

STEPS = {**booking.STEPS, **managing.STEPS}
"""Every step that there is; a step of the menu that is not among them is an ordinary one."""
MOST_HOPS = 6
"""Steps that lead on by themselves, one after the other."""
ORDINARY = Step()
UNDONE = (managing.CANCELLED, managing.ERASED, managing.FORGOTTEN)


def step_of(node: Node) -> Step:
    """How a node differs from a menu."""
    return STEPS.get(node.name, ORDINARY)


def come(world: World, call: Inbound, to: str, words: Pieces) -> Go:
    """Where a call comes to on its way to a node: steps may lead on by themselves."""
    nodes = world.edition.menu.nodes
    for _ in range(MOST_HOPS):
        node = nodes.get(to)
        if node is None or node.kind is not NodeKind.STEP:
            return Go(call._replace(draft=()), to, words)
        call = call if call.draft else keep(call, begun(world, call))
        begins = step_of(node).begin(world, call)
        if isinstance(begins, Inbound):
            return Go(begins, to, words)
        call, to, words = begins.call, begins.to, (*words, *begins.words)
    return Go(call._replace(draft=()), "main", words)


def begun(world: World, call: Inbound) -> Draft:
    """An empty draft: only where she came from."""
    before = world.edition.menu.nodes.get(call.node)
    topic = before.name if before and before.kind is NodeKind.TOPIC else ""
    return Draft(topic=topic, region=call.region, young=call.need == "young")


def hear(world: World, call: Inbound, node: Node, *, brief: bool) -> Pieces:
    """Everything that is heard at a step: what it says, what can be chosen, what is said once."""
    language = language_of(world, call)
    once = () if brief or node.name in call.told else phrases(world, call, node.once)
    rows = step_of(node).rows(world, call, node)
    return (
        START,
        *phrases(world, call, node.say),
        *say_rows(rows, node, language),
        *((OPTION, *once) if once else ()),
    )


def take(world: World, call: Inbound, node: Node, keys: str) -> Answer:
    """Answer what was keyed at a step."""
    return step_of(node).take(world, call, node, keys)


def result(world: World, call: Inbound, signal: Result) -> Go:
    """Where the result of an effect leads."""
    match signal:
        case Noted(how):
            moves = bool(draft_of(call).callback)
            return (managing.moved if moves else booking.noted)(world, call, how)
        case Known(mine):
            return managing.known(world, call, mine)
        case Done(ok) if not ok and call.node in UNDONE:
            return managing.failed(world, call)
        case _:
            return Go(call, call.node)


def preceded(words: Pieces, pieces: Pieces) -> Pieces:
    """What is heard at a node, with some words before it."""
    return (START, *words, SENTENCE, *pieces[1:]) if words else pieces
