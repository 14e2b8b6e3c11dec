"""The handset test: five seconds that somebody overhears must pass for an ordinary matter."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from ivr.call.proof.finding import Finding
from ivr.call.world import World
from prompts import Menu, NodeKind, Places, Words

RULE = "the handset test"
WORD = re.compile(r"[\w’'-]+")
JOINT = re.compile(r"[’'-]")
INSIDE = 5
"""Letters from which a word of an alarm list is found inside others: Dutch and German compound."""
CHANCE = frozenset({
    "nagerecht", "retraite", "retraites", "concentrer", "datenschutz", "zigaretten", "reinforced",
})  # fmt: skip
"""Words that hold a word of an alarm list by chance."""
DANGER = "now"
NODES = ("languages", "main", "person", "ended")
PROMPTS = (
    "hello.", "language.", "menu.", "region.", "person.", "silence.", "goodbye.", "cost.",
    "cover.", "deadend.", "digit.", "key.", "day.", "hour.", "minute.", "hours.",
    "callback.", "booking.", "number.", "code.", "change.", "wish.", "mine.", "gate.", "traces.",
)  # fmt: skip


def handset(world: World) -> Iterator[Finding]:
    """Everything that anybody may overhear and that says too much, by language."""
    yield from _neutral(world.edition.menu)
    for language in world.edition.languages:
        if not language.alarm:
            yield Finding(
                RULE,
                f"language {language.code}",
                "It has no alarm list, so nothing can fail.",
                "List the words that must not be overheard.",
                language.code,
            )
        for key in neutral(world):
            yield from overheard(world, language.code, key)


def overheard(world: World, code: str, key: str) -> Iterator[Finding]:
    """The words of one prompt that must not be overheard."""
    language = world.edition.by_code.get(code)
    text = world.edition.catalogue.texts.get(code, {}).get(key)
    for word in WORD.findall(normalize("NFC", text.words.lower())) if text and language else ():
        if alarms(word, tuple(normalize("NFC", one) for one in language.alarm) if language else ()):
            yield Finding(
                RULE,
                f"{code}, prompt {key}",
                f"Somebody may overhear the word {word!r}.",
                "Say it in a neutral way.",
                code,
            )


def alarms(word: str, alarm: tuple[str, ...]) -> bool:
    """Whether a word in lower case begins like one of the alarm list, or holds a long one."""
    # French hides a word behind an elision: l'urgence begins with an l
    if any(part.startswith(alarm) for part in (word, *JOINT.split(word))):
        return True
    long = (stem for stem in alarm if len(stem) >= INSIDE)
    return word not in CHANCE and any(stem in word for stem in long)


def neutral(world: World) -> tuple[str, ...]:
    """The prompts that anybody may overhear: by their key, and all that a neutral node says."""
    menu = world.edition.menu
    plain = {key for node in menu.nodes.values() for key in node.plain}
    beginnings = (*menu.neutral, *PROMPTS)
    keys = [key for key in world.edition.catalogue.keys if key.startswith(beginnings)]
    keys += [access.hello for access in world.directory.access]
    for node in menu.nodes.values():
        if node.neutral:
            keys += [option.label for option in node.options]
            said = (*node.say, *node.once)
            keys += [phrase.prompt for phrase in said if isinstance(phrase, Words)]
    return tuple(key for key in dict.fromkeys(keys) if key not in plain)


def _neutral(menu: Menu) -> Iterator[Finding]:
    """What has to be neutral, and that only the way to urgent help may be plain."""
    for node in menu.nodes.values():
        asks = any(option.region for option in node.options)
        asks = asks or node.kind is NodeKind.STEP
        if not node.neutral and (asks or node.name in NODES):
            yield Finding(RULE, f"node {node.name}", "It is not neutral.", "Set neutral = true.")
        if node.neutral and any(isinstance(one, Places) for one in (*node.say, *node.once)):
            yield Finding(RULE, f"node {node.name}", "It names centres.", "Name them elsewhere.")
        danger = {option.label for option in node.options if option.to == DANGER}
        for key in node.plain:
            if key not in danger:
                yield Finding(
                    RULE,
                    f"node {node.name}, prompt {key}",
                    "Only the option for urgent help may be plain.",
                    "Say it in a neutral way.",
                )
