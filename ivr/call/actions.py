"""What the line can do, as a closed union; a turn's actions are done in their order."""

from dataclasses import dataclass
from typing import NamedTuple

from ivr.call.legs import Call, Screening


class Spoken(NamedTuple):
    """One prompt in one language."""

    prompt: str
    language: str


class Gap(NamedTuple):
    """Silence between two prompts, in seconds."""

    seconds: float


Piece = Spoken | Gap
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Speak and go on. `clear` asks for the slower rendering."""

    pieces: Pieces
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Listen:
    """Speak, and take a key at any moment of it or within `seconds` after it.

    Always the last action of a turn: the key, or the silence, is the next signal.
    """

    pieces: Pieces
    seconds: int
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring `target` (E.164 or `sip:`) for `ring` seconds, showing `caller_id`.

    `screening` is the leg that whoever picks up meets before the bridge; without it the bridge
    comes at once. `place` counts the dials of this call, so that no two legs are taken for one.
    Always the last action of a turn: how it ended is the next signal.
    """

    target: str
    caller_id: str
    ring: int
    place: int
    screening: Screening | None


@dataclass(frozen=True, slots=True)
class Bridge:
    """Let the two telephones speak: what a screened leg does once it was accepted."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Prove:
    """An effect: keep that `target` was reached by a test call on this carrier."""

    target: str


Action = Say | Listen | Dial | Bridge | HangUp | Prove


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one signal: the call as it is now, and what to do."""

    call: Call
    actions: tuple[Action, ...]
