"""What a demonstration begins with: windows on offer, people, a queue; once, and never for real."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.callbacks.means import means_of
from ivr.callbacks.sweeps import missed
from ivr.commands import examples
from ivr.line import Line
from ivr.phone.pair import OPERATOR
from ivr.settings import Settings, load_settings
from ivr.store import phones, schema, staff
from ivr.store.callback_tables import callbacks as table
from routing.kinds import find_kind
from routing.offer import offers
from tests import installations

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = installations.settings(tmp_path)
    schema.migrate(made.database_url)
    return made


def rows(line: Line) -> list[sa.Row[tuple[object, ...]]]:
    with line.store.reading() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)))


def line_of(settings: Settings, at: datetime = MORNING) -> Line:
    line = Line(settings)
    line.refresh(at)
    return line


def test_windows_are_on_offer_in_every_language_and_the_roster_is_marked(
    settings: Settings,
) -> None:
    examples.make(settings, MORNING)
    directory = line_of(settings).world("rehearsal").directory
    for language in ("nl", "fr", "de", "en"):
        assert len(offers(directory, language=language, booked={}, at=MORNING)) > 20
    with line_of(settings).store.reading() as connection:
        told = connection.scalar(sa.text("SELECT note FROM directories ORDER BY number DESC"))
    assert told == examples.MARK


@pytest.mark.parametrize("hour", [0, 8, 18, 22])
def test_the_queue_is_believable_at_every_hour(settings: Settings, hour: int) -> None:
    at = MORNING.replace(hour=hour, minute=50)
    examples.make(settings, at)
    line = line_of(settings, at)
    found = rows(line)
    assert len(found) == len(examples.EXAMPLES)
    assert {row.carrier for row in found} == {"rehearsal"}
    assert {row.language for row in found} == {"nl", "fr", "de", "en"}
    assert all(row.booked_at <= at < row.until or row.until <= at for row in found)
    assert Counter(row.state for row in found) == {"waiting": 9, "claimed": 1, "frozen": 2}
    begun = [row for row in found if row.start <= at < row.until]
    soon = [row for row in found if at < row.start <= at + timedelta(hours=12)]
    assert begun or soon
    assert missed(means_of(line), at) == 1


def test_no_example_has_a_number_that_could_be_anybody_s() -> None:
    numbers = [f"+32000000{700 + n}" for n in range(len(examples.EXAMPLES))]
    numbers += [one.number for one in examples.EXAMPLES if one.number]
    assert [number for number in numbers if find_kind(number)] == []


def test_operators_have_the_telephone_of_the_page(settings: Settings) -> None:
    examples.make(settings, MORNING)
    with line_of(settings).store.reading() as connection:
        noor = staff.find(connection, "noor")
        assert noor
        assert phones.phone_of(connection, settings.secret_keys, noor.id) == OPERATOR
        thomas = staff.find(connection, "thomas")
        assert thomas
        assert not thomas.has_phone


def test_the_next_time_nothing_is_made_again(settings: Settings) -> None:
    examples.make(settings, MORNING)
    before = rows(line_of(settings))
    number = line_of(settings).world("rehearsal").directory.number
    examples.make(settings, MORNING + timedelta(hours=1))
    assert rows(line_of(settings)) == before
    assert line_of(settings).world("rehearsal").directory.number == number


def test_a_roster_of_one_s_own_stays(settings: Settings) -> None:
    line = line_of(settings)
    directory = examples.with_roster(line.world("rehearsal").directory)
    assert len(directory.roster) == 7
    examples.make(settings, MORNING)
    examples.make(settings, MORNING)
    with line.store.reading() as connection:
        kept = connection.scalar(sa.text("SELECT count(*) FROM directories"))
    assert kept == 2


def test_where_real_callers_ring_nothing_is_made(tmp_path: Path) -> None:
    settings = load_settings(installations.real(tmp_path))
    schema.migrate(settings.database_url)
    examples.make(settings, MORNING)
    assert rows(line_of(settings)) == []
    assert line_of(settings).world("twilio").directory.roster == ()
