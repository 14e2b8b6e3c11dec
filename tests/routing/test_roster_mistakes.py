"""Every mistake that a hand can make in the roster and the parts of the day."""

from copy import deepcopy
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from routing import roster
from routing.centres import check_directory
from routing.directory import Part, Stretch
from tests.routing.directories import directory, shift
from tests.routing.test_document import GOOD, Document, problems

DUTY = {"days": ["monday"], "hours": "09:00-17:00", "languages": ["nl"], "operators": 2}


def with_part(**changes: object) -> Document:
    return {**deepcopy(GOOD), "part": [{"start": "14:00", "until": "16:00", **changes}]}


def with_duty(**changes: object) -> Document:
    return {**deepcopy(GOOD), "duty": [{**DUTY, **changes}]}


def without(document: Document, table: str, name: str) -> Document:
    document[table][0].pop(name)
    return document


def eight() -> list[dict[str, str]]:
    return [{"start": f"{one:02}:00", "until": "24:00"} for one in range(8)]


BROKEN: list[tuple[Document, str, str]] = [
    (with_part(start="14"), "part 14, start", "no such time"),
    (with_part(start="14:00:00"), "part 14:00:00, start", "no such time"),
    (with_part(start="1400"), "part 1400, start", "no such time"),
    (with_part(start="24:15"), "part 24:15, start", "no such time"),
    (with_part(start="12:60"), "part 12:60, start", "no such time"),
    (with_part(start="14:00\n"), "part 14:00\n, start", "no such time"),
    (with_part(start=14), "part 14, start", "must be text"),
    (with_part(until="noon"), "part 14:00, until", "no such time"),
    (with_part(until="14:45 "), "part 14:00, until", "no such time"),
    (with_part(until="14:30"), "part 14:00, until", "45 minutes or more"),
    (with_part(until="13:00"), "part 14:00, until", "make it end later"),
    (with_part(start="24:00", until="24:00"), "part 24:00, until", "make it end later"),
    (with_part(start="14:10"), "part 14:10, start", "quarter"),
    (with_part(until="16:05"), "part 14:00, start", "quarter"),
    (with_part(till="16:00"), "part 14:00, till", "is no field"),
    (without(with_part(), "part", "until"), "part 14:00, until", "is missing"),
    (without(with_part(), "part", "start"), "part without a name, start", "is missing"),
    ({**GOOD, "part": "always"}, "part", "list of tables"),
    ({**GOOD, "part": [*eight()[:7], eight()[0]]}, "part 00:00 (row 8)", "stands here twice"),
    ({**GOOD, "part": [*eight(), {"start": "08:00", "until": "09:00"}]}, "part", "more than 8"),
    (with_duty(days=[]), "duty 09:00-17:00, days", "is empty"),
    (with_duty(days=["someday"]), "duty 09:00-17:00, days", 'does not know "someday"'),
    (with_duty(days=["monday", ""]), "duty 09:00-17:00, days", 'does not know ""'),
    (with_duty(days="monday"), "duty 09:00-17:00, days", "list of texts"),
    (with_duty(hours="09:00"), "duty 09:00, hours", "a stretch of a day"),
    (with_duty(hours="9-17"), "duty 9-17, hours", "no such time"),
    (with_duty(hours=["09:00-17:00"]), "duty ['09:00-17:00'], hours", "must be text"),
    (with_duty(hours="17:00-09:00"), "duty 17:00-09:00, hours", "ends before it begins"),
    (with_duty(hours="09:00-09:00"), "duty 09:00-09:00, hours", "ends before it begins"),
    (with_duty(hours="09:10-17:00"), "duty 09:10-17:00, hours", "quarter"),
    (with_duty(hours="09:00-17:20"), "duty 09:00-17:20, hours", "quarter"),
    (with_duty(languages=[]), "duty 09:00-17:00, languages", "nobody can be called"),
    (with_duty(languages=["xx"]), "duty 09:00-17:00, languages", 'does not know "xx"'),
    (with_duty(operators=0), "duty 09:00-17:00, operators", "1 to 500"),
    (with_duty(operators=501), "duty 09:00-17:00, operators", "1 to 500"),
    (with_duty(operators="two"), "duty 09:00-17:00, operators", "whole number"),
    (with_duty(staff=2), "duty 09:00-17:00, staff", "is no field"),
    (without(with_duty(), "duty", "languages"), "duty 09:00-17:00, languages", "is missing"),
    (without(with_duty(), "duty", "days"), "duty 09:00-17:00, days", "is missing"),
    (without(with_duty(), "duty", "hours"), "duty without a name, hours", "is missing"),
    ({**GOOD, "duty": [DUTY, {**DUTY, "days": ["x"]}]}, "duty 09:00-17:00 (row 2), days", "know"),
    ({**GOOD, "duty": {}}, "duty", "list of tables"),
]


@pytest.mark.parametrize(("document", "place", "what"), BROKEN)
def test_each_mistake_is_told_with_its_place_and_a_cure(
    document: Document, place: str, what: str
) -> None:
    found = problems(document)
    assert len(found) == 1
    assert found[0].startswith(f"{place}: ")
    assert what in found[0]


@pytest.mark.parametrize(
    "document",
    [
        with_part(),
        with_part(start="00:00", until="24:00"),
        with_part(until="14:45"),
        {**GOOD, "part": eight()},
        {**GOOD, "part": []},
        with_duty(),
        with_duty(days=["monday", "sunday"], hours="00:00-24:00"),
        with_duty(operators=1),
        with_duty(operators=500),
        with_duty(hours="09:15-17:45"),
    ],
)
def test_what_is_good_has_no_mistake(document: Document) -> None:
    assert problems(document) == []


def test_what_no_document_can_hold_is_found_as_well() -> None:
    eighth = replace(shift(0, 9, 17), stretch=Stretch(7, time(9), time(17)))
    odd = directory(parts=(Part(-60, 60), Part(1380, 1500)), roster=(eighth,))
    found = [str(one) for one in check_directory(odd)]
    assert [one for one in found if "make it end later" in one and "part" in one]
    assert len([one for one in found if "within one day" in one]) == 2
    assert any("duty 09:00-17:00, days: has no day 7" in one for one in found)
    seconds = replace(shift(0, 9, 17), stretch=Stretch(0, time(9, 0, 1), time(17, 0, 0, 1)))
    assert any("quarter" in str(one) for one in check_directory(directory(roster=(seconds,))))


@pytest.mark.parametrize("rule", ["_check_part", "_check_duty", "among"])
def test_planted_fault_without_a_rule_some_mistake_passes(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, rule, lambda *_: ())
    missed: list[Any] = [place for document, place, _ in BROKEN if not problems(document)]
    assert missed
