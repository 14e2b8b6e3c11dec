"""What is offered can be kept: told by hand, and by a second count that knows only hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from routing import offer
from routing.directory import Directory, Part
from routing.offer import days, kept, of_day, offers, soonest
from routing.window import Window
from tests.routing.directories import directory, shift

EIGHT = tuple(Part(hour * 60, (hour + 2) * 60) for hour in range(8, 24, 2))
HERE = directory(parts=EIGHT, roster=(shift(0, 9, 18), shift(1, 14, 18, "fr nl")))
MONDAY = date(2026, 11, 23)
EARLY = datetime(2026, 11, 23, 6, tzinfo=UTC)  # Monday, seven in the morning
HOUR = timedelta(hours=1)


def told(within: Directory, at: datetime = EARLY, language: str = "nl", **booked: int) -> list[str]:
    found = offers(within, language=language, booked=counts(**booked), at=at)
    return [f"{one.day:%a %d} {one.start // 60}-{one.until // 60}" for one in found]


def counts(**booked: int) -> offer.Booked:
    """Callbacks by name: `nl14=3` are three in Dutch on Monday from 14 to 16."""
    windows = {name: Window(MONDAY, int(name[2:]) * 60, int(name[2:]) * 60 + 120)
               for name in booked}  # fmt: skip
    return {(*windows[name].span(), name[:2]): n for name, n in booked.items()}


def test_each_part_of_the_day_in_which_somebody_works_all_the_time() -> None:
    assert told(HERE) == [
        "Mon 23 10-12", "Mon 23 12-14", "Mon 23 14-16", "Mon 23 16-18",
        "Tue 24 14-16", "Tue 24 16-18",
    ]  # fmt: skip
    assert told(HERE, language="fr") == ["Tue 24 14-16", "Tue 24 16-18"]
    assert told(HERE, language="de") == []
    assert told(directory(parts=EIGHT)) == []
    assert told(replace(HERE, parts=())) == []


def test_at_least_45_minutes_are_left() -> None:
    noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert told(HERE, noon + timedelta(minutes=75))[0] == "Mon 23 12-14"
    assert told(HERE, noon + timedelta(minutes=75, seconds=1))[0] == "Mon 23 14-16"
    short = replace(HERE, parts=(Part(840, 885), Part(900, 930)))
    assert told(short) == ["Mon 23 14-14", "Tue 24 14-14"]


def test_seven_days_each_with_a_weekday_of_its_own() -> None:
    daily = replace(HERE, roster=tuple(shift(day, 8, 24) for day in range(7)))
    found = offers(daily, language="nl", booked={}, at=EARLY + 5 * HOUR)
    assert days(found) == tuple(MONDAY + timedelta(days=ahead) for ahead in range(7))
    assert len(soonest(found)) == 4
    assert soonest(found) == found[:4]
    assert [one.start // 60 for one in of_day(found, MONDAY)] == [12, 14, 16, 18, 20, 22]
    assert len(of_day(found, MONDAY + timedelta(days=6))) == 8
    assert of_day(found, MONDAY + timedelta(days=7)) == ()
    late = offers(daily, language="nl", booked={}, at=datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    assert days(late)[0] == MONDAY + timedelta(days=1)
    assert days(late)[-1] == MONDAY + timedelta(days=6)
    new_day = offers(daily, language="nl", booked={}, at=datetime(2026, 11, 23, 23, tzinfo=UTC))
    assert days(new_day)[-1] == MONDAY + timedelta(days=7)


def test_soonest_first_whatever_the_order_of_the_parts() -> None:
    mixed = replace(HERE, parts=(Part(960, 1080), Part(600, 720), Part(600, 660)))
    assert told(mixed)[:3] == ["Mon 23 10-11", "Mon 23 10-12", "Mon 23 16-18"]


@pytest.mark.parametrize(
    ("operators", "n", "offered"), [(1, 3, True), (1, 4, False), (2, 8, True), (2, 9, False)]
)
def test_places_are_three_an_hour_and_four_fifths_of_that(
    operators: int, n: int, offered: bool
) -> None:
    within = replace(HERE, roster=(shift(0, 14, 16, operators=operators),))
    assert (told(within, nl14=n) == ["Mon 23 14-16"]) is offered


def test_as_time_goes_by_fewer_have_a_place() -> None:
    within = replace(HERE, roster=(shift(0, 14, 16),))
    half_past = datetime(2026, 11, 23, 13, 20, tzinfo=UTC)
    assert told(within, half_past, nl14=3) == ["Mon 23 14-16"]
    assert told(within, half_past + timedelta(seconds=1), nl14=3) == []
    assert told(within, half_past + 50 * timedelta(minutes=1), nl14=1) == ["Mon 23 14-16"]
    assert told(within, half_past + 51 * timedelta(minutes=1), nl14=1) == []


def test_what_is_booked_in_a_window_that_overlaps_counts_as_well() -> None:
    within = replace(HERE, parts=(Part(780, 900), Part(840, 960), Part(900, 1020)))
    assert len(told(within, nl14=3)) == 5
    assert told(within, nl14=4) == ["Tue 24 14-16", "Tue 24 15-17"]
    assert told(within, nl12=4)[0] == "Mon 23 14-16"  # which begins when those are over
    assert told(within, nl16=4)[:3] == ["Mon 23 13-15", "Mon 23 14-16", "Tue 24 14-16"]


def test_an_operator_who_speaks_two_languages_works_only_once() -> None:
    within = replace(HERE, roster=(shift(0, 14, 16, "nl fr"),))
    assert told(within, nl14=2, fr14=1) == ["Mon 23 14-16"]
    assert told(within, nl14=2, fr14=2) == []
    assert told(within, nl14=2, de14=9) == ["Mon 23 14-16"]
    more = replace(within, roster=(*within.roster, shift(0, 14, 16, "fr")))
    assert told(more, nl14=3, fr14=4) == ["Mon 23 14-16"]
    assert told(more, nl14=4) == []
    assert told(more, language="fr", nl14=4, fr14=3) == ["Mon 23 14-16"]
    assert told(more, language="fr", nl14=4, fr14=4) == []


def test_shifts_that_follow_each_other_make_one_stretch() -> None:
    within = replace(HERE, roster=(shift(0, 13, 15), shift(0, 15, 17, operators=3)))
    assert told(within) == ["Mon 23 14-16"]
    assert told(within, nl14=8) == ["Mon 23 14-16"]  # an hour of one, an hour of three
    assert told(within, nl14=9) == []
    aside = replace(HERE, roster=(shift(0, 14, 16), shift(0, 8, 10), shift(0, 20, 24)))
    assert told(aside, nl14=3)[:2] == ["Mon 23 8-10", "Mon 23 14-16"]
    other = replace(HERE, roster=(shift(0, 14, 15), shift(0, 15, 16, "fr"), shift(0, 14, 15)))
    assert told(other) == []
    gap = replace(HERE, roster=(shift(0, 13, 15), shift(0, 16, 18)))
    assert told(gap) == ["Mon 23 16-18"]


def test_only_a_part_of_the_day_in_the_zone_and_the_week_is_kept() -> None:
    good = Window(MONDAY, 840, 960)
    asked = {"language": "nl", "booked": {}, "at": EARLY}
    assert kept(HERE, good, **asked)
    assert not kept(HERE, replace(good, start=855), **asked)
    assert not kept(HERE, replace(good, until=945), **asked)
    assert not kept(HERE, replace(good, zone="Europe/London"), **asked)
    assert not kept(HERE, replace(good, day=MONDAY + timedelta(days=7)), **asked)
    assert not kept(HERE, replace(good, day=MONDAY - timedelta(days=7)), **asked)
    assert not kept(HERE, good, **{**asked, "at": EARLY + 48 * HOUR})


NIGHT = (Part(0, 120), Part(60, 180), Part(120, 240), Part(120, 180), Part(90, 150))


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2026, 3, 28), "0-2 1-3 1.5-2.5 2-3 2-4"),
        (date(2026, 3, 29), "0-2 1-3 2-4"),  # no 2 to 3, and only half an hour after 1.5
        (date(2026, 10, 25), "0-2 1-3 1.5-2.5 2-3 2-4"),
    ],
)
def test_where_the_clocks_change_only_what_is_left_is_offered(day: date, offered: str) -> None:
    here = directory(parts=NIGHT, roster=tuple(shift(one, 0, 24) for one in range(7)))
    before = datetime.combine(day, time(12), UTC) - timedelta(days=1)
    found = of_day(offers(here, language="nl", booked={}, at=before), day)
    assert " ".join(f"{one.start / 60:g}-{one.until / 60:g}" for one in found) == offered


def test_a_moment_needs_a_zone_and_any_will_do() -> None:
    bare, brussels = EARLY.replace(tzinfo=None), ZoneInfo("Europe/Brussels")
    for within in (HERE, replace(HERE, parts=())):
        with pytest.raises(ValueError, match="time zone"):
            offers(within, language="nl", booked={}, at=bare)
    with pytest.raises(ValueError, match="time zone"):
        kept(HERE, Window(MONDAY, 840, 960), language="nl", booked={}, at=bare)
    assert told(HERE, EARLY.astimezone(brussels)) == told(HERE)
