"""What to say, beside the card: first, when somebody else picks up, and before a new promise."""

from dataclasses import dataclass

from ivr.console.frame import language
from ivr.console.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Script:
    """In which language it stands there; `foreign` says that it is not the caller's own."""

    language: str
    foreign: bool


def script(spoken: str) -> Script:
    """The script for a caller's language; in that of the page where there is none."""
    if spoken in LANGUAGES:
        return Script(spoken, foreign=False)
    return Script(language(), foreign=True)
