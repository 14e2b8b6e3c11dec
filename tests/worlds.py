"""Worlds for tests: the shipped edition and directory, at a moment of one's choice."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from ivr.call.edition import Edition
from ivr.call.world import World
from prompts import (
    Catalogue,
    Origin,
    Recording,
    load_catalogue,
    load_languages,
    load_menu,
)
from routing.centres import load_directory
from routing.directory import Directory

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)
CALLER_ID = "+12025550100"  # an example: nobody's number


def recorded(catalogue: Catalogue) -> dict[str, dict[str, Recording]]:
    """A recording of every text, as long as it takes to read it aloud: for worlds without sound."""
    return {
        language: {
            key: Recording(
                sha256(f"{language} {key}".encode()).hexdigest(),
                round(0.2 + 0.055 * len(text.words), 2),
                text.digest,
                Origin.SYNTHETIC,
            )
            for key, text in texts.items()
        }
        for language, texts in catalogue.texts.items()
    }


@cache
def shipped_edition() -> Edition:
    """The edition that ships, with the time that its words take to read."""
    catalogue = load_catalogue()
    return Edition(1, "shipped", load_menu(), load_languages(), catalogue, recorded(catalogue))


@cache
def shipped_directory() -> Directory:
    """The directory that ships."""
    return load_directory()


def world(
    at: datetime = MONDAY_MORNING,
    *,
    edition: Edition | None = None,
    directory: Directory | None = None,
    carrier: str = "rehearsal",
) -> World:
    """A world at a moment, with what ships unless something else is given."""
    return World(
        edition or shipped_edition(),
        directory or shipped_directory(),
        at,
        carrier,
        CALLER_ID,
        carrier == "rehearsal",
    )


def line_number(directory: Directory | None = None, *, bound: bool = False) -> str:
    """An access number of the line: one with a language page, or one bound to a language."""
    numbers = (directory or shipped_directory()).access
    return next(one.number for one in numbers if one.purpose == "line" and one.bound == bound)


def without_screening(directory: Directory) -> Directory:
    """The same directory, with nobody asked to press 1."""
    centres = tuple(replace(centre, screening="") for centre in directory.centres)
    return replace(directory, centres=centres)
