"""What is known of one recording, without its sound."""

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Who speaks: a person, or an engine until a person has recorded the prompt."""

    PERSON = "person"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Recording:
    """One finished recording: the SHA-256 of its bytes, its seconds, whose words it speaks."""

    digest: str
    seconds: float
    text: str
    origin: Origin
