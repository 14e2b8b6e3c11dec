"""Every mistake that a hand can make in a directory, and what it is told."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, time
from typing import Any

import pytest

from routing import checks
from routing.centres import DirectoryError, check_directory, read_directory
from routing.directory import Centre, Hours, Stretch
from tests.routing.directories import NATIONAL, directory
from tests.routing.test_document import GOOD, Document, problems


def centre(name: str, value: object, of: int = 0) -> Callable[[Document], None]:
    return lambda document: document["centre"][of].__setitem__(name, value)


def access(name: str, value: object, of: int = 0) -> Callable[[Document], None]:
    return lambda document: document["access"][of].__setitem__(name, value)


def top(name: str, value: object) -> Callable[[Document], None]:
    return lambda document: document.__setitem__(name, value)


def without(table: str, row: int, name: str) -> Callable[[Document], None]:
    return lambda document: document[table][row].pop(name)


BROKEN: list[tuple[Callable[[Document], Any], str, str]] = [
    (centre("dail", "x"), "centre payoke, dail", "is no field"),
    (centre("said", 3), "centre payoke, said", "must be text"),
    (centre("said", "0900 12 345"), "centre payoke, said", "premium"),
    (centre("said", ""), "centre payoke, said", "no number to say"),
    (without("centre", 0, "said"), "centre payoke, said", "is missing"),
    (without("centre", 0, "id"), "centre without a name, id", "is missing"),
    (centre("id", "Payoke!"), "centre Payoke!, id", "small letters"),
    (centre("id", "surya"), "centre surya (row 3), id", "an id of its own"),
    (centre("dial", "1712"), "centre payoke, dial", "short code"),
    (centre("dial", "+3290012345"), "centre payoke, dial", "premium"),
    (centre("dial", "+31201234567"), "centre payoke, dial", "NL"),
    (centre("dial", "+3220000001"), "centre payoke, dial", "this line itself"),
    (centre("dial", "+3225116464"), "centre pagasa, dial", "another centre"),
    (centre("toll_free", value=False, of=5), "centre ecoute, dial", "free number"),
    (centre("toll_free", "yes"), "centre payoke, toll_free", "true or false"),
    (centre("languages", "nl"), "centre payoke, languages", "list of texts"),
    (centre("languages", ["nl", 3]), "centre payoke, languages", "list of texts"),
    (centre("languages", ["xx"]), "centre payoke, languages", 'does not know "xx"'),
    (centre("regions", ["mars"]), "centre payoke, regions", 'does not know "mars"'),
    (centre("needs", ["yuong"]), "centre payoke, needs", 'does not know "yuong"'),
    (centre("screening", "xx"), "centre payoke, screening", 'does not know "xx"'),
    (centre("order", "first"), "centre payoke, order", "whole number"),
    (centre("order", value=True), "centre payoke, order", "whole number"),
    (centre("ring", 9), "centre payoke, ring", "10 to 60"),
    (centre("ring", 61), "centre payoke, ring", "10 to 60"),
    (centre("hours", []), "centre payoke, hours", "never answers"),
    (centre("hours", ["always", "monday 09:00-10:00"]), "centre payoke, hours", '"always"'),
    (centre("hours", ["monday 9-18"]), "centre payoke, hours", "does not understand"),
    (centre("hours", ["someday 09:00-18:00"]), "centre payoke, hours", "does not understand"),
    (centre("hours", ["friday-monday 09:00-18:00"]), "centre payoke, hours", "not understand"),
    (centre("hours", ["monday-someday 09:00-18:00"]), "centre payoke, hours", "not understand"),
    (centre("hours", ["monday 25:00-26:00"]), "centre payoke, hours", "no such time"),
    (centre("hours", ["monday 09:10-18:00"]), "centre payoke, hours", "quarter"),
    (centre("hours", ["monday 18:00-09:00"]), "centre payoke, hours", "ends before"),
    (centre("hours", ["monday 09:00-09:00"]), "centre payoke, hours", "ends before"),
    (
        centre("hours", ["monday-friday 09:00-12:00", "friday 11:45-18:00"]),
        "centre payoke, hours",
        "friday: two stretches overlap",
    ),
    (centre("closures", {}), "centre payoke, closures", "list of tables"),
    (centre("closures", [{"first": "2026-01-01"}]), "centre payoke, closures", "exactly"),
    (
        centre("closures", [{"first": "2026-01-02", "last": "2026-01-01", "reason": ""}]),
        "centre payoke, closures",
        "swap them",
    ),
    (centre("checked_on", "yesterday"), "centre payoke, checked_on", "2026-12-31"),
    (centre("checked_on", datetime(2026, 1, 1, tzinfo=UTC)), "centre payoke, checked_on", "a day"),
    (centre("skip_until", "2026-12-01"), "centre payoke, skip_until", "offset"),
    (centre("skip_until", "soon"), "centre payoke, skip_until", "offset"),
    (top("centre", "none"), "centre", "list of tables"),
    (top("centre", []), "centre", "no national line"),
    (centre("active", value=False, of=3), "centre", "no national line"),
    (without("access", 0, "number"), "access without a name, number", "is missing"),
    (access("number", "0800 00 001"), "access 0800 00 001, number", "international form"),
    (access("number", "+3299"), "access +3299, number", "international form"),
    (access("number", "+32999999999999"), "access +32999999999999, number", "international"),
    (access("number", "+3220000001"), "access +3220000001 (row 2), number", "stands here twice"),
    (access("purpose", "party"), "access +3280000001, purpose", "line, outbound"),
    (access("cost", []), "access +3280000001, cost", "free, local, national"),
    (access("language", "xx"), "access +3280000001, language", 'does not know "xx"'),
    (access("cover", "xx"), "access +3280000001, cover", 'does not know "xx"'),
    (access("hello", "Hello!"), "access +3280000001, hello", "key of a prompt"),
    (access("number", "+3280012345", 3), "access +3280012345, number", "free number may not"),
    (access("number", "+3278055801", 3), "access +3278055801, number", "national number may not"),
    (access("purpose", "line", 3), "access", "no number for our own calls"),
    (top("access", []), "access", "no number that callers ring"),
    (top("countries", ["Belgium"]), "directory, countries", "two-letter"),
    (top("countries", []), "directory, countries", "two-letter"),
    (top("zone", "Brussels"), "directory, zone", "time zone"),
    (top("callers", []), "directory, callers", "two-letter"),
    (top("callers", ["BE", "Paris"]), "directory, callers", "two-letter"),
    (top("callers", "BE"), "directory, callers", "list of texts"),
    (top("number", "one"), "directory, number", "whole number"),
    (top("proved", []), "directory, proved", "table"),
    (top("proved", {"twilio": "all"}), "directory, proved", "list of texts"),
    (top("buried", ["+3232011690"]), "centre payoke, dial", "withdrawn"),
    (top("colour", "blue"), "directory, colour", "is no field"),
    (lambda document: document.pop("number"), "directory, number", "is missing"),
]


@pytest.mark.parametrize(("spoil", "place", "what"), BROKEN)
def test_each_mistake_is_told_with_its_place_and_a_cure(
    spoil: Callable[[Document], Any], place: str, what: str
) -> None:
    document = deepcopy(GOOD)
    spoil(document)
    assert any(one.startswith(f"{place}: ") and what in one for one in problems(document))


def test_the_good_document_has_no_mistake() -> None:
    assert problems(GOOD) == []


def test_the_error_tells_each_problem_on_a_line() -> None:
    with pytest.raises(DirectoryError) as caught:
        read_directory({})
    assert str(caught.value).splitlines() == problems({})
    assert len(problems({})) == 4


def test_all_mistakes_are_told_at_once() -> None:
    document = deepcopy(GOOD)
    for spoil in (
        centre("ring", 1),
        centre("dail", "", 1),
        centre("hours", ["x"], 2),
        top("zone", "?"),
    ):
        spoil(document)
    found = problems(document)
    assert [one.split(":")[0] for one in found] == [
        "centre pagasa, dail", "centre surya, hours", "directory, zone", "centre payoke, ring",
    ]  # fmt: skip


def test_a_language_that_an_importer_knows_is_known() -> None:
    document = deepcopy(GOOD)
    document["centre"][0]["languages"] = ["yo"]
    assert problems(document)
    assert read_directory(document, checks.LANGUAGES | {"yo"}).by_id["payoke"].languages == ("yo",)


def test_a_stretch_on_an_eighth_day_and_a_moment_without_offset_are_found() -> None:
    odd = Centre(
        "odd", "1712", hours=Hours(week=(Stretch(7, time(9), time(10)),)),
        skip_until=datetime(2026, 1, 1),  # noqa: DTZ001 - the fault in question
    )  # fmt: skip
    found = [str(one) for one in check_directory(directory(odd, NATIONAL))]
    assert any("no day 7" in one for one in found)
    assert any("skip_until" in one for one in found)


RULES = (
    "_check_whole", "_check_doubles", "_check_numbers", "_check_times", "_check_week",
    "_check_access", "among",
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_planted_fault_without_a_rule_some_mistake_passes(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, rule, lambda *_: ())
    missed = []
    for spoil, place, what in BROKEN:
        document = deepcopy(GOOD)
        spoil(document)
        found = problems(document)
        missed += [place] if not any(place in one and what in one for one in found) else []
    assert missed
