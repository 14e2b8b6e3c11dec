"""What keeps callers from being called back is named, each where it is and not where it is not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from ivr.call.edition import Edition
from ivr.readiness import Finding, callbacks
from ivr.store import phones, staff
from ivr.store.database import Store
from ivr.store.staff import New
from prompts import Origin
from routing.directory import AccessNumber, Directory, Duty, Purpose, Stretch
from tests import kinds
from tests.commands.conftest import Ivr
from tests.installations import OUTBOUND, real
from tests.worlds import shipped_directory, shipped_edition

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SECRETS = (b"k" * 32,)
ALL = ("nl", "fr", "de", "en")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(kinds.migrated(tmp_path)) as store:
        yield store


def spoken(edition: Edition, cover: str = "fr") -> Edition:
    """The same, with what her telephone hears recorded by a person."""
    recordings = {code: dict(rows) for code, rows in edition.recordings.items()}
    for key in callbacks.HEARD:
        recordings[cover][key] = replace(recordings[cover][key], origin=Origin.PERSON)
    return replace(edition, recordings=recordings)


def working(*languages: str, operators: int = 1) -> Directory:
    """A directory with somebody at work, and a number that our calls show."""
    duty = Duty(Stretch(0, time(8), time(20)), languages or ALL, operators)
    access = AccessNumber(OUTBOUND, Purpose.OUTBOUND, cover="fr")
    shipped = shipped_directory()
    return replace(shipped, roster=(duty,), access=(*shipped.access, access))


def hire(store: Store, name: str, *speaks: str, phone: str = "+12025550111",
         role: str = "operator") -> int:  # fmt: skip
    """Somebody who works here; the telephone is an example."""
    with store.writing() as connection:
        number = staff.add(connection, "t", New(name, name, role, "en", speaks), "x", NOW)
        if phone:
            phones.keep_phone(connection, SECRETS, name, number, phone, NOW)
    return number


def told(store: Store, directory: Directory, edition: Edition | None = None) -> str:
    found: Iterable[Finding] = callbacks.examine(
        edition or spoken(shipped_edition()), directory, store, OUTBOUND
    )
    return "\n".join(f"{one.what} {one.do}" for one in found)


def test_where_all_is_ready_nothing_is_told(store: Store) -> None:
    hire(store, "ann", *ALL)
    assert told(store, working()) == ""


def test_the_gate_must_be_a_person_s_voice_in_the_cover_language(store: Store) -> None:
    hire(store, "ann", *ALL)
    for edition in (shipped_edition(), spoken(shipped_edition(), "nl")):
        assert "a machine's voice (fr: gate.hello" in told(store, working(), edition)
    half = spoken(shipped_edition())
    recordings = {**half.recordings, "fr": {**half.recordings["fr"]}}
    del recordings["fr"]["gate.wrong"]
    found = told(store, working(), replace(half, recordings=recordings))
    assert "(fr: gate.wrong)" in found


def test_nobody_at_work_is_told(store: Store) -> None:
    hire(store, "ann", *ALL)
    for directory in (replace(working(), roster=()), working(operators=0)):
        assert "Nobody works by the roster" in told(store, directory)


def test_a_language_in_which_none_is_offered_is_only_a_reminder(store: Store) -> None:
    hire(store, "ann", *ALL)
    found = list(callbacks.examine(spoken(shipped_edition()), working("nl", "fr"), store, OUTBOUND))
    assert [one.reminder for one in found] == [True]
    assert "nobody speaks" in found[0].what


def test_without_an_operators_telephone_nobody_is_called(store: Store) -> None:
    directory = working()
    assert "No operator has a telephone" in told(store, directory)
    hire(store, "ada", *ALL, role="admin")
    gone = hire(store, "eve", *ALL)
    with store.writing() as connection:
        staff.disable(connection, "t", gone, "left", NOW)
    hire(store, "bea", *ALL, phone="")
    assert "No operator has a telephone" in told(store, directory)
    hire(store, "ann", *ALL)
    found = told(store, directory)
    assert "cannot call anybody: bea" in found
    assert "ada" not in found


def test_a_promise_that_nobody_can_keep_is_told(store: Store) -> None:
    hire(store, "ann", "nl", "fr")
    assert "promises calls in de, en," in told(store, working())


def test_the_lines_own_number_is_never_what_she_sees(store: Store) -> None:
    hire(store, "ann", *ALL)
    line = AccessNumber(OUTBOUND, Purpose.LINE)
    directory = replace(working(), access=(line,))
    assert "which is the line's" in told(store, directory)


def test_with_the_database_away_the_rest_is_told(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}") as away:
        assert "Nobody works" in told(away, replace(working(), roster=()))


def test_doctor_tells_it_under_a_heading_of_its_own(ivr: Ivr, tmp_path: Path) -> None:
    environ = real(tmp_path)
    ivr("migrate", environ=environ)
    found = ivr("doctor", "--offline", environ=environ)
    told = found.output.partition("Callbacks:")[2].partition("Words and recordings:")[0]
    for words in ("a machine's voice", "Nobody works by the roster", "No operator has a telephone"):
        assert words in told
    assert found.exit_code == 1
