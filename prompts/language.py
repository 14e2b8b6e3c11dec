"""The languages of the line: their keys, their tiers, and what must not be overheard in them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("languages.toml")


class Tier(StrEnum):
    """How much of the menu a language has: everything, or the short tree that helps sooner."""

    FULL = "full"
    LIFEBOAT = "lifeboat"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code in files and keys, its tier, and its place on the language page.

    `tag` is the BCP 47 tag that voices are matched by; `voice` the carrier's own voice that may
    speak a prompt that has no recording (empty: none may); `alarm` holds the beginnings of words
    that no neutral prompt may contain.
    """

    code: str
    name: str
    tag: str
    tier: Tier
    page: int
    key: str
    voice: str
    alarm: tuple[str, ...]


def read_languages(source: Mapping[str, Any]) -> tuple[Language, ...]:
    """Read the languages from the table that `languages.toml` holds, in the order of their keys."""
    languages = (
        Language(
            code=code,
            name=row["name"],
            tag=row["tag"],
            tier=Tier(row["tier"]),
            page=row.get("page", 1),
            key=row["key"],
            voice=row.get("voice", ""),
            alarm=tuple(row["alarm"]),
        )
        for code, row in source.items()
    )
    return tuple(sorted(languages, key=lambda language: (language.page, language.key)))


def write_languages(languages: tuple[Language, ...]) -> dict[str, dict[str, Any]]:
    """Write the languages as the table they are read from."""
    return {
        one.code: {
            "name": one.name,
            "tag": one.tag,
            "tier": one.tier.value,
            "page": one.page,
            "key": one.key,
            "voice": one.voice,
            "alarm": list(one.alarm),
        }
        for one in languages
    }


def load_languages(path: Path = SHIPPED) -> tuple[Language, ...]:
    """Load the languages that ship with the line."""
    return read_languages(tomllib.loads(path.read_text(encoding="utf-8")))
