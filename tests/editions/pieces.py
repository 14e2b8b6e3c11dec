"""Editions for rules: small ones that differ in everything that can differ."""

from dataclasses import replace

from hypothesis import strategies as st

from ivr.call.edition import Edition
from ivr.editions.normal import named
from ivr.editions.ship import shipped_edition
from prompts import (
    Catalogue,
    Language,
    Menu,
    Node,
    NodeKind,
    Option,
    Origin,
    Recording,
    Text,
    TextState,
    Tier,
    Words,
)

KEYS = ("a.one", "b.two", "c.three")
CODES = ("en", "nl", "ro")
WORDS = ("", "yes", "no", "né ça")

texts = st.builds(
    Text, st.just(""), st.sampled_from(WORDS), st.sampled_from(TextState),
    st.sampled_from(["", "a note"]),
)  # fmt: skip
catalogues = st.builds(
    Catalogue,
    st.dictionaries(
        st.sampled_from(CODES),
        st.permutations(KEYS).flatmap(
            lambda keys: st.fixed_dictionaries({}, optional=dict.fromkeys(keys, texts))
        ),
    ),
)
recordings = st.builds(
    Recording, st.sampled_from(["a" * 64, "b" * 64]), st.sampled_from([1.0, 2.5]),
    st.sampled_from(["", "0123456789abcdef"]), st.sampled_from(Origin),
)  # fmt: skip
shelves = st.dictionaries(
    st.sampled_from(CODES), st.dictionaries(st.sampled_from(KEYS), recordings)
)
options = st.builds(
    Option, st.sampled_from("12"), st.sampled_from(KEYS), st.sampled_from(["one", "two"])
)
nodes = st.builds(
    Node, st.just(""), st.sampled_from(NodeKind),
    say=st.lists(st.builds(Words, st.sampled_from(KEYS)), max_size=2).map(tuple),
    options=st.lists(options, max_size=2).map(tuple), neutral=st.booleans(),
)  # fmt: skip
NAMES = ("one", "two", "three")
menus = st.builds(
    Menu,
    st.permutations(NAMES).flatmap(
        lambda names: st.fixed_dictionaries({}, optional=dict.fromkeys(names, nodes))
    ).map(lambda found: {name: replace(node, name=name) for name, node in found.items()}),
    st.lists(st.sampled_from(["a.", "b."]), max_size=2, unique=True).map(tuple),
)  # fmt: skip
rows = st.builds(
    Language, st.just(""), st.just("x"), st.just("xx-BE"), st.sampled_from(Tier),
    st.just(1), st.sampled_from("123"), st.just(""), st.just(("word",)),
)  # fmt: skip
languages = st.dictionaries(st.sampled_from(CODES), rows).map(
    lambda found: tuple(replace(row, code=code) for code, row in found.items())
)
editions = st.builds(
    Edition, st.just(1), st.just(""), menus, languages, catalogues, shelves
).map(named)  # fmt: skip
"""Any edition in order, with at most three of everything."""


def with_words(words: str, *, key: str = "main.info", language: str = "nl") -> Edition:
    """What ships with other words for one prompt."""
    shipped = shipped_edition()
    texts = dict(shipped.catalogue.texts[language])
    texts[key] = replace(texts[key], words=words)
    return named(
        replace(shipped, catalogue=Catalogue({**shipped.catalogue.texts, language: texts}))
    )
