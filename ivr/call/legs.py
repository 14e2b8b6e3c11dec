"""The state of a call: one small frozen value for each kind of leg, and its form for the journey.

The state travels sealed in the address of the next webhook, so it holds only what the next turn
needs. `pack` and `unpack` are each other's inverse; the first item names the kind of leg.
"""

import json
from collections.abc import Callable
from typing import NamedTuple


class Inbound(NamedTuple):
    """A caller's own leg.

    `started`, `covered` and `hashed` are Unix times in milliseconds (0: not). `told` holds the
    nodes that have said what they say once. `tried` holds the centres of this route that were
    rung; `dials` counts every dial of the call. `mute` says that silence led to a person;
    `failed` that something broke once already. `caller` is the number that rings (E.164; empty
    where there is none); `draft` what she has keyed for a callback so far (`ivr.call.draft`):
    nothing of it is kept anywhere else until she says yes. `tries` counts wrong codes.
    """

    access: str
    edition: int
    started: int
    language: str = ""
    node: str = "languages"
    page: int = 1
    silences: int = 0
    wrong: int = 0
    told: tuple[str, ...] = ()
    need: str = ""
    region: str = ""
    tried: tuple[str, ...] = ()
    dials: int = 0
    turns: int = 0
    mute: bool = False
    failed: bool = False
    covered: int = 0
    hashed: int = 0
    caller: str = ""
    draft: tuple[str | int | bool, ...] = ()
    tries: int = 0


class Screening(NamedTuple):
    """The leg of whoever picks up at a centre, asked in `language` to press 1 before the bridge.

    `caller` is the caller's language; a `proof` is a test call by an admin instead of a caller's.
    """

    target: str
    language: str
    caller: str
    edition: int
    mute: bool = False
    young: bool = False
    proof: bool = False
    turns: int = 0
    tries: int = 0


class OperatorLeg(NamedTuple):
    """The leg of the operator, who is rung first and presses 1 when ready to ring her.

    `attempt` is its random token; `language` the operator's, `caller` hers. `dialled` says that
    her telephone was rung in this call; `asked` counts how often the operator was asked.
    """

    attempt: str
    language: str
    caller: str
    edition: int
    turns: int = 0
    dialled: bool = False
    asked: int = 0


class Gate(NamedTuple):
    """The leg of whoever picks up her telephone: asked for nothing, told nothing.

    `language` is the cover's, never hers. `keyed` holds the digits so far; `said` counts what was
    said; `wrong` the codes that were not hers. `voicemail` is her wish.
    """

    attempt: str
    language: str
    edition: int
    voicemail: bool = False
    turns: int = 0
    said: int = 0
    wrong: int = 0
    keyed: str = ""


class DeadEnd(NamedTuple):
    """Somebody rings the number that our own calls show. `caller` as on an inbound leg."""

    access: str
    language: str
    edition: int
    turns: int = 0
    caller: str = ""


Call = Inbound | Screening | OperatorLeg | Gate | DeadEnd

KINDS: dict[str, Callable[..., Call]] = {
    "inbound": Inbound,
    "screening": Screening,
    "operator": OperatorLeg,
    "gate": Gate,
    "deadend": DeadEnd,
}
NAMES: dict[type[Call], str] = {kind: name for name, kind in KINDS.items()}  # type: ignore[misc]  # classes are callables
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


def pack(call: Call) -> bytes:
    """Write the state down: the kind of leg, then its fields in their order."""
    return _ENCODE([NAMES[type(call)], *call]).encode()


def unpack(packed: bytes) -> Call:
    """Read a state back. Raises ValueError, KeyError or TypeError when it is none of ours."""
    name, *values = json.loads(packed)
    return KINDS[name](*(tuple(one) if isinstance(one, list) else one for one in values))
