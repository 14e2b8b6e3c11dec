"""What the rules about callbacks need besides the database, put together once for each use."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ivr.callbacks.caps import Limits
from ivr.store.sealing import Vault
from routing.calling import AGREED, Terms
from routing.directory import Directory


def unmeasured(carrier: str) -> None:
    """Nothing was compared yet."""


@dataclass(frozen=True, slots=True)
class Context:
    """`vault` seals and hashes; `directory` says what can be promised and which numbers are ours;
    `outbound` is the number that our own calls show; `limits` how often anybody may book; `terms`
    what was agreed about calling her. `skew` says by how many seconds our clock differs from a
    carrier's; not measured, nobody is called.
    """

    vault: Vault
    directory: Directory
    outbound: str
    limits: Limits = field(default_factory=Limits)
    terms: Terms = AGREED
    skew: Callable[[str], float | None] = unmeasured
