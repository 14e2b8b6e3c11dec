"""The words of the staff's pages, in the languages of the interface."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
FRENCH = re.compile(r"(?<=«) | (?=[?!:;»])")
NO_BREAK = "\u00a0"
FOLDER = Path(__file__).with_name("words")


@cache
def words(language: str) -> Mapping[str, str]:
    """Every text in one language, by its key; each page has a file of its own."""
    texts: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        texts |= {key: bound(row[language], language) for key, row in table.items()}
    return texts


def bound(text: str, language: str) -> str:
    """A text whose signs stay on the line of their words: French puts a space before some."""
    return FRENCH.sub(NO_BREAK, text) if language == "fr" else text


def say(language: str, key: str, **values: object) -> str:
    """One text. Raises KeyError for a key that there is not: a test walks every page."""
    text = words(language)[key]
    return text.format(**values) if values else text


def choose(asked: str, accepted: list[str]) -> str:
    """The language that was asked for, else the first accepted one that we have, else English."""
    for tag in (asked, *accepted):
        code = tag.partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"
