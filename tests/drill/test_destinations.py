"""The drill of destinations: nothing is wrong, it reaches every corner, and it finds faults."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from ivr.drill import destinations
from ivr.drill.by_hand import BY_HAND
from ivr.drill.destinations import drill
from ivr.drill.plans import CODES, ORDINARY, SPECIAL, Sort, sorts, types, vary
from routing import callers, kinds
from routing.callers import WhyNot, read_number
from routing.directory import Directory


def test_nothing_is_wrong() -> None:
    score = drill(1200, seed=1)
    assert score.examples == ()
    assert (score.tried, score.wrong) == (1200 + len(BY_HAND), 0)


def test_the_same_seed_tries_the_same_and_every_kind_of_answer_comes() -> None:
    tried: list[list[str]] = []
    found: Counter[str] = Counter()

    def read(keyed: str, within: Directory) -> str | WhyNot:
        answer = read_number(keyed, within)
        tried[-1].append(keyed)
        found[answer.value if isinstance(answer, WhyNot) else "good"] += 1
        return answer

    for seed in (1, 1, 2):
        tried.append([])
        drill(600, seed, read)
    assert tried[0] == tried[1] != tried[2]
    assert set(found) == {"good", *WhyNot}
    assert found["good"] > 200


def test_the_list_by_hand_has_every_reason_and_every_country() -> None:
    assert {right for _, right in BY_HAND if isinstance(right, WhyNot)} == set(WhyNot)
    good = [right for _, right in BY_HAND if not isinstance(right, WhyNot)]
    assert {code for code in CODES for one in good if one.startswith(f"+{code}")} == set(CODES)
    assert len({keyed for keyed, _ in BY_HAND}) == len(BY_HAND)


def test_the_plans_hold_every_type_of_every_country() -> None:
    assert {one.type for one in sorts()} == {*ORDINARY, *SPECIAL}
    assert len({one.code for one in sorts()}) > 200
    assert types("BE", "470123456") == {"mobile"}
    assert types("BE", "90012345") == {"premium_rate"}
    assert types("BE", "4701234567") == set()
    assert types("XX", "470123456") == set()
    assert types("AC", "99999999999") == set()
    assert vary(Sort("32", "mobile", "12", "never"), Random(1)) == "12"  # noqa: S311  # no secret


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORDINARY", {"fixed", "mobile", "national"}),
        ("ORDINARY", {"fixed", "mobile", "premium"}),
        ("ORDINARY", {"fixed", "mobile", "free"}),
        ("ORDINARY", {"fixed", "mobile", "shared cost"}),
        ("ORDINARY", {"mobile"}),
        ("ORDINARY", {"fixed"}),
        ("TYPES", {"premium": WhyNot.PREMIUM}),
        ("is_short_from_abroad", lambda *_: False),
        ("is_short_from_abroad", lambda *_: True),
        ("_of_centres", lambda *_: set()),
        ("LONGEST_SHORT", 5),
        ("LONGEST_SHORT", 9),
        ("at_home", lambda _: ("", "+32")),
        ("at_home", lambda _: ("0", "+31")),
    ],
)
def test_planted_fault_it_is_found(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, name, value)
    assert drill(300, 1).wrong


@pytest.mark.parametrize(
    "fault",
    [
        lambda keyed, within: read_number(keyed, replace(within, callers=("BE",))),
        lambda keyed, within: read_number(keyed, replace(within, callers=(*within.callers, "GB"))),
        lambda keyed, within: read_number(keyed, replace(within, callers=("NL", *within.callers))),
        lambda keyed, within: read_number(keyed, replace(within, access=())),
        lambda keyed, within: read_number(keyed.strip(), within),
        lambda keyed, within: str(read_number(keyed, within)),
        lambda *_: WhyNot.UNKNOWN,
    ],
)
def test_planted_fault_in_a_reader_it_is_found(fault: destinations.Read) -> None:
    score = drill(300, 1, fault)
    assert score.wrong
    assert len(score.examples) <= 20


def test_only_the_plans_without_the_list_find_a_type_that_is_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(destinations, "BY_HAND", ())
    assert drill(300, 1).wrong == 0
    voip = {**kinds.TYPES, kinds.PhoneNumberType.VOIP: "fixed"}
    monkeypatch.setattr(kinds, "TYPES", voip)
    assert drill(300, 1).wrong
