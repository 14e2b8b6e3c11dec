"""The tree that a caller walks, as data: nodes, and the options that lead from one to the next."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from prompts.phrase import Phrase, read_phrase, write_phrase

SHIPPED = Path(__file__).with_name("menu.toml")


class NodeKind(StrEnum):
    """What happens at a node: a page of languages, a menu, a recording, a person, the end; or a
    step of a dialogue, where what is asked and what keys do depends on what she said before.
    """

    LANGUAGES = "languages"
    MENU = "menu"
    TOPIC = "topic"
    PERSON = "person"
    FAREWELL = "farewell"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a caller can choose: the key, its label, where it leads.

    `region` is what the choice says about where she is; `lifeboat` whether the short tree has it.
    """

    key: str
    label: str
    to: str
    region: str = ""
    lifeboat: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One place in the tree.

    `say` is spoken first, then the options, then the keys in `tail` (zero, nine), then `once` on
    the first visit of a call. `seconds` is the time-out; `silence` is the node that it leads to
    (empty: the three steps of silence), `back` the one that nine leads to (empty: the first that
    has an option to it). `brief` speaks bare digits for the keys. `need` is what a
    call to a person from here is about. `neutral` binds every word to the handset test, but for
    the prompts in `plain`.
    """

    name: str
    kind: NodeKind
    say: tuple[Phrase, ...] = ()
    options: tuple[Option, ...] = ()
    tail: tuple[str, ...] = ("0", "9")
    once: tuple[Phrase, ...] = ()
    seconds: int = 8
    silence: str = ""
    back: str = ""
    brief: bool = False
    need: str = ""
    neutral: bool = False
    plain: tuple[str, ...] = ()
    lifeboat: bool = False


@dataclass(frozen=True)
class Menu:
    """The whole tree. `neutral` are the beginnings of prompt keys that anybody may overhear."""

    nodes: Mapping[str, Node]
    neutral: tuple[str, ...]

    @cached_property
    def parents(self) -> dict[str, str]:
        """Each node's way back: its own, or the first node that has an option to it."""
        parents = {node.name: node.back for node in self.nodes.values() if node.back}
        for node in self.nodes.values():
            for option in node.options:
                parents.setdefault(option.to, node.name)
        return parents

    def phrases(self) -> Iterator[tuple[Node, Phrase]]:
        """Every phrase that the tree says, with the node that says it."""
        for node in self.nodes.values():
            for phrase in (*node.say, *node.once):
                yield node, phrase


def read_node(name: str, row: Mapping[str, Any]) -> Node:
    """Read one node from its table; an unknown field is an error that names it."""
    fields = dict(row)
    fields["kind"] = NodeKind(fields["kind"])
    for name_of_phrases in ("say", "once"):
        fields[name_of_phrases] = tuple(read_phrase(one) for one in row.get(name_of_phrases, ()))
    fields["options"] = tuple(Option(**option) for option in row.get("options", ()))
    for name_of_tuple in ("tail", "plain"):
        if name_of_tuple in fields:
            fields[name_of_tuple] = tuple(fields[name_of_tuple])
    return Node(name=name, **fields)


def read_menu(source: Mapping[str, Any]) -> Menu:
    """Read the tree from the table that `menu.toml` holds."""
    nodes = {name: read_node(name, row) for name, row in source["node"].items()}
    return Menu(nodes=nodes, neutral=tuple(source["neutral"]))


def write_menu(menu: Menu) -> dict[str, Any]:
    """Write the tree as the table it is read from."""
    return {
        "neutral": list(menu.neutral),
        "node": {node.name: _write_node(node) for node in menu.nodes.values()},
    }


def _write_node(node: Node) -> dict[str, Any]:
    return {
        "kind": node.kind.value,
        "say": [write_phrase(one) for one in node.say],
        "options": [
            {"key": o.key, "label": o.label, "to": o.to, "region": o.region, "lifeboat": o.lifeboat}
            for o in node.options
        ],
        "tail": list(node.tail),
        "once": [write_phrase(one) for one in node.once],
        "seconds": node.seconds,
        "silence": node.silence,
        "back": node.back,
        "brief": node.brief,
        "need": node.need,
        "neutral": node.neutral,
        "plain": list(node.plain),
        "lifeboat": node.lifeboat,
    }


def load_menu(path: Path = SHIPPED) -> Menu:
    """Load the tree that ships with the line."""
    return read_menu(tomllib.loads(path.read_text(encoding="utf-8")))
