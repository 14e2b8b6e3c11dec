"""One change of an edition: at which place, and what stands there afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What can be changed. `ORDER` holds what no single text or node can: the order of nodes, the
    order of texts, and which prompts anybody may overhear.
    """

    TEXT = "text"
    RECORDING = "recording"
    NODE = "node"
    LANGUAGE = "language"
    ORDER = "order"


NODES, TEXTS, NEUTRAL = "nodes", "texts", "neutral"
"""The keys of `Kind.ORDER`."""


class Place(NamedTuple):
    """Where something stands: a text or recording by language and key, the others by name alone."""

    kind: Kind
    language: str
    key: str

    def __str__(self) -> str:
        """As staff read it."""
        return " ".join(one for one in (self.kind.value, self.language, self.key) if one)


Value = Mapping[str, Any] | None
"""What stands at a place, as plain values for JSON; None: nothing stands there any more.

A text holds `words`, `state`, `english` (the digest of the English words that it was read beside)
and, in English, `note`; a recording what `prompts.Recording` does; a node and a language their row
of `menu.toml` and `languages.toml`; an order `names`.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A place, and what is to stand there: the whole of it, so that changes need no order."""

    place: Place
    value: Value
