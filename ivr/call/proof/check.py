"""All rules at once, over every access number of the line, and the worst cases that they found."""

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.call.needs import nodes_of
from ivr.call.proof.callbacks import CALLBACK, callbacks, straight
from ivr.call.proof.finding import Finding
from ivr.call.proof.handset import handset
from ivr.call.proof.legs import legs
from ivr.call.proof.outbound import outbound
from ivr.call.proof.places import places
from ivr.call.proof.shape import UNWALKABLE, shape
from ivr.call.proof.sound import sound
from ivr.call.proof.walk import walk
from ivr.call.proof.ways import ways
from ivr.call.proof.words import words
from ivr.call.proof.worst import PERSON, Way, by_language, ringing_after_silence, starts
from ivr.call.world import World
from prompts import Language, NodeKind
from routing.directory import AccessNumber, Purpose


@dataclass(frozen=True)
class Verdict:
    """What was found, and the worst cases: to a person, to a callback, to each topic, and to
    ringing after silence.
    """

    findings: tuple[Finding, ...]
    worst: dict[str, Way]
    silence: float


def check(world: World, language: str = "") -> Verdict:
    """Check an edition with a directory. Every problem is told at once, each with its place.

    With a language, only what concerns its callers. A tree that cannot be walked is not walked.
    """
    findings = [*shape(world), *places(world), *words(world), *handset(world)]
    worst: dict[str, dict[str, Way]] = {}
    silence = 0.0
    if not any(finding.rule in UNWALKABLE for finding in findings):
        findings += [*sound(world), *legs(world), *outbound(world), *callbacks(world)]
        for number in lines(world):
            found = walk(world, number)
            findings += ways(world, found)
            for start in starts(found):
                if language in ("", start.after.language):
                    silence = max(silence, ringing_after_silence(world, found, start) or 0.0)
            for code, own in by_language(world, found).items():
                worst[code] = slower(worst.get(code, {}), own, _callback(world, code))
        findings += unreached(world, worst)
    wanted = [found for code, found in worst.items() if language in ("", code)]
    heard = tuple(dict.fromkeys(f for f in findings if language in ("", f.language or language)))
    return Verdict(heard, in_order(world, slower(*wanted)), silence)


def slower(*ways_of: dict[str, Way]) -> dict[str, Way]:
    """The worst of several ways to each place: more presses, then more seconds."""
    worst: dict[str, Way] = {}
    for name, way in (pair for one in ways_of for pair in one.items()):
        worst[name] = max(worst.get(name, way), way, key=lambda w: (w.presses, w.seconds))
    return worst


def _callback(world: World, code: str) -> dict[str, Way]:
    """The straight path to a callback, which no walk of what ships can find: it has no roster."""
    way = straight(world, code)
    return {CALLBACK: way} if way else {}


def in_order(world: World, worst: dict[str, Way]) -> dict[str, Way]:
    """A person and a callback first, then every recording, in the order of the menu."""
    names = (
        PERSON,
        CALLBACK,
        *(n.name for n in world.edition.menu.nodes.values() if _told(n.kind)),
    )
    return {name: worst[name] for name in names if name in worst}


def lines(world: World) -> tuple[str, ...]:
    """One access number of each kind: what differs for the caller is cost, language and binding."""
    kinds: dict[tuple[object, ...], str] = {}
    for one in world.directory.access:
        if one.purpose is Purpose.LINE:
            kinds.setdefault(_kind(one), one.number)
    return tuple(kinds.values())


def _kind(one: AccessNumber) -> tuple[object, ...]:
    return (one.cost, one.language, one.bound, one.hello, one.cover)


def _told(kind: NodeKind) -> bool:
    return kind is NodeKind.TOPIC


def unreached(world: World, worst: dict[str, dict[str, Way]]) -> Iterator[Finding]:
    """What callers of each language cannot get to by keys."""
    for language in world.edition.offered(rehearsal=world.rehearsal):
        if language.code not in worst:
            yield Finding(
                "every node is reachable",
                f"language {language.code}",
                "No caller can choose it.",
                "Put it on the language page.",
                language.code,
            )
            continue
        yield from _unreached(world, language, worst[language.code])


def _unreached(world: World, language: Language, reached: dict[str, Way]) -> Iterator[Finding]:
    if PERSON not in reached:
        yield Finding(
            "somebody can be rung",
            f"{language.code}, carrier {world.carrier}",
            f"At {world.at:%A %H:%M} no centre can be rung.",
            "Prove its number by a test call, or open one.",
            language.code,
        )
    for node in nodes_of(world.edition.menu, language.tier):
        if _told(node.kind) and node.name not in reached:
            yield Finding(
                "every node is reachable",
                f"{language.code}, node {node.name}",
                "No caller can reach it.",
                "Lead an option there.",
                language.code,
            )
