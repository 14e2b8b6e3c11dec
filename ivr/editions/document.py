"""An edition as one JSON document: everything that a call needs of it, in the order it is said."""

from collections.abc import Mapping
from typing import Any

from ivr.call.edition import Edition
from prompts import Catalogue, Origin, Recording, Text, TextState
from prompts.language import read_languages, write_languages
from prompts.menu import read_menu, write_menu

Content = Mapping[str, Any]


def write_edition(edition: Edition) -> dict[str, Any]:
    """Write an edition down; its number and digest are not part of what it says."""
    return {
        "menu": write_menu(edition.menu),
        "languages": write_languages(edition.languages),
        "texts": {
            language: {key: _write_text(text) for key, text in texts.items()}
            for language, texts in edition.catalogue.texts.items()
        },
        "recordings": {
            language: {key: write_recording(one) for key, one in recordings.items()}
            for language, recordings in edition.recordings.items()
        },
    }


def read_edition(number: int, digest: str, content: Content) -> Edition:
    """Read an edition back. Raises KeyError, TypeError or ValueError when it is none."""
    edition = Edition(
        number=number,
        digest=digest,
        menu=read_menu(content["menu"]),
        languages=read_languages(content["languages"]),
        catalogue=Catalogue(
            {
                language: {key: _read_text(key, row) for key, row in texts.items()}
                for language, texts in content["texts"].items()
            }
        ),
        recordings={
            language: {key: read_recording(row) for key, row in recordings.items()}
            for language, recordings in content["recordings"].items()
        },
    )
    warm(edition)
    return edition


def warm(edition: Edition) -> None:
    """Work out now what every call asks of an edition, so that no caller waits for it."""
    for rehearsal in (False, True):
        edition.offered(rehearsal=rehearsal)
    edition.menu.parents  # noqa: B018  # a cached property


def _write_text(text: Text) -> dict[str, str]:
    return {"words": text.words, "state": text.state.value, "note": text.note}


def _read_text(key: str, row: Mapping[str, str]) -> Text:
    return Text(key, row["words"], TextState(row["state"]), row["note"])


def write_recording(one: Recording) -> dict[str, str | float]:
    """Write down what is known of a recording."""
    return {
        "digest": one.digest,
        "seconds": one.seconds,
        "text": one.text,
        "origin": one.origin.value,
    }


def read_recording(row: Mapping[str, Any]) -> Recording:
    """Read it back. Raises KeyError or ValueError."""
    return Recording(row["digest"], row["seconds"], row["text"], Origin(row["origin"]))
