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
    `failed` that something broke once already.
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


class DeadEnd(NamedTuple):
    """Somebody rings the number that our own calls show."""

    access: str
    language: str
    edition: int
    turns: int = 0


Call = Inbound | Screening | DeadEnd

KINDS: dict[str, Callable[..., Call]] = {
    "inbound": Inbound,
    "screening": Screening,
    "deadend": DeadEnd,
}
NAMES: dict[type[Call], str] = {Inbound: "inbound", Screening: "screening", DeadEnd: "deadend"}
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


def pack(call: Call) -> bytes:
    """Write the state down: the kind of leg, then its fields in their order."""
    return _ENCODE([NAMES[type(call)], *call]).encode()


def unpack(packed: bytes) -> Call:
    """Read a state back. Raises ValueError, KeyError or TypeError when it is none of ours."""
    name, *values = json.loads(packed)
    return KINDS[name](*(tuple(one) if isinstance(one, list) else one for one in values))
