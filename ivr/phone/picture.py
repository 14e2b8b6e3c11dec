"""The menu as a picture: a tree that grows downwards, one row a node, drawn as SVG by the server.

The page marks where the call stands by the nodes' `data-node`, and its way by `data-parent`.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from ivr.call.dialogue import step_of
from ivr.call.edition import Edition
from prompts import Menu, Node, NodeKind

ROW, STEP, LEFT, WIDTH, RADIUS = 30, 15, 14, 400, 10
LETTER = 7.4
"""About how wide a letter of a label is, in the picture's units."""


@dataclass(frozen=True, slots=True)
class Row:
    """One node of the picture: how deep it stands, under which node, behind which key."""

    node: str
    parent: str
    depth: int
    key: str
    label: str


def rows(edition: Edition, language: str, titles: Mapping[str, str]) -> tuple[Row, ...]:
    """Every node once, under the one from which it is fewest steps away: a caller who presses 3
    sees herself behind the 3. `titles` name those that no option does; without a title a node is
    called by its own name.
    """
    menu, texts = edition.menu, edition.catalogue.texts.get(language, {})
    found: dict[str, Row] = {}
    below: dict[str, list[str]] = {}
    tops = [node.name for node in menu.nodes.values() if node.kind is NodeKind.LANGUAGES]
    for top in (*tops, *menu.nodes):
        waiting = deque([Row(top, "", 0, "", titles.get(top, top))])
        while waiting:
            row = waiting.popleft()
            if row.node in found:
                continue
            found[row.node] = row
            below.setdefault(row.parent, []).append(row.node)
            for key, prompt, to in _ways(menu, menu.nodes[row.node]):
                label = texts[prompt].words if prompt in texts else titles.get(to, to)
                waiting.append(Row(to, row.node, row.depth + 1, key, label))
    return tuple(found[name] for name in _downwards(below, ""))


def _downwards(below: Mapping[str, Sequence[str]], parent: str) -> Iterator[str]:
    for name in below.get(parent, ()):
        yield name
        yield from _downwards(below, name)


def _ways(menu: Menu, node: Node) -> Iterator[tuple[str, str, str]]:
    """Where a node leads: by its options, by silence, and by what it does by itself."""
    if node.kind is NodeKind.LANGUAGES:
        yield "", "", "main"
    for to in dict.fromkeys(option.to for option in node.options):
        options = [option for option in node.options if option.to == to]
        keys = options[0].key if len(options) == 1 else f"{options[0].key}–{options[-1].key}"
        yield keys, options[0].label if len(options) == 1 else "", to
    if node.kind is NodeKind.PERSON:
        yield from (("", "", name) for name in ("ended", "nobody") if name in menu.nodes)
    if node.kind is NodeKind.STEP:
        yield from (("", "", name) for name in step_of(node).leads if name in menu.nodes)
    if node.silence:
        yield "", "", node.silence


def draw(tree: tuple[Row, ...], title: str) -> str:
    """The picture of a tree, as an SVG element to stand in a page."""
    height = len(tree) * ROW
    svg = ET.Element(
        "svg",
        {"class": "tree", "viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-label": title},
    )
    places = {
        row.node: (LEFT + row.depth * STEP, index * ROW + ROW // 2)
        for index, row in enumerate(tree)
    }
    ways = ET.SubElement(svg, "g")
    for row in tree:
        if row.parent:
            _draw_way(ways, row, places)
        _draw_row(svg, row, places[row.node])
    return ET.tostring(svg, encoding="unicode")


def _draw_way(ways: ET.Element, row: Row, places: Mapping[str, tuple[int, int]]) -> None:
    """Draw the line that leads to a node. All lines lie under all nodes."""
    (left, top), (x, y) = places[row.parent], places[row.node]
    line = f"M{left} {top + RADIUS}V{y}H{x - RADIUS}"
    ET.SubElement(ways, "path", {"class": "way", "d": line, "data-way": row.node})


def _draw_row(svg: ET.Element, row: Row, place: tuple[int, int]) -> None:
    x, y = place
    group = ET.SubElement(
        svg, "g", {"class": "node", "data-node": row.node, "data-parent": row.parent}
    )
    ET.SubElement(group, "title").text = row.label
    left, top = x - RADIUS - 3, y - ROW // 2 + 2
    box = {"x": left, "y": top, "width": WIDTH - left, "height": ROW - 4, "rx": RADIUS + 3}
    ET.SubElement(group, "rect", {"class": "frame", **{k: str(v) for k, v in box.items()}})
    ET.SubElement(group, "circle", {"class": "dot", "cx": str(x), "cy": str(y), "r": str(RADIUS)})
    _write(group, "key wide" if len(row.key) > 1 else "key", x, y, row.key)
    most = int((WIDTH - x - 2 * RADIUS) / LETTER)
    fits = len(row.label) <= most
    _write(group, "label", x + RADIUS + 8, y,
           row.label if fits else row.label[: most - 1].rstrip() + "…")  # fmt: skip


def _write(group: ET.Element, kind: str, x: int, y: int, words: str) -> None:
    ET.SubElement(group, "text", {"class": kind, "x": str(x), "y": str(y)}).text = words
