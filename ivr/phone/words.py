"""The words of the telephone's own page, in the languages of the interface."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
SOURCE = Path(__file__).with_name("words.toml")


@cache
def words(language: str) -> Mapping[str, str]:
    """Every text of the page in one language, by its key."""
    table = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {key: row[language] for key, row in table.items()}


def choose(asked: str, accepted: list[str]) -> str:
    """The language that was asked for, else the first accepted one that we have, else English."""
    for tag in (asked, *accepted):
        code = tag.partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"
