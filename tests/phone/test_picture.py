"""The picture holds every node once, each where a caller comes to it."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from ivr.phone.picture import draw, rows
from prompts import Menu, Node, NodeKind, Option
from tests.worlds import shipped_edition

TITLES = {"languages": "Languages", "main": "Main menu", "person": "Somebody is rung"}


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_node_stands_in_the_picture_once_and_is_named(language: str) -> None:
    edition = shipped_edition()
    tree = rows(edition, language, TITLES)
    assert sorted(row.node for row in tree) == sorted(edition.menu.nodes)
    assert all(row.label for row in tree)


def test_a_node_stands_under_the_one_that_leads_to_it_behind_its_key() -> None:
    tree = {row.node: row for row in rows(shipped_edition(), "en", TITLES)}
    assert (tree["main"].parent, tree["main"].key, tree["main"].label) == (
        "languages",
        "",
        "Main menu",
    )
    assert (tree["info"].parent, tree["info"].key) == ("main", "4")
    assert (tree["callback"].parent, tree["callback"].key) == ("main", "3")
    assert (tree["person"].parent, tree["person"].key) == ("region", "1–3")
    assert tree["nobody"].parent == "person"
    assert tree["happening.work"].depth == 4
    seen: set[str] = set()
    for row in tree.values():
        assert row.parent in seen | {""}, "a parent stands above its children"
        seen.add(row.node)


def test_a_circle_in_the_menu_is_drawn_once_and_a_lonely_node_too() -> None:
    menu = Menu(
        nodes={
            "start": Node("start", NodeKind.MENU, options=(Option("1", "", "start"),)),
            "alone": Node("alone", NodeKind.TOPIC),
        },
        neutral=(),
    )
    tree = rows(replace(shipped_edition(), menu=menu), "en", {})
    assert [(row.node, row.depth, row.label) for row in tree] == [
        ("start", 0, "start"),
        ("alone", 0, "alone"),
    ]


def test_the_picture_is_well_formed_and_says_everything_even_what_it_cuts_short() -> None:
    tree = rows(shipped_edition(), "nl", TITLES)
    svg = ET.fromstring(draw(tree, 'The "menu" & more'))  # noqa: S314  # our own
    assert svg.attrib["aria-label"] == 'The "menu" & more'
    groups = svg.findall(".//g[@data-node]")
    assert [group.attrib["data-node"] for group in groups] == [row.node for row in tree]
    assert [group.findtext("title") for group in groups] == [row.label for row in tree]
    ways = {way.attrib["data-way"] for way in svg.findall(".//path")}
    assert ways == {row.node for row in tree if row.parent}
    cut = [
        group for group in groups if (group.findtext("text[@class='label']") or "").endswith("…")
    ]
    assert cut
    for group in cut:
        shown = (group.findtext("text[@class='label']") or "").removesuffix("…")
        assert (group.findtext("title") or "").startswith(shown)
