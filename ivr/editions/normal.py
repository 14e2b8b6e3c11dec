"""An edition in the one order that it is written in, so that equal content has equal digests.

A note belongs to the key, not to a language: it is the English text's. Every language with a row or
with words has every key of the English texts; what has no words is missing.
"""

from collections.abc import Mapping
from dataclasses import replace

from ivr.call.edition import Edition
from ivr.editions.document import warm, write_edition
from ivr.store.documents import canonical, digest
from prompts import Catalogue, Language, Recording, Text, TextState
from prompts.catalogue import SOURCE


def normal(edition: Edition) -> Edition:
    """The same edition in order."""
    languages = tuple(sorted(edition.languages, key=lambda one: (one.page, one.key, one.code)))
    return replace(
        edition,
        languages=languages,
        catalogue=_catalogue(edition.catalogue, languages),
        recordings=_recordings(edition.recordings, languages),
    )


def named(edition: Edition) -> Edition:
    """The same in order, under the digest of its content, and ready for calls."""
    ordered = normal(edition)
    made = replace(ordered, digest=digest(canonical(write_edition(ordered))))
    warm(made)
    return made


def _catalogue(catalogue: Catalogue, languages: tuple[Language, ...]) -> Catalogue:
    source = catalogue.texts.get(SOURCE, {})
    spoken = [code for code, own in catalogue.texts.items() if _speaks(own, source)]
    codes = sorted({SOURCE, *spoken, *(one.code for one in languages)})
    return Catalogue(
        {
            code: {
                key: _text(key, catalogue.texts.get(code, {}).get(key), english.note)
                for key, english in source.items()
            }
            for code in codes
        }
    )


def _speaks(own: Mapping[str, Text], source: Mapping[str, Text]) -> bool:
    return any(_has_words(own.get(key)) for key in source)


def _has_words(text: Text | None) -> bool:
    return text is not None and bool(text.words) and text.state is not TextState.MISSING


def _text(key: str, text: Text | None, note: str) -> Text:
    if text is None or not _has_words(text):
        return Text(key, "", TextState.MISSING, note)
    return replace(text, key=key, note=note)


def _recordings(
    recordings: Mapping[str, Mapping[str, Recording]], languages: tuple[Language, ...]
) -> dict[str, dict[str, Recording]]:
    rows = [one.code for one in languages]
    others = sorted(code for code, own in recordings.items() if own and code not in rows)
    return {code: dict(sorted(recordings.get(code, {}).items())) for code in (*rows, *others)}
