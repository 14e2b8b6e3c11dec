"""Where a call is in the tree: its node, the way back, and what a person would be told of it."""

from dataclasses import replace

from ivr.call import dialogue
from ivr.call.actions import Listen, Pieces
from ivr.call.legs import Inbound
from ivr.call.screen import compose
from ivr.call.world import World
from prompts import Node, NodeKind

LOOSE_ENDS = ("ended", "nobody")


def node_of(world: World, call: Inbound) -> Node:
    """Where the call is; a node that this edition does not have is its main menu."""
    nodes = world.edition.menu.nodes
    return nodes.get(call.node) or nodes["main"]


def back(world: World, node: Node) -> str:
    """One step back: from the main menu to the languages, from a loose end to the main menu."""
    if node.name == "main":
        return "languages"
    parent = world.edition.menu.parents.get(node.name, "main")
    return "main" if parent in ("languages", node.name) else parent


def speaking(call: Inbound, language: str) -> Inbound:
    """The call in a language; in another one than before, what is said once was never told."""
    told = call.told if call.language == language else ()
    return call._replace(language=language, told=told)


def asking(call: Inbound, node: Node, *, mute: bool) -> Inbound:
    """What a person will be told: from a loose end or a dialogue the same as before, else what this
    node says.
    """
    if node.name in LOOSE_ENDS or node.kind is NodeKind.STEP:
        return call._replace(mute=mute)
    return call._replace(need=node.need, region="", mute=mute)


def said(world: World, call: Inbound, node: Node, *, brief: bool = False) -> Pieces:
    """What a node says; where nobody could be rung, not that somebody did not answer."""
    if node.kind is NodeKind.STEP:
        return dialogue.hear(world, call, node, brief=brief)
    if node.name == "nobody" and not call.tried:
        node = replace(node, say=node.say[1:])
    return compose(world, call, node, brief=brief)


def digits_of(node: Node) -> int:
    """How many digits an entry at a node may have; one, where it is no entry."""
    return dialogue.step_of(node).digits if node.kind is NodeKind.STEP else 1


def listen(node: Node, pieces: Pieces, *, seconds: int = 0, clear: bool = False) -> Listen:
    """Speak, and wait for what can be keyed at a node, for its own time-out unless told."""
    return Listen(pieces, seconds or node.seconds, clear, digits_of(node))
