"""What the page is drawn from: the words, the numbers that can be rung, the picture of the menu."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.pretended import EARLIEST, LATEST
from ivr.phone.hearing import Ear
from ivr.phone.pair import CALLER, OPERATOR
from ivr.phone.picture import draw, rows
from ivr.phone.words import LANGUAGES, words
from routing.directory import AccessNumber, Purpose

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")
LETTERS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv",
           "9": "wxyz", "0": "+"}  # fmt: skip
SHARED = (
    "who.", "phase.", "carrier.", "other.", "place.", "state.clear", "sound.", "hears.", "time.",
    "from.bad", "at.bad", "title", "rings.",
)  # fmt: skip
"""Beginnings of the texts that the script needs too."""


def page(ear: Ear, language: str) -> Mapping[str, Any]:
    """Everything that the template names."""
    texts = words(language)
    edition = ear.edition
    titles = {key.removeprefix("node."): text for key, text in texts.items() if key[:5] == "node."}
    tree = rows(edition, language, titles)
    return {
        "language": language,
        "languages": LANGUAGES,
        "words": texts,
        "shared": {key: text for key, text in texts.items() if key.startswith(SHARED)},
        "picture": Markup(draw(tree, texts["menu"])),  # noqa: S704 (made by ElementTree)
        "keys": [(key, LETTERS.get(key, ""), spoken(key, texts)) for key in KEYS],
        "numbers": [
            (one.number, label(one, texts)) for one in ear.line.world("rehearsal").directory.access
        ],
        "answers": [(one.value, texts[f"answers.{one.value}"]) for one in Answer],
        "caller": CALLER,
        "operator": OPERATOR,
        "earliest": f"{EARLIEST:%Y-%m-%dT%H:%M}",
        "latest": f"{LATEST:%Y-%m-%dT%H:%M}",
        "zone": ear.line.world("rehearsal").directory.zone,
    }


def spoken(key: str, texts: Mapping[str, str]) -> str:
    """The name of a key for who does not see it."""
    return {"*": texts["star"], "#": texts["hash"]}.get(key, key)


def label(access: AccessNumber, texts: Mapping[str, str]) -> str:
    """What there is to know of one of our numbers."""
    if access.purpose is Purpose.OUTBOUND:
        return f"{access.number} · {texts['to.outbound']}"
    parts = [access.number, texts[f"to.{access.cost.value}"]]
    if access.bound:
        name = LANGUAGES.get(access.language, access.language)
        parts.append(texts["to.bound"].format(language=name))
    return " · ".join(parts)
