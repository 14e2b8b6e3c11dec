"""What the line can do, as a closed union; a turn's actions are done in their order."""

from dataclasses import dataclass
from typing import NamedTuple

from ivr.call.legs import Call, Gate, Screening
from routing.window import Window


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
class Wanted:
    """A callback as she asked for it. `number` is E.164, `code` her four digits, `need` the topic
    that she came from, `own` says that it is the telephone she holds. Wishes are safest by default.
    """

    number: str
    window: Window
    code: str
    language: str
    own: bool
    need: str = ""
    region: str = ""
    young: bool = False
    voicemail: bool = False
    redial: bool = False
    retry: bool = False
    woman: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Speak and go on. `clear` asks for the slower rendering."""

    pieces: Pieces
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Listen:
    """Speak, and take `digits` keys at any moment of it or within `seconds` after it.

    Always the last action of a turn: the key, or the silence, is the next signal.
    """

    pieces: Pieces
    seconds: int
    clear: bool = False
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring `target` (E.164 or `sip:`) for `ring` seconds, showing `caller_id`.

    `screening` is the leg that whoever picks up meets before the bridge (a centre's screening, or
    her gate); without it the bridge comes at once. `place` counts the dials of this call, so that
    no two legs are taken for one.
    Always the last action of a turn: how it ended is the next signal.
    """

    target: str
    caller_id: str
    ring: int
    place: int
    screening: Screening | Gate | None


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


@dataclass(frozen=True, slots=True)
class Book:
    """An effect: keep her callback, as she has just said yes to it. Its result is `Noted`."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Find:
    """An effect: look for an open callback by number and code. Its result is `Known`."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """An effect: she wants it no more; while her phone rings, that leg is cut. Result: `Done`."""

    callback: int


@dataclass(frozen=True, slots=True)
class Move:
    """An effect: another window for her callback. Its result is `Noted`."""

    callback: int
    window: Window


@dataclass(frozen=True, slots=True)
class Erase:
    """An effect: cancel, and leave nothing of it with us. Its result is `Done`."""

    callback: int


@dataclass(frozen=True, slots=True)
class Forget:
    """An effect: whatever we have for the number that is calling will not ring. Result: `Done`,
    which sounds alike whether there was anything.
    """

    number: str


@dataclass(frozen=True, slots=True)
class Ready:
    """An effect: the operator pressed 1, so may her telephone be rung now? `Ring` or `NoRing`."""

    attempt: str


@dataclass(frozen=True, slots=True)
class Check:
    """An effect: four digits were keyed at the gate. Its result is `Checked`."""

    attempt: str
    code: str


Effect = Prove | Book | Find | Cancel | Move | Erase | Forget | Ready | Check
Action = Say | Listen | Dial | Bridge | HangUp | Effect


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one signal: the call as it is now, and what to do."""

    call: Call
    actions: tuple[Action, ...]
