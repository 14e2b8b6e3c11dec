"""Which prompts a language must be able to speak before callers are offered it, by its tier."""

from collections.abc import Iterator

from prompts import Menu, Node, NodeKind, Option, Phrase, Tier, Words
from routing.callers import WhyNot

KEYS = tuple("0123456789")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SPOKEN_BY_THE_MACHINE = (
    "hello.welcome", "language.name",
    "person.ringing", "person.next", "announce.dial", "announce.repeat",
    "silence.first", "silence.second", "error.sorry", "error.number", "fallback.key",
    "cost.free", "cost.local", "cost.national",
    "menu.person", "menu.back", "menu.again", "menu.next", "menu.callback", "key.star",
)  # fmt: skip
SPOKEN_IN_DIALOGUES = (
    *(f"number.{why}" for why in WhyNot), "code.four", "code.easy", "code.differs",
    "booking.stopped", "booking.full", "booking.capped", "booking.failed",
    "mine.wrong", "mine.nocode", "mine.missed", "mine.failed", "day.today", "day.tomorrow",
)  # fmt: skip
IN_LONG_DIALOGUES = (
    "booking.wished", "wish.yes", "wish.no", "mine.time", "mine.notimes", "mine.full",
)  # fmt: skip
VOCABULARY = (
    *(f"digit.{key}" for key in KEYS),
    *(f"key.{key}" for key in KEYS),
    *(f"day.{day}" for day in DAYS),
    *(f"hour.{hour}" for hour in range(25)),
    *(f"minute.{minute}" for minute in (15, 30, 45)),
    "hours.from", "hours.until", "hours.and", "hours.always", "hours.notholidays",
)  # fmt: skip
ONLY_IN_FULL = (
    "cover.shop", "deadend.closed", "gate.hello", "gate.wrong", "gate.message",
    "screen.caller", "screen.silent", "screen.young", "screen.neutral", "screen.proof",
    "screen.thanks", "speaks.other",
    "operator.call", "operator.ready", "operator.window", "operator.often", "operator.stopped",
    "operator.broken", "operator.unreached", "operator.ended",
)  # fmt: skip


def needed(menu: Menu, tier: Tier) -> tuple[str, ...]:
    """Every prompt that a language of this tier speaks itself, each once, in a steady order."""
    keys = [*SPOKEN_BY_THE_MACHINE, *VOCABULARY]
    if any(node.kind is NodeKind.STEP for node in menu.nodes.values()):
        keys += SPOKEN_IN_DIALOGUES
    if tier is Tier.FULL:
        keys += (*ONLY_IN_FULL, *IN_LONG_DIALOGUES)
    for node in nodes_of(menu, tier):
        keys += [option.label for option in options_of(node, tier)]
        keys += [phrase.prompt for phrase in _own_words((*node.say, *node.once))]
    return tuple(dict.fromkeys(keys))


def nodes_of(menu: Menu, tier: Tier) -> Iterator[Node]:
    """The nodes that exist in a tier."""
    for node in menu.nodes.values():
        if tier is Tier.FULL or node.lifeboat:
            yield node


def options_of(node: Node, tier: Tier) -> tuple[Option, ...]:
    """The options of a node that exist in a tier."""
    if node.kind is NodeKind.TOPIC:
        return ()
    return tuple(o for o in node.options if tier is Tier.FULL or o.lifeboat)


def _own_words(phrases: tuple[Phrase, ...]) -> Iterator[Words]:
    for phrase in phrases:
        if isinstance(phrase, Words) and not phrase.language:
            yield phrase
