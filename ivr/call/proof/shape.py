"""Rules about the tree itself, seen without walking it."""

from collections.abc import Iterator

from ivr.call.needs import nodes_of, options_of
from ivr.call.proof.finding import Finding
from ivr.call.world import World
from prompts import Digits, Menu, Node, NodeKind, Open, Places, Tier

RESERVED = ("0", "9", "*", "#")
MOST_OPTIONS = 5
MOST_LANGUAGES = 8
REGIONS = ("", "flanders", "brussels", "wallonia")
STARTS = ("languages", "main", "person", "ended", "nobody", "goodbye", "safety")


def shape(world: World) -> Iterator[Finding]:
    """Everything that is wrong with nodes, options and keys."""
    menu = world.edition.menu
    for name in STARTS:
        if name not in menu.nodes:
            yield Finding("every start exists", name, "The line needs this node.", "Add it.")
    for node in menu.nodes.values():
        yield from _options(menu, node)
        yield from _silence(menu, node)
        yield from _phrases(world, node)
    for tier in Tier:
        yield from _reachable(menu, tier)
    yield from _questions(menu)
    yield from _languages(world)


def _options(menu: Menu, node: Node) -> Iterator[Finding]:
    where = f"node {node.name}"
    keys = [option.key for option in node.options]
    if node.kind is NodeKind.MENU and not node.options:
        yield Finding("every menu has options", where, "It has none.", "Give it at least one.")
    if len(keys) > MOST_OPTIONS:
        yield Finding("at most five options", where, f"It has {len(keys)}.", "Move some elsewhere.")
    yield from _keys(node, keys)
    for option in node.options:
        if option.to not in menu.nodes:
            yield Finding(
                "every option has a target",
                f"{where}, key {option.key}",
                f"There is no node {option.to!r}.",
                "Name one that exists.",
            )


def _keys(node: Node, keys: list[str]) -> Iterator[Finding]:
    where = f"node {node.name}"
    for key in keys:
        if len(key) != 1 or key not in "12345678":
            yield Finding("keys", where, f"The key {key!r} is reserved.", "Take 1 to 5.")
        if keys.count(key) > 1:
            yield Finding("keys", where, f"The key {key} is there twice.", "Keep one of them.")
    for key in node.tail:
        if key not in RESERVED:
            yield Finding("keys", where, f"The tail cannot speak {key!r}.", "Take 0 or 9.")


def _silence(menu: Menu, node: Node) -> Iterator[Finding]:
    if node.silence and node.silence not in menu.nodes:
        yield Finding(
            "silence has a target",
            f"node {node.name}",
            f"There is no node {node.silence!r}.",
            "Name one that exists, or leave it empty.",
        )
    if not 1 <= node.seconds <= 15:
        yield Finding("time-outs", f"node {node.name}", f"{node.seconds} s.", "Take 1 to 15 s.")


def _phrases(world: World, node: Node) -> Iterator[Finding]:
    for phrase in (*node.say, *node.once):
        match phrase:
            case Digits(place) | Open(place) if place not in world.directory.by_id:
                yield Finding(
                    "every number is known",
                    f"node {node.name}",
                    f"The directory has no {place!r}.",
                    "Add it, or take the phrase away.",
                )
            case Places(need) if not any(need in c.needs for c in world.directory.centres):
                yield Finding(
                    "every number is known",
                    f"node {node.name}",
                    f"No centre meets the need {need!r}.",
                    "Give it to a centre of the directory.",
                )


def _reachable(menu: Menu, tier: Tier) -> Iterator[Finding]:
    nodes = {node.name: node for node in nodes_of(menu, tier)}
    seen, open_ends = set[str](), [name for name in STARTS if name in nodes]
    while open_ends:
        name = open_ends.pop()
        if name in seen or name not in nodes:
            continue
        seen.add(name)
        open_ends += [option.to for option in options_of(nodes[name], tier)]
    for name in sorted(set(nodes) - seen):
        yield Finding(
            "every node is reachable",
            f"node {name}",
            f"No option leads to it in the {tier} tree.",
            "Add an option, or remove the node.",
        )
    for name in seen:
        for option in options_of(nodes[name], tier):
            if option.to in menu.nodes and option.to not in nodes:
                yield Finding(
                    "every option has a target",
                    f"node {name}, key {option.key}",
                    f"{option.to!r} is not in the {tier} tree.",
                    "Mark it as lifeboat too.",
                )


def _questions(menu: Menu) -> Iterator[Finding]:
    asking = [node for node in menu.nodes.values() if any(o.region for o in node.options)]
    for node in asking:
        if node.silence != "person":
            yield Finding(
                "only the listed questions",
                f"node {node.name}",
                "The question cannot be skipped.",
                'Set silence = "person".',
            )
        for option in node.options:
            if option.region not in REGIONS:
                yield Finding(
                    "only the listed questions",
                    f"node {node.name}, key {option.key}",
                    f"It asks for {option.region!r}.",
                    "Ask for a region only.",
                )
    for node in asking[1:]:
        yield Finding(
            "only the listed questions",
            f"node {node.name}",
            "The region is asked twice.",
            "Ask it once.",
        )


def _languages(world: World) -> Iterator[Finding]:
    taken = set[tuple[int, str]]()
    for one in world.edition.languages:
        where = f"language {one.code}"
        if (one.page, one.key) in taken or one.key not in "12345678" or len(one.key) != 1:
            yield Finding(
                "keys",
                where,
                f"Key {one.key} on page {one.page} is taken or reserved.",
                "Give it a key of its own, 1 to 8.",
            )
        taken.add((one.page, one.key))
    if not world.edition.offered(rehearsal=world.rehearsal):
        yield Finding("languages", "the line", "No language can be offered.", "Complete one.")
