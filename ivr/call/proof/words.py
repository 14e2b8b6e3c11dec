"""Rules about the words: there, approved, short where they are labels, and without figures."""

import re
from collections.abc import Iterator

from ivr.call.needs import needed
from ivr.call.proof.finding import Finding
from ivr.call.world import World
from prompts import Language, TextState, Tier, Words

DIGIT = re.compile(r"\d")
MOST_WORDS_IN_A_LABEL = 10


def words(world: World) -> Iterator[Finding]:
    """Everything that is wrong with texts, by language."""
    edition = world.edition
    known = set(edition.catalogue.keys)
    for key in needed(edition.menu, Tier.FULL):
        if key not in known:
            yield Finding(
                "every prompt has a text",
                f"prompt {key}",
                "It has no text in any language.",
                "Write it in the source language.",
            )
    for language in edition.languages:
        yield from _complete(world, language)
        yield from _labels(world, language)
        yield from _figures(world, language)
    yield from _foreign(world)


def _complete(world: World, language: Language) -> Iterator[Finding]:
    lacking = list(world.edition.unspeakable(language, world.rehearsal))
    lacking += [
        centre.prompt
        for centre in world.directory.centres
        if centre.active
        and language.tier is Tier.FULL
        and centre.prompt not in lacking
        and not world.edition.speakable(centre.prompt, language.code, rehearsal=world.rehearsal)
    ]
    for key in lacking:
        text = world.edition.catalogue.texts.get(language.code, {}).get(key)
        state = text.state if text else TextState.MISSING
        what = f"Its text is {state}." if state is not TextState.APPROVED else "It has no sound."
        yield Finding(
            "every language is complete for its tier",
            f"{language.code}, prompt {key}",
            what,
            "Write, approve and record it, or do not offer the language.",
            language.code,
        )


def _labels(world: World, language: Language) -> Iterator[Finding]:
    labels = {o.label for node in world.edition.menu.nodes.values() for o in node.options}
    for key in sorted(labels):
        text = world.edition.catalogue.texts.get(language.code, {}).get(key)
        count = len(text.words.split()) if text else 0
        if count > MOST_WORDS_IN_A_LABEL:
            yield Finding(
                "labels are short",
                f"{language.code}, prompt {key}",
                f"It has {count} words.",
                f"At most {MOST_WORDS_IN_A_LABEL}.",
                language.code,
            )


def _figures(world: World, language: Language) -> Iterator[Finding]:
    for key, text in world.edition.catalogue.texts.get(language.code, {}).items():
        if DIGIT.search(text.words):
            yield Finding(
                "numbers are composed",
                f"{language.code}, prompt {key}",
                "It has figures in it.",
                "Numbers, hours and codes come from the directory.",
                language.code,
            )


def _foreign(world: World) -> Iterator[Finding]:
    for node, phrase in world.edition.menu.phrases():
        if not (isinstance(phrase, Words) and phrase.language):
            continue
        known = phrase.language in world.edition.by_code
        if not known or not world.edition.speakable(
            phrase.prompt, phrase.language, rehearsal=world.rehearsal
        ):
            yield Finding(
                "every phrase is speakable",
                f"node {node.name}",
                f"{phrase.prompt} cannot be spoken in {phrase.language!r}.",
                "Record it there.",
            )
