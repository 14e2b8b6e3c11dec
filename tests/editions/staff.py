"""What admins do to the draft, in few words."""

from datetime import UTC, datetime

import sqlalchemy as sa

from ivr.call.proof.check import Verdict
from ivr.call.proof.finding import Finding
from ivr.call.world import World
from ivr.editions.change import Change, Kind, Place
from ivr.editions.document import write_edition
from ivr.editions.drafting import load, put, text_value, version
from ivr.editions.ship import shipped_directory, shipped_edition
from ivr.store.documents import EDITIONS
from prompts import TextState

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NL = Place(Kind.TEXT, "nl", "main.info")
EN = Place(Kind.TEXT, "en", "main.info")
APPROVED, DRAFT = TextState.APPROVED, TextState.DRAFT


def running() -> World:
    """A world in which what ships runs."""
    return World(shipped_edition(), shipped_directory(), NOW, "rehearsal", "+3220000009", True)


def fine(_: World) -> Verdict:
    """A checker that finds nothing, at once."""
    return Verdict((), {}, 0.0)


def finds(*rules: str, only_new: bool = True) -> object:
    """A checker that finds these; in what ships only when they are not new."""

    def prove(world: World) -> Verdict:
        shipped = world.edition.digest == shipped_edition().digest
        found = () if shipped and only_new else tuple(Finding(r, "here", "", "") for r in rules)
        return Verdict(found, {}, 0.0)

    return prove


def first(connection: sa.Connection) -> None:
    """The first edition: what ships, though nobody has to copy 18 MB for it."""
    content = write_edition(shipped_edition())
    source = shipped_edition().digest
    EDITIONS.save(connection, content, source=source, note="shipped", at=NOW)


def write(
    connection: sa.Connection, words: str, *, place: Place = NL, state: TextState = DRAFT,
    who: str = "anna", seen: int | None = None, two: bool = True,
) -> int:  # fmt: skip
    """Somebody writes a text, having seen the newest version unless another is named."""
    edition = load(connection).edition
    value = text_value(edition, place.language, place.key, words, state)
    before = version(connection, place) if seen is None else seen
    return put(connection, Change(place, value), seen=before, who=who, at=NOW, two=two)
