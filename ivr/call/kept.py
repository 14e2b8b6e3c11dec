"""What steady screens say, composed once: the same for everybody who hears them in one language.

An edition and a directory never change, so what was composed from them holds for as long as they
serve. They are told apart by identity, which costs nothing, and kept so that it stays theirs.
"""

from collections.abc import Hashable
from threading import Lock

from ivr.call.actions import Pieces
from ivr.call.world import World
from prompts import Cost, Digits, Node, Open, Words

MOST_WORLDS = 4
"""Editions with their directories: those of now, and older ones in which calls still run."""
MOST_SCREENS = 2048
STEADY = (Words, Cost, Digits, Open)
"""Phrases that depend on edition, directory, language and access number alone. A new kind of
phrase is composed at every turn, until it is shown to depend on nothing else.
"""


class Screens:
    """What the steady screens of one edition say with one directory."""

    def __init__(self, world: World) -> None:
        """Nothing is composed yet."""
        self.held = world.edition, world.directory  # while they are held, no other has their ids
        self._steady = {node.name: node for node in world.edition.menu.nodes.values() if _is(node)}
        self._kept: dict[Hashable, Pieces] = {}

    def are_steady(self, node: Node) -> bool:
        """Whether a node is this edition's own and says nothing that may change."""
        return self._steady.get(node.name) is node

    def find(self, key: Hashable) -> Pieces | None:
        """What is kept under a key, which names all that a screen depends on."""
        return self._kept.get(key)

    def keep(self, key: Hashable, pieces: Pieces) -> Pieces:
        """Keep what was composed, if there is room; the same comes back."""
        if len(self._kept) < MOST_SCREENS:
            self._kept[key] = pieces
        return pieces


_WORLDS: dict[tuple[int, int], Screens] = {}
_LOCK = Lock()


def screens_of(world: World) -> Screens:
    """The screens of a world's edition with its directory."""
    return _WORLDS.get((id(world.edition), id(world.directory))) or _new(world)


def _new(world: World) -> Screens:
    screens = Screens(world)
    with _LOCK:
        while len(_WORLDS) >= MOST_WORLDS:
            del _WORLDS[next(iter(_WORLDS))]
        _WORLDS[id(world.edition), id(world.directory)] = screens
    return screens


def _is(node: Node) -> bool:
    return all(isinstance(phrase, STEADY) for phrase in (*node.say, *node.once))
