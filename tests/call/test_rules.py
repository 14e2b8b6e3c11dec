"""Every rule of the checker finds the edition or directory that breaks it, at its place."""

import ast
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import ivr.call.proof
from ivr.call.actions import Spoken
from ivr.call.inbound import STAY_SECONDS
from ivr.call.legs import Inbound
from ivr.call.proof import check
from ivr.call.proof.check import lines
from ivr.call.proof.walk import Edge, canonical, walk, well_formed
from ivr.call.proof.ways import ways
from ivr.call.screen import START, options
from ivr.call.world import World
from prompts import Node, Option, Tier
from routing.choice import Stop
from routing.directory import Cost, Purpose
from tests.call import changed
from tests.call.cases import CASES, Case, small
from tests.worlds import line_number, shipped_directory, shipped_edition, world

IDS = [f"{case.rule}: {case.where}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_broken_line_is_found_at_its_place(case: Case) -> None:
    without = tuple(
        code for code in ("nl", "fr", "de") if code not in case.where.replace(",", " ").split()
    )
    without = () if case.where == "language en" else without
    here = small(case.edition or shipped_edition(), case.directory, case.carrier, without)
    found = check(here).findings
    assert (case.rule, case.where) in {(f.rule, f.where) for f in found}, [str(f) for f in found]
    assert len(found) == len(set(found))
    for finding in found:
        assert finding.what[-1] in ".:?"
        assert finding.do[-1] == "."
        assert ".." not in str(finding)


@pytest.mark.parametrize("carrier", ["rehearsal"])
def test_the_same_small_world_unbroken_has_nothing_wrong(carrier: str) -> None:
    assert [str(one) for one in check(small(shipped_edition(), carrier=carrier)).findings] == []


# ---- what only a broken machine could do: its turns are broken here by hand


def broken(here: World, name: str, key: str, turn_of: str) -> set[tuple[str, str]]:
    """What is found when one key is answered as another one is."""
    number = line_number(here.directory, bound=True)
    found = walk(here, number)
    for state, edges in found.edges.items():
        if state.node != name or state.silences or state.wrong:
            continue
        by_key = {edge.signal: edge for edge in edges}
        signals = {getattr(signal, "keys", ""): signal for signal in by_key}
        if key in signals and turn_of in signals:
            wrong = Edge(state, signals[key], by_key[signals[turn_of]].turn)
            found.edges[state] = [wrong if e.signal == wrong.signal else e for e in edges]
    return {(one.rule, one.where) for one in ways(here, found)}


BY_HAND = [
    Case("a person is one key away", "en, node info"),
    Case("the cover is one key away", "en, node info"),
    Case("a callback takes at most 12 turns", "en, a callback"),
    Case("the gate says an ordinary hello and nothing else", "gate in nl"),
]


def test_a_zero_that_rings_nobody_is_found() -> None:
    here = small(shipped_edition())
    assert ("a person is one key away", "en, node info") in broken(here, "info", "0", "5")


def test_a_hash_that_does_not_cover_is_found() -> None:
    here = small(shipped_edition())
    assert ("the cover is one key away", "en, node info") in broken(here, "info", "#", "9")


def test_a_cover_in_her_own_language_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.call.cover.access_of", lambda world, call: AccessLike(call.language))
    here = small(shipped_edition())
    found = {(one.rule, one.where) for one in check(here).findings}
    assert ("the cover is one key away", "en, node main") in found


@dataclass(frozen=True)
class AccessLike:
    """An access number of which only the cover is asked."""

    cover: str


def test_a_target_outside_the_guard_is_found_although_the_choice_let_it_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    police = Stop(replace(shipped_directory().by_id["police"], dial="101"), "by mistake")
    route = type("Route", (), {"dial": (police,), "announce": ()})()
    monkeypatch.setattr("ivr.call.transfer.choose", lambda *_, **__: route)
    here = small(shipped_edition())
    found = walk(here, line_number(here.directory, bound=True))
    rules = {(one.rule, one.where) for one in ways(here, found)}
    assert ("every target within the guard", "en, node main") in rules


def test_a_turn_that_ends_in_nothing_is_found() -> None:
    here = small(shipped_edition())
    found = walk(here, line_number(here.directory, bound=True))
    state, [edge, *rest] = next(
        (s, e) for s, e in found.edges.items() if (s.node, s.language) == ("info", "en")
    )
    found.edges[state] = [replace(edge, turn=replace(edge.turn, actions=())), *rest]
    assert not well_formed(found.edges[state][0].turn)
    rules = {(one.rule, one.where) for one in ways(here, found)}
    assert ("nobody falls through", "en, node info") in rules


def test_a_word_that_the_machine_itself_says_at_a_neutral_node_is_tested_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "ivr.call.transfer.words", lambda world, call: (START, Spoken("place.caw", call.language))
    )
    found = {(one.rule, one.where) for one in check(small(shipped_edition())).findings}
    assert ("the handset test", "en, prompt place.caw") in found


def test_silence_that_only_ever_says_to_stay_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert STAY_SECONDS == 10
    monkeypatch.setattr("ivr.call.inbound.STAY_SECONDS", 60)
    found = {(one.rule, one.where) for one in check(small(shipped_edition())).findings}
    assert ("silence reaches ringing within 120 s", "en, node main") in found


def test_a_silence_without_end_is_found_and_never_reaches_ringing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ivr.call.inbound.MOST_SILENCES", 10**6)
    monkeypatch.setattr("ivr.call.proof.walk.canonical", forgetful)
    found = {(one.rule, one.where) for one in check(small(shipped_edition())).findings}
    assert ("every loop has a bound", "en, node main") in found
    assert ("silence reaches ringing within 120 s", "en, node main") in found


def forgetful(call: Inbound) -> Inbound:
    """A walk in which no more than two silences can be told apart."""
    return CANONICAL(call._replace(silences=min(call.silences, 2)))


CANONICAL = canonical


def test_a_language_that_no_key_chooses_is_found() -> None:
    edition = changed.speaking(changed.languages(changed.another("x1", 1, "1")), "x1")
    found = {(one.rule, one.where) for one in check(small(edition)).findings}
    assert ("every node is reachable", "language x1") in found
    assert ("keys", "language x1") in found


def test_a_language_of_the_second_page_is_walked_like_the_others() -> None:
    edition = changed.languages(changed.another("ro", 2, "1", Tier.LIFEBOAT))
    edition = changed.speaking(edition, "ro", tier=Tier.LIFEBOAT)
    assert check(small(edition)).findings == ()
    slow = {**edition.recordings["ro"]}
    slow["main.intro"] = replace(slow["main.intro"], seconds=44.0)
    edition = replace(edition, recordings={**edition.recordings, "ro": slow})
    [finding] = check(small(edition)).findings
    assert (finding.rule, finding.where, finding.language) == (
        "silence reaches ringing within 120 s", "ro, node main", "ro",
    )  # fmt: skip


def test_a_recording_that_a_language_cannot_get_to_is_found_in_that_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_one(world: World, call: Inbound, node: Node) -> tuple[Option, ...]:
        found = options(world, call, node)
        dutch = call.language == "nl"
        return tuple(o for o in found if not (dutch and o.to == "other.pimps"))

    monkeypatch.setattr("ivr.call.inbound.options", without_one)
    found = {(one.rule, one.where) for one in check(small(shipped_edition())).findings}
    assert ("every node is reachable", "nl, node other.pimps") in found


def test_only_what_concerns_a_language_is_told_when_it_is_asked_for() -> None:
    edition = changed.text("nl", "self.feel.text", "Bel 1712.")
    edition = changed.node("other", edition, seconds=0)
    here = small(edition)
    rules = [(f.rule, f.language) for f in check(here, "en").findings]
    assert rules == [("time-outs", "")]
    assert {f.language for f in check(here, "nl").findings} == {"", "nl"}
    assert len(check(here).findings) == 2


def test_every_kind_of_number_is_walked_once_and_what_is_no_line_is_not() -> None:
    directory = shipped_directory()
    twice = (*directory.access, replace(directory.access[0], number="+3280000003"))
    here = world(directory=replace(directory, access=twice))
    assert len(lines(here)) == 3
    other = replace(directory.access[0], number="+3280000004", cost=Cost.NATIONAL)
    assert len(lines(world(directory=replace(directory, access=(*twice, other))))) == 4
    shown = next(one for one in directory.access if one.purpose is Purpose.OUTBOUND)
    with pytest.raises(ValueError, match=r"^\+3220000009 is not a line$"):
        walk(here, shown.number)


def test_every_rule_of_the_checker_has_a_case() -> None:
    folder = Path(ivr.call.proof.__file__).parent
    rules = {rule for path in folder.glob("*.py") for rule in _rules(path)}
    tried = {case.rule for case in (*CASES, *BY_HAND)}
    assert len(rules) > 25
    assert rules == tried


def _rules(path: Path) -> set[str]:
    """The rules that a module names: in a Finding, in a limit, or as `rule`."""
    found = set[str]()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
            if one.func.id in ("Finding", "_limit") and isinstance(one.args[0], ast.Constant):
                found.add(str(one.args[0].value))
            elif one.func.id in ("Finding", "_limit"):
                assert isinstance(one.args[0], ast.Name)
                assert one.args[0].id in ("rule", "RULE", "GATE")
        if isinstance(one, ast.Assign):
            names = [n for t in one.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            if any(name.id in ("rule", "RULE", "GATE") for name in names):
                found |= {
                    str(c.value)
                    for c in ast.walk(one.value)
                    if isinstance(c, ast.Constant) and " " in str(c.value)
                }
    return found
