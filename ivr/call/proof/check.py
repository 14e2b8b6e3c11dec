"""All rules at once, over every access number of the line, and the worst cases that they found."""

from dataclasses import dataclass

from ivr.call.legs import Inbound
from ivr.call.proof.finding import Finding
from ivr.call.proof.shape import shape
from ivr.call.proof.sound import sound
from ivr.call.proof.walk import Edge, Walk, walk
from ivr.call.proof.ways import Way, quickest, ringing_after_silence, topics, ways
from ivr.call.proof.words import words
from ivr.call.world import World
from routing.directory import AccessNumber, Purpose


@dataclass(frozen=True)
class Verdict:
    """What was found, and the worst cases: to a person, to ringing after silence, to each topic."""

    findings: tuple[Finding, ...]
    worst: dict[str, Way]
    silence: float


def check(world: World) -> Verdict:
    """Check an edition with a directory. Every problem is told at once, each with its place."""
    findings = [*shape(world), *words(world), *sound(world)]
    if any(finding.rule.startswith("every start") for finding in findings):
        return Verdict(tuple(findings), {}, 0.0)
    worst: dict[str, Way] = {}
    silence = 0.0
    for number in lines(world):
        found = walk(world, number)
        findings += ways(world, found)
        silence = max(silence, ringing_after_silence(world, found) or 0.0)
        for name, way in by_language(world, found):
            worst[name] = max(worst.get(name, way), way, key=lambda w: (w.presses, w.seconds))
    wanted = ("a person", *topics(world))
    findings += _unreached(wanted, worst)
    unique = tuple(dict.fromkeys(findings))
    return Verdict(unique, {name: worst[name] for name in wanted if name in worst}, silence)


def lines(world: World) -> tuple[str, ...]:
    """One access number of each kind: what differs for the caller is cost, language and binding."""
    kinds: dict[tuple[object, ...], str] = {}
    for one in world.directory.access:
        if one.purpose is Purpose.LINE:
            kinds.setdefault(_kind(one), one.number)
    return tuple(kinds.values())


def _kind(one: AccessNumber) -> tuple[object, ...]:
    return (one.cost, one.language, one.bound, one.hello, one.cover)


def by_language(world: World, found: Walk) -> list[tuple[str, Way]]:
    """The quickest ways in each language on its own, so that the slowest language shows."""
    result: list[tuple[str, Way]] = []
    chosen = {found.first.after.language: found.first}
    for edge in (edge for edges in found.edges.values() for edge in edges if edge.own):
        if (
            edge.before.node == "languages"
            and edge.after.node == "main"
            and not edge.after.told[1:]
        ):
            chosen.setdefault(edge.after.language, edge)
    chosen.pop("", None)
    for edge in chosen.values():
        own = Walk(edge, _within(found, edge.after.language))
        result += quickest(world, own).items()
    return result


def _within(found: Walk, language: str) -> dict[Inbound, list[Edge]]:
    return {
        state: [edge for edge in edges if edge.after.language == language]
        for state, edges in found.edges.items()
        if state.language == language
    }


def _unreached(wanted: tuple[str, ...], worst: dict[str, Way]) -> list[Finding]:
    return [
        Finding("every node is reachable", name, "No caller can reach it.", "Lead an option there.")
        for name in wanted
        if name not in worst
    ]
