"""The tree as data: read, written back, and what leads where in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import (
    Cost,
    Digits,
    Menu,
    Node,
    NodeKind,
    Open,
    Option,
    Phrase,
    Places,
    Words,
    load_languages,
    load_menu,
)
from prompts.language import read_languages, write_languages
from prompts.menu import read_menu, read_node, write_menu
from prompts.phrase import read_phrase, write_phrase

NAMES = st.from_regex(r"[a-z][a-z0-9.]{0,12}", fullmatch=True)
PHRASES: st.SearchStrategy[Phrase] = st.one_of(
    st.builds(Words, NAMES, st.sampled_from(["", "nl", "pt-BR"])),
    st.builds(Digits, NAMES),
    st.builds(Open, NAMES),
    st.builds(Places, NAMES),
    st.just(Cost()),
)
OPTIONS = st.builds(Option, NAMES, NAMES, NAMES, NAMES, st.booleans())
NODES = st.builds(
    Node,
    NAMES,
    st.sampled_from(list(NodeKind)),
    say=st.lists(PHRASES, max_size=3).map(tuple),
    options=st.lists(OPTIONS, max_size=3).map(tuple),
    tail=st.sampled_from([(), ("0",), ("0", "9")]),
    once=st.lists(PHRASES, max_size=2).map(tuple),
    seconds=st.integers(1, 15),
    silence=st.just("") | NAMES,
    brief=st.booleans(),
    need=st.just("") | NAMES,
    neutral=st.booleans(),
    plain=st.lists(NAMES, max_size=2).map(tuple),
    lifeboat=st.booleans(),
)


@given(PHRASES)
def test_a_phrase_comes_back_as_it_was_written(phrase: Phrase) -> None:
    assert read_phrase(write_phrase(phrase)) == phrase


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("now.dial", Words("now.dial")),
        ("nl:speaker.ask", Words("speaker.ask", "nl")),
        ("@police", Digits("police")),
        ("%reporting", Open("reporting")),
        ("&talk", Places("talk")),
        ("$cost", Cost()),
    ],
)
def test_each_way_to_write_a_phrase(written: str, phrase: Phrase) -> None:
    assert read_phrase(written) == phrase
    assert write_phrase(phrase) == written


@given(st.lists(NODES, max_size=4, unique_by=lambda node: node.name), st.lists(NAMES, max_size=2))
def test_any_menu_comes_back_as_it_was_written(nodes: list[Node], neutral: list[str]) -> None:
    menu = Menu({node.name: node for node in nodes}, tuple(neutral))
    assert read_menu(write_menu(menu)) == menu


def test_the_shipped_menu_comes_back_as_it_was_written_in_its_order() -> None:
    menu = load_menu()
    back = read_menu(write_menu(menu))
    assert back == menu
    assert list(back.nodes) == list(menu.nodes)


def test_the_shipped_languages_come_back_as_they_were_written() -> None:
    languages = load_languages()
    assert [one.code for one in languages] == ["nl", "fr", "de", "en"]
    assert read_languages(write_languages(languages)) == languages


def test_languages_come_in_the_order_of_their_pages_and_keys_on_page_one_unless_told() -> None:
    row = {"name": "X", "tag": "x", "tier": "full", "alarm": []}
    read = read_languages(
        {"a": {**row, "page": 2, "key": "1"}, "b": {**row, "key": "3"}, "c": {**row, "key": "2"}}
    )
    assert [(one.code, one.page, one.voice) for one in read] == [
        ("c", 1, ""), ("b", 1, ""), ("a", 2, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("tier", ["half", ""])
def test_a_tier_that_does_not_exist_is_refused_by_name(tier: str) -> None:
    row = {"name": "X", "tag": "x", "tier": tier, "alarm": [], "key": "1"}
    with pytest.raises(ValueError, match=f"'{tier}' is not a valid Tier"):
        read_languages({"x": row})


def test_a_node_that_says_nothing_of_itself_has_the_usual() -> None:
    node = read_node("x", {"kind": "menu"})
    assert node == Node("x", NodeKind.MENU)
    assert (node.tail, node.seconds, node.silence) == (("0", "9"), 8, "")


@pytest.mark.parametrize(
    ("row", "error", "names"),
    [
        ({"kind": "menu", "timeout": 4}, TypeError, "timeout"),
        ({"kind": "menu", "options": [{"key": "1", "label": "a", "goes": "b"}]}, TypeError, "goes"),
        ({"kind": "riddle"}, ValueError, "riddle"),
        ({}, KeyError, "kind"),
    ],
)
def test_what_a_node_cannot_have_is_refused_by_name(
    row: dict[str, object], error: type[Exception], names: str
) -> None:
    with pytest.raises(error, match=names):
        read_node("x", row)


def test_the_way_back_is_the_first_node_that_leads_somewhere() -> None:
    menu = load_menu()
    assert menu.parents["papers"] == "info"
    assert menu.parents["self.traces"] == "self"
    assert menu.parents["region"] == "main"
    assert not {"languages", "ended", "nobody", "goodbye", "safety"} & set(menu.parents)
    rows = {"b": {"kind": "menu", "options": [{"key": "1", "label": "l", "to": "x"}]},
            "a": {"kind": "menu", "options": [{"key": "1", "label": "l", "to": "x"}]},
            "x": {"kind": "topic"}}  # fmt: skip
    assert read_menu({"node": rows, "neutral": []}).parents == {"x": "b"}


def test_every_phrase_of_the_tree_comes_with_its_node() -> None:
    said = [(node.name, phrase) for node, phrase in load_menu().phrases()]
    assert ("help.1712", Digits("1712")) in said
    assert ("main", Cost()) in said
    assert ("speaker", Words("speaker.ask", "fr")) in said


def test_another_file_may_hold_the_menu(tmp_path: Path) -> None:
    file = tmp_path / "menu.toml"
    file.write_text('neutral = ["a."]\n[node.main]\nkind = "menu"\n', encoding="utf-8")
    assert load_menu(file) == Menu({"main": Node("main", NodeKind.MENU)}, ("a.",))
