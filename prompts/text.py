"""One prompt's words in one language, and how far they may be trusted."""

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class TextState(StrEnum):
    """How far a text has come. Only an approved text reaches a real caller."""

    APPROVED = "approved"
    NEEDS_REVIEW = "needs review"
    DRAFT = "draft"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one prompt in one language, with the note that guides whoever translates it."""

    key: str
    words: str
    state: TextState
    note: str = ""

    @property
    def digest(self) -> str:
        """The digest that a recording of these words carries, so that a changed text shows."""
        return text_digest(self.words)


def text_digest(words: str) -> str:
    """Name the words by the first 16 hex digits of the SHA-256 of their NFC form in UTF-8."""
    return hashlib.sha256(unicodedata.normalize("NFC", words).encode()).hexdigest()[:16]
