"""A recording enters the draft: its bytes are kept, and it is said whose words it speaks."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ivr.editions.change import Change, Kind, Place
from ivr.editions.drafting import DraftError, load, put
from ivr.store import clips
from ivr.store.clips import Clip
from prompts import Origin

if TYPE_CHECKING:
    from audio.mastering import Mastered  # loads a codec, which whoever only asks needs not


@dataclass(frozen=True, slots=True)
class Take:
    """What was recorded and mastered, of which words (their digest), by a person or an engine."""

    made: "Mastered"
    words: str
    origin: Origin


def record(
    connection: sa.Connection, place: Place, take: Take, *, seen: int, who: str, at: datetime
) -> int:
    """Keep a take's bytes and put it into the draft; the place's new version.

    Raises ConflictError, and DraftError where the place is none for a recording.
    """
    texts = load(connection).edition.catalogue.texts
    if place.kind is not Kind.RECORDING or place.key not in texts.get(place.language, {}):
        raise DraftError(f"{place}: there is no text to be recorded.")
    made = take.made
    clip = Clip(made.digest, made.data, made.seconds, made.loudness, take.origin.value, who, at)
    clips.keep(connection, [clip])
    value = {"digest": made.digest, "seconds": round(made.seconds, 2), "text": take.words,
             "origin": take.origin.value}  # fmt: skip
    return put(connection, Change(place, value), seen=seen, who=who, at=at, two=False)
