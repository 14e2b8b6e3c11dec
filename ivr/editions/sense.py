"""Whether what comes from outside is what it should be: in plain sentences, everything at once.

The readers of `prompts` trust their files. What staff send or import may hold anything, and must
neither break a call nor what an edition is written in.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from ivr.call.edition import Edition
from prompts import Language, Menu, Recording, Text, TextState

KEY = re.compile(r"(?=.{3,64}\Z)[a-z0-9]{1,20}(\.[a-z0-9]{1,20}){1,3}")
CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
NODE = re.compile(r"[a-z0-9]{1,32}([._-][a-z0-9]{1,31})?")
DIGEST = re.compile(r"[0-9a-f]{64}")
TEXT = re.compile(r"([0-9a-f]{16})?")
LONGEST_TEXT = 5000
"""Characters; the longest that a recording of 45 s can speak is far under it."""
LONGEST_RECORDING = 60.0
"""Seconds that can be kept at all; what callers may hear at once is the checker's."""
MOST_NODES, MOST_LANGUAGES, MOST_KEYS = 500, 60, 2000
_UNSEEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


def problems(edition: Edition) -> Iterator[str]:
    """What is wrong with the values of an edition; nothing about what they lead to."""
    yield from _sizes(edition)
    yield from of_menu(edition.menu)
    for language in edition.languages:
        yield from of_language(language)
    for code, texts in edition.catalogue.texts.items():
        yield from _matching(CODE, code, "no code of a language")
        for key, text in texts.items():
            yield from of_text(code, key, text)
    for code, recordings in edition.recordings.items():
        yield from _matching(CODE, code, "no code of a language")
        for key, recording in recordings.items():
            yield from of_recording(code, key, recording)


def of_menu(menu: Menu) -> Iterator[str]:
    """What is wrong with the values of a tree."""
    if not is_a(menu.neutral, tuple[str, ...]):
        yield "neutral must be a list of words."
    for name, node in menu.nodes.items():
        yield from _matching(NODE, name, "no name of a node")
        if not is_a(node, type(node)) or node.seconds not in range(1, 61):
            yield f"Node {name} holds a value of the wrong kind."
        elif any(not re.fullmatch("[0-9]", one.key) for one in node.options):
            yield f"Node {name} has an option on something else than a digit."


def of_language(row: Language) -> Iterator[str]:
    """What is wrong with the values of a language."""
    yield from _matching(CODE, row.code, "no code of a language")
    right = is_a(row, Language) and re.fullmatch("[0-9]", row.key) and row.page in range(1, 10)
    if not right or not all(map(speakable, (row.name, row.tag, row.voice, *row.alarm))):
        yield f"Language {row.code} holds a value of the wrong kind."


def of_text(code: str, key: str, text: Text) -> Iterator[str]:
    """What is wrong with a text."""
    yield from _matching(KEY, key, "no key of a text")
    where = f"The text {key} in {code}"
    if not is_a(text, Text) or not speakable(text.words):
        yield f"{where} holds characters that nobody can say."
    elif max(len(text.words), len(text.note)) > LONGEST_TEXT:
        yield f"{where} is too long: at most {LONGEST_TEXT} characters."
    elif text.note and not all(map(_tidy, text.note.split("\n"))):
        yield f"The note of {key} holds characters that nobody can read."
    elif (text.state is TextState.MISSING) == bool(text.words.strip()):
        yield f"{where} is {text.state.value}: its words and its state do not go together."


def of_recording(code: str, key: str, one: Recording) -> Iterator[str]:
    """What is wrong with what is said of a recording."""
    yield from _matching(KEY, key, "no key of a recording")
    right = is_a(one, Recording) and DIGEST.fullmatch(one.digest) and TEXT.fullmatch(one.text)
    if not right or not 0 < one.seconds <= LONGEST_RECORDING:
        yield f"What is said of the recording {key} in {code} makes no sense."


def speakable(words: str) -> bool:
    """Whether a text is one line of characters that can be seen, in the form that digests take."""
    return not any(unicodedata.category(one) in _UNSEEN for one in words)


def _tidy(line: str) -> bool:
    return bool(line) and line == line.strip() and speakable(line)


def is_a(value: object, hint: Any) -> bool:
    """Whether a value is what its annotation says, all the way down."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return isinstance(value, tuple) and all(is_a(one, inner) for one in value)
    if get_args(hint):
        return any(is_a(value, one) for one in get_args(hint))
    if hint is float:
        return type(value) in (int, float)
    if not isinstance(hint, type) or not is_dataclass(hint):
        return isinstance(value, hint) if issubclass(hint, Enum) else type(value) is hint
    hints = get_type_hints(hint)
    named = isinstance(value, hint) and all(
        is_a(getattr(value, one.name), hints[one.name]) for one in fields(hint)
    )
    return bool(named)


def _sizes(edition: Edition) -> Iterator[str]:
    texts = edition.catalogue.texts
    keys = max((len(own) for own in texts.values()), default=0)
    many = (len(edition.menu.nodes), MOST_NODES, "nodes"), (keys, MOST_KEYS, "texts")
    for count, most, what in (*many, (len(texts), MOST_LANGUAGES, "languages")):
        if count > most:
            yield f"There are {count} {what}; at most {most}."


def _matching(pattern: re.Pattern[str], value: object, what: str) -> Iterator[str]:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        yield f"{str(value)[:80]!r} is {what}."
