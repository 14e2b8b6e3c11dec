"""`ivr migrate`: once it does something, then nothing; and it says so when it cannot."""

from pathlib import Path

from ivr.store import schema
from tests.commands.conftest import Ivr
from tests.installations import rehearsing


def test_the_first_time_it_does_something_and_the_second_nothing(
    ivr: Ivr, tmp_path: Path, database: str
) -> None:
    environ = rehearsing(tmp_path, IVR_DATABASE_URL=database)
    assert ivr("migrate", environ=environ).output == f"The database is at {schema.newest()}.\n"
    assert ivr("migrate", environ=environ).output == "Nothing to do.\n"


def test_a_database_that_cannot_be_one_is_told_in_plain_words(ivr: Ivr, tmp_path: Path) -> None:
    (tmp_path / "line.sqlite").write_bytes(b"garbage" * 1000)
    environ = rehearsing(tmp_path, IVR_DATABASE_URL=f"sqlite:///{tmp_path / 'line.sqlite'}")
    told = ivr("migrate", environ=environ)
    assert told.exit_code == 1
    assert "Is IVR_DATABASE_URL right" in told.output
    assert "Traceback" not in told.output
