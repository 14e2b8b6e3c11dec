"""The pieces that a screen is said from: words, and what is composed from the directory.

In `menu.toml` a phrase is a string: `now.dial` is a prompt, `nl:speaker.ask` a prompt in a fixed
language, `@police` the number of a place digit by digit, `%reporting` its hours, `&talk` the places
that meet a need with their numbers, `$cost` what this call costs, `=window` something that she has
chosen in this call.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One prompt; in the caller's language unless a language is named."""

    prompt: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Digits:
    """The number of one place of the directory, spoken digit by digit."""

    place: str


@dataclass(frozen=True, slots=True)
class Open:
    """The hours of one place of the directory, composed from days and hours."""

    place: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the directory that meet a need, each with its name and number."""

    need: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What the call costs and leaves behind, by the kind of number that was dialled."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What she has chosen in this call, composed from small words: `ivr.call.chosen` knows what."""

    what: str


Phrase = Words | Digits | Open | Places | Cost | Chosen


def read_phrase(source: str) -> Phrase:
    """Read one phrase as `menu.toml` writes it."""
    if source == "$cost":
        return Cost()
    if source.startswith("@"):
        return Digits(source[1:])
    if source.startswith("%"):
        return Open(source[1:])
    if source.startswith("&"):
        return Places(source[1:])
    if source.startswith("="):
        return Chosen(source[1:])
    language, colon, prompt = source.partition(":")
    return Words(prompt, language) if colon else Words(source)


def write_phrase(phrase: Phrase) -> str:
    """Write a phrase back as `menu.toml` has it, so that an edition can be exported."""
    match phrase:
        case Cost():
            return "$cost"
        case Digits(place):
            return f"@{place}"
        case Open(place):
            return f"%{place}"
        case Places(need):
            return f"&{need}"
        case Chosen(what):
            return f"={what}"
        case Words(prompt, language):
            return f"{language}:{prompt}" if language else prompt
