"""A directory on paper: what is written is read back as it was."""

import json
import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from routing.centres import (
    SHIPPED,
    DirectoryError,
    check_directory,
    load_directory,
    read_directory,
    write_directory,
)
from routing.directory import Centre, Closure, Directory, Hours, Part, Stretch
from tests.routing.directories import NATIONAL, directories, directory, shift

GOOD = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
Document = dict[str, Any]


def problems(document: Document) -> list[str]:
    try:
        read_directory(document)
    except DirectoryError as error:
        return [str(one) for one in error.problems]
    return []


def test_the_shipped_directory_is_read_back_from_json() -> None:
    shipped = load_directory()
    paper = json.loads(json.dumps(write_directory(shipped)))
    assert read_directory(paper) == shipped
    assert write_directory(read_directory(paper)) == paper


def test_every_field_survives_the_journey() -> None:
    full = Centre(
        "full",
        "03 200 00 11",
        "+3232000011",
        languages=("nl", "ro"),
        regions=("flanders",),
        needs=("centre", "young"),
        order=7,
        hours=Hours(week=(Stretch(0, time(9, 15), time(12)), Stretch(6, time(22), time(0)))),
        closures=(Closure(date(2026, 12, 24), date(2027, 1, 3), "holiday"),),
        ring=41,
        screening="fr",
        skip_until=datetime(2026, 12, 1, 8, tzinfo=UTC),
        source="a page",
        checked_on=date(2026, 11, 23),
        confidence="medium",
        toll_free=True,
        active=False,
    )
    kept = directory(
        full,
        NATIONAL,
        proved={"twilio": frozenset({"+3232000011"})},
        buried=frozenset({"+3232000012"}),
        callers=("NL", "BE"),
        parts=(Part(22 * 60, 24 * 60), Part(0, 45)),
        roster=(shift(6, 22, 24, "nl ro", 3), shift(0, 0, 6)),
    )
    assert read_directory(json.loads(json.dumps(write_directory(kept)))) == kept


@settings(max_examples=100, deadline=None)
@given(directories())
def test_any_good_directory_is_read_back_and_any_other_refused(within: Directory) -> None:
    paper = json.loads(json.dumps(write_directory(within)))
    assert bool(problems(paper)) is bool(check_directory(within))
    good = mended(within)
    assert check_directory(good) == ()
    assert read_directory(json.loads(json.dumps(write_directory(good)))) == good


def mended(within: Directory) -> Directory:
    """The same directory without the centres that something is wrong with."""
    kept = replace(within, centres=(NATIONAL,), buried=within.buried - {NATIONAL.dial})
    for one in within.centres[1:]:
        more = replace(kept, centres=(*kept.centres, one))
        kept = kept if check_directory(more) else more
    return kept


def test_days_are_written_together_only_when_their_hours_are_equal() -> None:
    lines = ["monday 09:00-12:00", "tuesday 09:00-13:00", "wednesday 10:00-13:00"]
    lines += ["thursday-friday 10:00-24:00", "sunday 10:00-24:00", "sunday 00:00-10:00"]
    document = deepcopy(GOOD)
    document["centre"][0]["hours"] = lines
    assert write_directory(read_directory(document))["centre"][0]["hours"] == lines


def test_days_with_the_same_duty_are_written_together() -> None:
    week = (shift(0, 9, 17), shift(2, 9, 17), shift(1, 9, 17, "fr"), shift(1, 9, 12, "fr"))
    more = (shift(1, 9, 12, "fr", 2), shift(4, 20, 24, "fr", 2))
    written = write_directory(directory(roster=week + more))["duty"]
    assert [" ".join(map(str, row.values())) for row in written] == [
        "['monday', 'wednesday'] 09:00-17:00 ['nl'] 1",
        "['tuesday'] 09:00-17:00 ['fr'] 1",
        "['tuesday'] 09:00-12:00 ['fr'] 1",
        "['tuesday'] 09:00-12:00 ['fr'] 2",
        "['friday'] 20:00-24:00 ['fr'] 2",
    ]


def test_one_operator_is_meant_where_none_is_counted() -> None:
    row = {"days": ["monday"], "hours": "09:00-17:00", "languages": ["nl"]}
    assert read_directory({**GOOD, "duty": [row]}).roster == (shift(0, 9, 17),)


def test_a_document_from_before_callbacks_promises_nothing() -> None:
    new = ("part", "duty", "callers")
    before = read_directory({name: value for name, value in GOOD.items() if name not in new})
    assert (before.parts, before.roster, before.callers) == ((), (), ("BE",))


def test_another_file_of_the_same_form_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_directory(path) == load_directory()
