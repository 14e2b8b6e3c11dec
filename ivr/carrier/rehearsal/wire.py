"""What crosses the wire between the carrier and whoever answers its webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """Why something is asked for: what to do next, a sound, or only to tell."""

    DOCUMENT = "document"
    SOUND = "sound"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the exchange wants sent; its answer comes back under the same id."""

    id: str
    call: str
    purpose: Purpose
    method: str
    url: str
    form: Mapping[str, str]
    headers: Mapping[str, str]
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and after how many seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def type(self) -> str:
        """The content type, whatever the case of the header's name."""
        named = {name.lower(): value for name, value in self.headers.items()}
        return named.get("content-type", "")


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing came back, and why."""

    reason: str


Answered = Reply | Lost
