"""Rules about the tree itself, seen without walking it."""

from collections.abc import Iterator

from ivr.call.dialogue import STEPS, step_of
from ivr.call.needs import nodes_of, options_of
from ivr.call.proof.finding import Finding
from ivr.call.screen import TAIL
from ivr.call.world import World
from prompts import Menu, Node, NodeKind, Tier

MOST_OPTIONS = 5
REGIONS = ("", "flanders", "brussels", "wallonia")
STARTS = {
    "languages": NodeKind.LANGUAGES,
    "main": NodeKind.MENU,
    "person": NodeKind.PERSON,
    "ended": NodeKind.MENU,
    "nobody": NodeKind.MENU,
    "goodbye": NodeKind.FAREWELL,
    "safety": NodeKind.FAREWELL,
}
UNWALKABLE = (
    "every start exists",
    "every option has a target",
    "silence has a target",
    "every key has a name",
    "a language is offered",
)
"""Rules without which the machine cannot be walked."""


def shape(world: World) -> Iterator[Finding]:
    """Everything that is wrong with nodes, options and keys."""
    menu = world.edition.menu
    yield from _starts(menu)
    for node in menu.nodes.values():
        yield from _options(menu, node)
        yield from _silence(menu, node)
    for tier in Tier:
        yield from _reachable(menu, tier)
    yield from _questions(menu)
    yield from _languages(world)


def _starts(menu: Menu) -> Iterator[Finding]:
    for name, kind in STARTS.items():
        node, rule = menu.nodes.get(name), "every start exists"
        if node is None:
            yield Finding(rule, f"node {name}", "The line needs this node.", "Add it.")
        elif node.kind is not kind:
            yield Finding(rule, f"node {name}", f"It is a {node.kind}.", f'Set kind = "{kind}".')
        elif not node.lifeboat:
            yield Finding(rule, f"node {name}", "The short tree lacks it.", "Set lifeboat = true.")
    for name in STEPS:
        step = menu.nodes.get(name)
        if step is None or step.kind is not NodeKind.STEP:
            what, do = "The line needs this step.", 'Add it, with kind = "step".'
            yield Finding("every start exists", f"node {name}", what, do)


def _options(menu: Menu, node: Node) -> Iterator[Finding]:
    where = f"node {node.name}"
    keys = [option.key for option in node.options]
    if node.kind is NodeKind.MENU and not node.options:
        yield Finding("every menu has options", where, "It has none.", "Give it at least one.")
    if node.kind not in (NodeKind.MENU, NodeKind.STEP) and node.options:
        what = f"A {node.kind} never speaks its options."
        yield Finding("every menu has options", where, what, "Take them away.")
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
        if key not in TAIL:
            what = f"The tail cannot speak {key!r}."
            yield Finding("every key has a name", where, what, "Take 0 or 9.")


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


def _reachable(menu: Menu, tier: Tier) -> Iterator[Finding]:
    nodes = {node.name: node for node in nodes_of(menu, tier)}
    seen, open_ends = set[str](), [name for name in STARTS if name in nodes]
    while open_ends:
        name = open_ends.pop()
        if name in seen or name not in nodes:
            continue
        seen.add(name)
        open_ends += [option.to for option in options_of(nodes[name], tier)]
        open_ends += leads(nodes[name])
    for name in sorted(set(nodes) - seen):
        yield Finding(
            "every node is reachable",
            f"node {name}",
            f"No option leads to it in the {tier} tree.",
            "Add an option, or remove the node.",
        )
    for name in seen:
        yield from _leaving(menu, nodes, nodes[name], tier)


def leads(node: Node) -> tuple[str, ...]:
    """Where a step goes on to by itself."""
    return step_of(node).leads if node.kind is NodeKind.STEP else ()


def _leaving(menu: Menu, nodes: dict[str, Node], node: Node, tier: Tier) -> Iterator[Finding]:
    """Ways that lead out of the tree of a tier: by a key, by the key nine, by silence."""
    ways = [(f"key {option.key}", option.to) for option in options_of(node, tier)]
    ways += [("key 9", menu.parents.get(node.name, "main"))]
    ways += [("silence", node.silence)] if node.silence else []
    ways += [("what it does by itself", to) for to in leads(node)]
    for by, to in ways:
        if to in menu.nodes and to not in nodes:
            yield Finding(
                "every option has a target",
                f"node {node.name}, {by}",
                f"{to!r} is not in the {tier} tree.",
                "Mark it as lifeboat too.",
            )


def _questions(menu: Menu) -> Iterator[Finding]:
    yield from _regions(menu)
    for node in menu.nodes.values():
        if node.kind is NodeKind.STEP and node.name not in STEPS:
            yield Finding(
                "only the listed questions",
                f"node {node.name}",
                "It is no step of booking, nor of her own callback.",
                'Set kind = "menu".',
            )


def _regions(menu: Menu) -> Iterator[Finding]:
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
                one.code,
            )
        taken.add((one.page, one.key))
    if not world.edition.offered(rehearsal=world.rehearsal):
        what = "No language can be offered."
        yield Finding("a language is offered", "the line", what, "Complete one.")
