"""What a change does, told to whoever makes it; and what was withdrawn stays withdrawn."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from routing import guard
from routing.changes import bury, diff, withdrawn
from routing.choice import choose
from routing.directory import Closure, Directory, Hours, Part
from routing.guard import Yes, may_dial
from tests.routing.directories import (
    ACCESS,
    FLEMISH,
    MOMENTS,
    NATIONAL,
    OFFICE,
    WALLOON,
    directories,
    directory,
    shift,
)
from tests.routing.test_choice import MONDAY

OLD = directory(NATIONAL, FLEMISH)
NEW_DIAL = "+3232000019"


def changed(**changes: object) -> Directory:
    return directory(NATIONAL, replace(FLEMISH, **changes))


def test_nothing_changed_is_nothing_told() -> None:
    assert diff(OLD, replace(OLD, number=2)) == ()


def test_a_centre_that_comes_and_one_that_goes() -> None:
    told = diff(OLD, directory(NATIONAL, WALLOON))
    assert len(told) == 2
    assert told[0].startswith("Centre walloon was added: id walloon, said 04 200 00 12, dial +3242")
    assert told[1].startswith("Centre flemish was removed: id flemish, said 03 200 00 11")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"dial": NEW_DIAL}, "dial was +3232000011 and is now +3232000019"),
        ({"dial": ""}, "dial was +3232000011 and is now nothing"),
        ({"toll_free": True}, "toll_free was no and is now yes"),
        ({"active": False}, "active was yes and is now no"),
        ({"languages": ("nl", "fr")}, "languages was nothing and is now nl; fr"),
        (
            {"hours": OFFICE},
            "hours was always and is now monday-friday 09:00-18:00; not on public holidays",
        ),
        ({"hours": Hours()}, "hours was always and is now nothing"),
        ({"skip_until": MONDAY}, "skip_until was nothing and is now 2026-11-23T09:30:00+00:00"),
        (
            {"closures": (Closure(MONDAY.date(), MONDAY.date(), "moving"),)},
            "closures was nothing and is now first 2026-11-23, last 2026-11-23, reason moving",
        ),
        ({"ring": 30}, "ring was 22 and is now 30"),
    ],
)
def test_what_changed_at_a_centre_in_both_directions(change: dict[str, object], told: str) -> None:
    new = changed(**change)
    assert diff(OLD, new) == (f"Centre flemish: {told}.",)
    before, after = told.split(" was ")[1].split(" and is now ")
    name = told.split(" was ")[0]
    assert diff(new, OLD) == (f"Centre flemish: {name} was {after} and is now {before}.",)


def test_our_own_numbers_the_whole_and_the_lists() -> None:
    first, shown = ACCESS
    new = replace(
        OLD,
        access=(replace(first, cover="fr"), replace(shown, number="+3220000008")),
        countries=("BE", "NL"),
        proved={"twilio": frozenset({FLEMISH.dial})},
        buried=frozenset({NEW_DIAL}),
    )
    told = diff(OLD, new)
    assert told[0] == "Access number +3220000001: cover was nl and is now fr."
    assert told[1].startswith("Access number +3220000008 was added: ")
    assert told[2].startswith("Access number +3220000009 was removed: ")
    assert told[3:] == (
        "The directory: countries was BE and is now BE; NL.",
        "+3232000019 is now buried.",
        "+3232000011 is now proved on twilio.",
    )
    assert "+3232000011 is no longer proved on twilio." in diff(new, OLD)


@settings(max_examples=100, deadline=None)
@given(directories(), directories())
def test_silence_means_that_nothing_changed(one: Directory, other: Directory) -> None:
    same = one == other or diff(one, other) != () or _only_order_differs(one, other)
    assert same
    assert diff(one, one) == ()


def _only_order_differs(one: Directory, other: Directory) -> bool:
    proofs = [{name: found for name, found in d.proved.items() if found} for d in (one, other)]
    plans = [(d.callers, set(d.parts), Counter(map(repr, d.roster))) for d in (one, other)]
    same = one.by_id == other.by_id and one.buried == other.buried
    return same and proofs[0] == proofs[1] and plans[0] == plans[1]


def test_parts_of_the_day_and_the_roster_are_told_line_by_line() -> None:
    morning, night = Part(8 * 60, 10 * 60), Part(22 * 60, 24 * 60)
    old = replace(OLD, parts=(morning, night), roster=(shift(0, 9, 17), shift(1, 9, 17)))
    new = replace(
        old,
        parts=(night, Part(615, 720)),
        roster=(shift(1, 9, 17), shift(1, 9, 17), shift(6, 20, 24, "nl fr", 2)),
        callers=("BE", "NL"),
    )
    assert diff(old, new) == (
        "The directory: callers was BE and is now BE; NL.",
        "The part of the day 10:15-12:00 was added.",
        "The part of the day 08:00-10:00 was removed.",
        "Duty on sunday 20:00-24:00 (2 operators speaking nl, fr) was added.",
        "Duty on tuesday 09:00-17:00 (1 operator speaking nl) was added.",
        "Duty on monday 09:00-17:00 (1 operator speaking nl) was removed.",
    )
    assert diff(old, replace(old, parts=(night, morning))) == ()
    assert diff(old, replace(old, roster=old.roster[::-1])) == ()


def test_what_an_import_takes_away_is_withdrawn() -> None:
    assert withdrawn(OLD, changed(dial=NEW_DIAL)) == {FLEMISH.dial}
    assert withdrawn(OLD, changed(dial="")) == {FLEMISH.dial}
    assert withdrawn(OLD, directory(NATIONAL)) == {FLEMISH.dial}
    assert withdrawn(OLD, directory(NATIONAL, replace(FLEMISH, id="renamed"))) == frozenset()


def test_an_old_export_does_not_bring_a_buried_number_back() -> None:
    now = bury(changed(dial=NEW_DIAL), withdrawn(OLD, changed(dial=NEW_DIAL)))
    imported = bury(OLD, now.buried | withdrawn(now, OLD))
    assert may_dial(FLEMISH.dial, imported) != Yes()
    assert may_dial(NEW_DIAL, imported) != Yes()
    assert may_dial(NATIONAL.dial, imported) == Yes()


def test_burying_forgets_the_proofs_and_nothing_else() -> None:
    proved = {"twilio": frozenset({FLEMISH.dial, NATIONAL.dial})}
    found = bury(replace(OLD, proved=proved), ["", FLEMISH.dial])
    assert found.proved == {"twilio": frozenset({NATIONAL.dial})}
    assert found.buried == {FLEMISH.dial}
    assert found.centres == OLD.centres


def test_burying_adds_to_what_was_buried_and_knows_every_dress_of_it() -> None:
    proved = {"twilio": frozenset({"sip:desk@centre.example.org:5061"})}
    found = bury(bury(replace(OLD, proved=proved), [NEW_DIAL]), ["sip:desk@centre.example.org"])
    assert found.buried == {NEW_DIAL, "sip:desk@centre.example.org"}
    assert found.proved == {"twilio": frozenset()}


@settings(max_examples=100, deadline=None)
@given(directories(), directories(), MOMENTS)
def test_no_directory_rings_what_was_buried(old: Directory, new: Directory, at: object) -> None:
    after = bury(new, old.buried | withdrawn(old, new))
    assert dialled(after, at).isdisjoint(after.buried)
    assert old.buried <= after.buried


def dialled(within: Directory, at: object) -> set[str]:
    regions = ("", "flanders", "brussels", "wallonia")
    routes = (
        choose(within, need=need, region=region, language="nl", carrier="rehearsal", at=at)
        for need in ("", "young")
        for region in regions
    )
    return {stop.centre.dial for route in routes for stop in route.dial}


def test_planted_fault_a_guard_that_forgets_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    after = bury(OLD, [FLEMISH.dial])
    assert dialled(after, MONDAY).isdisjoint(after.buried)
    monkeypatch.setattr(guard, "is_buried", lambda *_: False)
    assert not dialled(after, MONDAY).isdisjoint(after.buried)
