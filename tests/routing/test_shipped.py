"""The directory that ships: each fact once more, from the facts and not from the file."""

import tomllib
from datetime import UTC, datetime

import phonenumbers
import pytest

from prompts import load_catalogue
from routing.centres import SHIPPED, load_directory
from routing.choice import choose, listed
from routing.directory import Directory, Purpose
from routing.hours import say_hours
from routing.numbers import say_digits
from routing.offer import offers

FACTS = {
    "payoke": ("03 201 16 90", "+3232011690", "flanders"),
    "pagasa": ("02 511 64 64", "+3225116464", "brussels"),
    "surya": ("04 232 40 30", "+3242324030", "wallonia"),
    "reporting": ("078 055 800", "+3278055800", ""),
    "1712": ("1712", "", ""),
    "ecoute": ("0800 30 030", "+3280030030", ""),
    "caw": ("0800 13 500", "", "flanders brussels"),
    "childfocus": ("116 000", "", ""),
    "awel": ("102", "", ""),
    "teleonthaal": ("106", "", ""),
    "teleaccueil": ("107", "", ""),
    "telefonhilfe": ("108", "", ""),
    "police": ("1-0-1", "", ""),
    "ambulance": ("1-1-2", "", ""),
}


@pytest.fixture(scope="module")
def shipped() -> Directory:
    return load_directory()


def test_every_row_of_the_facts_is_there_and_no_other(shipped: Directory) -> None:
    found = {one.id: (one.said, one.dial, " ".join(one.regions)) for one in shipped.centres}
    assert found == FACTS


def test_every_centre_has_a_name_that_the_line_can_say(shipped: Directory) -> None:
    assert {one.prompt for one in shipped.centres} <= set(load_catalogue().keys)


def test_what_is_said_is_what_is_dialled(shipped: Directory) -> None:
    for centre in shipped.centres:
        digits = "".join(key[-1] for group in say_digits(centre.said) for key in group)
        assert centre.dial in {"", f"+32{digits.removeprefix('0')}"}


def test_every_row_tells_its_source_its_day_and_how_sure_it_is(shipped: Directory) -> None:
    for centre in shipped.centres:
        assert centre.source
        assert centre.checked_on
        assert centre.confidence in {"high", "medium", "low"}
        assert centre.confidence != "low" or not centre.dial


def test_the_hours_of_those_that_sleep(shipped: Directory) -> None:
    said = {
        one.id: " ".join(key.partition(".")[2] for key in say_hours(one.hours))
        for one in shipped.centres
        if not one.hours.always
    }
    assert said == {
        "1712": "from monday until friday from 9 until 18 notholidays",
        "ecoute": "from monday until friday from 9 until 19",
        "caw": "from monday until friday from 9 until 17",
        "awel": "from monday until saturday from 16 until 22 notholidays",
    }


def test_our_own_numbers_are_examples_that_can_belong_to_nobody(shipped: Directory) -> None:
    for one in shipped.access:
        assert one.example
        assert not phonenumbers.is_valid_number(phonenumbers.parse(one.number))
    lines = [one for one in shipped.access if one.purpose is Purpose.LINE]
    assert {one.cost.value for one in lines} == {"free", "local"}
    assert [one.cover for one in lines if one.bound and one.cover != one.language]
    assert [one.cost.value for one in shipped.access if one.purpose is Purpose.OUTBOUND] == [
        "local"
    ]


def test_from_eight_to_midnight_in_two_hours_each_and_nothing_promised(shipped: Directory) -> None:
    assert [(one.start / 60, one.until / 60) for one in shipped.parts] == [
        (hour, hour + 2) for hour in range(8, 24, 2)
    ]
    assert shipped.callers == ("BE", "NL", "LU", "FR", "DE")
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert shipped.roster == offers(shipped, language="nl", booked={}, at=at) == ()


@pytest.mark.parametrize("hour", [3, 11])
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en", "ro"])
@pytest.mark.parametrize("region", ["", "flanders", "brussels", "wallonia"])
@pytest.mark.parametrize("need", ["", "young"])
def test_day_and_night_somebody_can_be_rung(
    shipped: Directory, hour: int, language: str, region: str, need: str
) -> None:
    at = datetime(2026, 12, 25, hour, tzinfo=UTC)
    asked = {"need": need, "region": region, "language": language, "carrier": "rehearsal"}
    assert choose(shipped, **asked, at=at).dial


def test_emergency_numbers_stand_in_no_list(shipped: Directory) -> None:
    for need in ("open", "talk", "centre", "national", "young"):
        named = {one.id for one in listed(shipped, need, "nl", datetime(2026, 11, 23, tzinfo=UTC))}
        assert named
        assert not named & {"police", "ambulance"}


def test_hours_that_are_weakly_known_are_in_no_list(shipped: Directory) -> None:
    assert shipped.by_id["caw"].needs == ()


def test_the_file_says_why_a_weak_row_is_only_announced() -> None:
    blocks = SHIPPED.read_text(encoding="utf-8").split("[[centre]]")
    weak = [row for row in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["centre"]
            if row["confidence"] == "low"]  # fmt: skip
    for row in weak:
        place = next(n for n, block in enumerate(blocks) if f'id = "{row["id"]}"' in block)
        assert "(low)" in blocks[place - 1].rsplit("#", 1)[1]
