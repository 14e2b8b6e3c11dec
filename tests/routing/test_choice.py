"""Whom does a call try, and why? Every centre here is an example."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from routing.choice import Route, choose, listed
from routing.directory import Centre, Closure, Directory
from tests.routing.directories import (
    ALWAYS,
    CHILDREN,
    FLEMISH,
    HELPLINE,
    NATIONAL,
    WALLOON,
    directory,
)

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(days=1)
BRIDGE = replace(
    CHILDREN, id="bridge", said="03 200 00 17", dial="+3232000017", needs=("young", "centre")
)


def route(
    within: Directory,
    *,
    need: str = "",
    region: str = "",
    language: str = "nl",
    carrier: str = "rehearsal",
    at: datetime = MONDAY,
) -> Route:
    return choose(within, need=need, region=region, language=language, carrier=carrier, at=at)


def dialled(found: Route) -> list[str]:
    return [stop.centre.id for stop in found.dial]


def announced(found: Route) -> list[str]:
    return [stop.centre.id for stop in found.announce]


def why(found: Route, centre: Centre) -> str:
    places = (*found.dial, *found.announce, *found.left)
    return next(place.why for place in places if place.centre.id == centre.id)


def test_first_the_regions_centre_then_the_national_line() -> None:
    found = route(directory(), region="flanders")
    assert dialled(found) == ["flemish", "country"]
    assert why(found, FLEMISH) == "the centre for Flanders; open now"
    assert why(found, NATIONAL) == "the national line; open now"
    assert why(found, WALLOON) == "is there for Wallonia, and the caller is in Flanders"


def test_a_caller_of_no_known_region_is_put_through_to_the_national_line() -> None:
    found = route(directory())
    assert dialled(found) == ["country"]
    assert why(found, FLEMISH) == "is the centre for Flanders, and the caller's region is not known"


def test_the_dutch_helpline_comes_last_for_dutch_callers_in_its_hours() -> None:
    dial = replace(HELPLINE, dial="sip:1712@trunk.example.be")
    within = directory(dial, NATIONAL, FLEMISH)
    assert dialled(route(within, region="flanders")) == ["flemish", "country", "dutch"]
    assert dialled(route(within, language="fr")) == ["country"]
    closed = route(within, at=SUNDAY)
    assert dialled(closed) == ["country"]
    assert why(closed, HELPLINE) == "is closed now; opens 2026-11-23 09:00"


def test_a_short_code_is_announced() -> None:
    found = route(directory())
    assert announced(found) == ["dutch"]
    assert why(found, HELPLINE).endswith("not rung: it has no number that can be dialled")


def test_young_callers_get_those_who_take_their_calls_then_the_national_line() -> None:
    within = directory(NATIONAL, FLEMISH, CHILDREN, HELPLINE, BRIDGE)
    found = route(within, need="young", region="flanders")
    assert dialled(found) == ["bridge", "country"]
    assert announced(found) == ["children"]
    assert why(found, BRIDGE) == "takes calls of young people; open now"
    assert why(found, FLEMISH) == "is not one of those that take calls of young people"
    assert why(route(within), CHILDREN) == "takes calls of young people only"


def test_what_no_test_call_has_reached_is_announced() -> None:
    proved = {"twilio": frozenset({NATIONAL.dial})}
    found = route(directory(proved=proved), region="flanders", carrier="twilio")
    assert dialled(found) == ["country"]
    assert announced(found) == ["flemish", "dutch"]
    assert "no test call on twilio has reached it yet" in why(found, FLEMISH)
    elsewhere = route(directory(proved=proved), carrier="another")
    assert dialled(elsewhere) == []


def test_a_proof_for_the_rehearsal_says_nothing_about_a_real_carrier() -> None:
    proved = {"rehearsal": frozenset({NATIONAL.dial})}
    assert dialled(route(directory(proved=proved), carrier="twilio")) == []


def test_what_was_withdrawn_is_neither_rung_nor_named() -> None:
    found = route(directory(buried=frozenset({FLEMISH.dial})), region="flanders")
    assert dialled(found) == ["country"]
    assert announced(found) == ["dutch"]
    assert "withdrawn" in why(found, FLEMISH)


def test_a_withdrawn_way_to_a_short_code_leaves_the_short_code() -> None:
    dial = replace(HELPLINE, dial="sip:1712@trunk.example.be")
    found = route(directory(dial, NATIONAL, buried=frozenset({dial.dial})))
    assert announced(found) == ["dutch"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"active": False}, "is switched off in the directory"),
        ({"languages": ("fr", "de")}, "speaks fr, de, and the caller's language is nl"),
        ({"skip_until": MONDAY + timedelta(hours=1)}, "is left out until 2026-11-23 11:30"),
        (
            {"closures": (Closure(date(2026, 11, 20), date(2026, 11, 24), "moving"),)},
            "is closed until the end of 2026-11-24: moving; opens 2026-11-25 00:00",
        ),
        ({"hours": replace(ALWAYS, always=False)}, "is closed now; no opening is known"),
        (
            {"needs": ("emergency",)},
            "is an emergency number, which a caller has to dial herself",
        ),
        ({"needs": ()}, "is named in lists and recordings only"),
        ({"regions": ()}, "is there for no region, and the caller is in Flanders"),
    ],
)
def test_why_a_centre_is_left(change: dict[str, object], reason: str) -> None:
    centre = replace(FLEMISH, **change)
    found = route(directory(centre, NATIONAL), region="flanders")
    assert dialled(found) == ["country"]
    assert why(found, centre) == reason


def test_a_holiday_is_given_as_the_reason() -> None:
    found = route(directory(), at=datetime(2026, 12, 25, 12, tzinfo=UTC))
    assert why(found, HELPLINE) == "is closed on public holidays; opens 2026-12-28 09:00"


def test_a_centre_that_was_left_out_until_now_is_back() -> None:
    centre = replace(FLEMISH, skip_until=MONDAY)
    assert dialled(route(directory(centre, NATIONAL), region="flanders")) == ["flemish", "country"]


def test_among_equals_the_order_decides() -> None:
    other = replace(FLEMISH, id="aaa", dial="+3232000018", order=101)
    found = route(directory(other, FLEMISH), region="flanders")
    assert dialled(found) == ["flemish", "aaa"]


def test_lists_name_what_is_open_and_speaks_her_language() -> None:
    within = directory()
    assert [one.id for one in listed(within, "open", "nl", MONDAY)] == ["dutch"]
    assert [one.id for one in listed(within, "centre", "ro", MONDAY)] == ["flemish", "walloon"]


@pytest.mark.parametrize(
    ("need", "language", "at"),
    [("open", "nl", SUNDAY), ("open", "fr", MONDAY), ("?", "nl", MONDAY)],
)
def test_a_list_that_would_be_empty_names_the_national_line(
    need: str, language: str, at: datetime
) -> None:
    assert [one.id for one in listed(directory(), need, language, at)] == ["country"]


def test_a_list_keeps_the_order_of_the_directory() -> None:
    within = directory(FLEMISH, replace(WALLOON, order=50))
    assert [one.id for one in listed(within, "centre", "nl", MONDAY)] == ["walloon", "flemish"]


def test_a_national_line_that_is_switched_off_is_not_named_either() -> None:
    assert listed(directory(replace(NATIONAL, active=False)), "open", "nl", MONDAY) == ()


def test_lists_name_nothing_that_was_withdrawn_or_switched_off() -> None:
    buried = directory(buried=frozenset({FLEMISH.dial}))
    assert [one.id for one in listed(buried, "centre", "nl", MONDAY)] == ["walloon"]
    off = directory(replace(FLEMISH, active=False), WALLOON)
    assert [one.id for one in listed(off, "centre", "nl", MONDAY)] == ["walloon"]
