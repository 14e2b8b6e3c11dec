"""Whether the languages can be spoken to real callers, and how well their recordings serve."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audio.manifest import Entry
from ivr.call.edition import Edition
from ivr.readiness import Finding
from prompts import Language, Origin, TextState

WORST = 0.25
"""The share of words misheard by a recogniser from which a person should record a prompt first."""
NAMED = 8
Manifests = Mapping[str, Mapping[str, Entry]]


def examine(edition: Edition, shipped: str, manifests: Manifests) -> Iterator[Finding]:
    """Find what callers would not hear, or not well. `shipped` is the digest of what ships."""
    for language in edition.languages:
        yield from _unspeakable(edition, language)
        yield from _unapproved(edition, language)
        yield from _stale(edition, language)
        yield from _synthetic(edition, language, manifests.get(language.code, {}))
    if edition.digest == shipped:
        yield Finding(
            "The words are those that ship: the project has approved them, nobody else.",
            "Let a helpline worker whose language it is read and hear each language.",
            reminder=True,
        )


def _unspeakable(edition: Edition, language: Language) -> Iterator[Finding]:
    lacking = edition.unspeakable(language, rehearsal=False)
    if lacking:
        yield Finding(
            f"{language.name} is not offered to callers: {len(lacking)} of its prompts are not"
            f" approved, or can neither be played nor voiced ({_named(lacking)}).",
            "Have its texts approved and recorded.",
        )


def _unapproved(edition: Edition, language: Language) -> Iterator[Finding]:
    texts = edition.catalogue.texts.get(language.code, {})
    states = Counter(text.state for text in texts.values())
    states.pop(TextState.APPROVED, None)
    if states:
        told = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
        yield Finding(
            f"{language.name}: not all texts are approved ({told}).",
            "Review them in prompts/texts: callers never hear a text that nobody has approved.",
        )


def _stale(edition: Edition, language: Language) -> Iterator[Finding]:
    texts = edition.catalogue.texts.get(language.code, {})
    recordings = edition.recordings.get(language.code, {})
    stale = [
        key for key, one in recordings.items() if key in texts and one.text != texts[key].digest
    ]
    if stale:
        yield Finding(
            f"{language.name}: {len(stale)} recordings speak an older text ({_named(stale)}).",
            "Record them again, or `ivr render` them.",
        )


def _synthetic(
    edition: Edition, language: Language, manifest: Mapping[str, Entry]
) -> Iterator[Finding]:
    recordings = edition.recordings.get(language.code, {})
    synthetic = {key for key, one in recordings.items() if one.origin is Origin.SYNTHETIC}
    if not synthetic:
        return
    worst = [one.key for one in misheard(edition, language, manifest)]
    first = f" First those that are understood worst: {_named(worst)}." if worst else ""
    whole = " `ivr doctor --recordings` lists them all." if worst else ""
    yield Finding(
        f"{language.name}: {len(synthetic)} of {len(recordings)} recordings are synthetic.",
        f"Let a person record them.{first}{whole}",
    )


@dataclass(frozen=True, slots=True)
class Misheard:
    """A synthetic recording that callers may not understand; `share` of its words, 1 is all."""

    key: str
    text: str
    share: float


def misheard(
    edition: Edition, language: Language, manifest: Mapping[str, Entry]
) -> tuple[Misheard, ...]:
    """What a person should record first in a language, the worst first."""
    texts = edition.catalogue.texts.get(language.code, {})
    recordings = edition.recordings.get(language.code, {})
    rows = (
        Misheard(key, texts[key].words if key in texts else "", manifest[key].heard)
        for key, one in recordings.items()
        if one.origin is Origin.SYNTHETIC and key in manifest and manifest[key].heard > WORST
    )
    return tuple(sorted(rows, key=lambda row: (-row.share, row.key)))


def _named(keys: list[str] | tuple[str, ...]) -> str:
    more = len(keys) - NAMED
    return ", ".join(keys[:NAMED]) + (f" and {more} more" if more > 0 else "")
