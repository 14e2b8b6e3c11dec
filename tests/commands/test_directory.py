"""`ivr directory`: out, edited by hand, and back: shown, checked, audited, and nothing revived."""

import json
import os
import pwd
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.line import Line
from ivr.store import changes, proofs, schema
from tests.commands.conftest import Ivr
from tests.installations import settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NEW = "+3225550142"  # an example: nobody's number


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """A line that has its first directory."""
    given = settings(tmp_path / "var")
    schema.migrate(given.database_url)
    line = Line(given)
    line.refresh(NOW)
    yield line
    line.store.close()


@pytest.fixture
def file(line: Line, ivr: Ivr, tmp_path: Path) -> Path:
    """The directory as somebody gets it for editing."""
    path = tmp_path / "centres.toml"
    assert ivr("directory", "export", str(path)).exit_code == 0
    return path


def dialled(line: Line) -> str:
    return next(one.dial for one in line.world("rehearsal").directory.centres if one.dial)


def replace(file: Path, old: str, new: str) -> None:
    """Edit by hand: the number that is rung, and how it is said."""
    national = f"0{old[3:]}"
    text = file.read_text()
    said = next(
        one for one in re.findall('said = "(.*)"', text) if re.sub("[^0-9]", "", one) == national
    )
    file.write_text(text.replace(f'"{old}"', f'"{new}"').replace(f'"{said}"', f'"0{new[3:]}"'))


def test_what_goes_out_comes_back_unchanged(file: Path, ivr: Ivr) -> None:
    told = ivr("directory", "import", str(file))
    assert told.exit_code == 0
    assert told.output == "Nothing changes.\n"


def test_json_goes_out_and_back_too(line: Line, ivr: Ivr, tmp_path: Path) -> None:
    path = tmp_path / "centres.json"
    ivr("directory", "export", str(path))
    assert json.loads(path.read_text())["zone"] == "Europe/Brussels"
    assert ivr("directory", "import", str(path)).output == "Nothing changes.\n"


def test_a_change_is_shown_asked_about_and_live_at_the_next_look(
    line: Line, file: Path, ivr: Ivr
) -> None:
    old = dialled(line)
    replace(file, old, NEW)
    told = ivr("directory", "import", str(file), answers="y\n")
    assert told.exit_code == 0, told.output
    assert f"was {old} and is now {NEW}" in told.output
    assert "Directory 2 is live" in told.output
    line.refresh(NOW)
    directory = line.world("rehearsal").directory
    assert NEW in {one.dial for one in directory.centres}
    assert directory.buried == {old}


def test_nothing_is_taken_over_without_a_yes(line: Line, file: Path, ivr: Ivr) -> None:
    replace(file, dialled(line), NEW)
    for answer in ("n\n", ""):
        ivr("directory", "import", str(file), answers=answer)
        line.refresh(NOW)
        assert line.health.directory == 1


def test_a_change_is_audited_with_the_name_of_the_system(
    line: Line, file: Path, ivr: Ivr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    replace(file, dialled(line), NEW)
    ivr("directory", "import", str(file), "--yes")
    with line.store.reading() as connection:
        made = [one for one in changes.load(connection) if one.directory == 2]
    assert {one.who for one in made} == {pwd.getpwuid(os.getuid()).pw_name}
    assert any(NEW in one.sentence for one in made)


def test_a_withdrawn_number_never_comes_back(line: Line, file: Path, ivr: Ivr) -> None:
    old = dialled(line)
    before = file.read_text()
    replace(file, old, NEW)
    ivr("directory", "import", str(file), "--yes")
    file.write_text(before)
    told = ivr("directory", "import", str(file), "--yes")
    assert told.exit_code == 1
    assert "withdrawn" in told.output
    replace(file, old, "+3225550143")  # an example; and a file that has forgotten what was buried
    told = ivr("directory", "import", str(file), "--yes")
    line.refresh(NOW)
    assert line.world("rehearsal").directory.buried == {old, NEW}


def test_no_file_proves_a_number_and_a_withdrawn_one_loses_its_proof(
    line: Line, file: Path, ivr: Ivr
) -> None:
    old = dialled(line)
    with line.store.writing() as connection:
        proofs.keep(connection, "twilio", old, NOW)
    replace(file, old, NEW)
    file.write_text(file.read_text().replace("[proved]", f'[proved]\ntwilio = ["{NEW}"]'))
    assert tomllib.loads(file.read_text())["proved"]
    ivr("directory", "import", str(file), "--yes")
    with line.store.reading() as connection:
        assert proofs.load(connection) == {}


def test_everything_that_is_wrong_is_told_and_nothing_taken_over(
    line: Line, file: Path, ivr: Ivr
) -> None:
    text = file.read_text().replace('zone = "Europe/Brussels"', 'zone = "Mars"', 1)
    file.write_text(text.replace("ring = 30", "ring = 3000", 1))
    told = ivr("directory", "import", str(file), "--yes")
    assert told.exit_code == 1
    assert "zone" in told.output
    assert "ring" in told.output
    line.refresh(NOW)
    assert line.health.directory == 1


@pytest.mark.parametrize(
    ("name", "content"), [("a.toml", "x = ["), ("a.json", "{"), ("b.json", "[]")]
)
def test_a_file_that_is_none_is_told_in_plain_words(
    line: Line, ivr: Ivr, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    told = ivr("directory", "import", str(tmp_path / name))
    assert told.exit_code == 1
    assert "cannot be read" in told.output


def test_a_file_from_before_another_change_says_so(line: Line, file: Path, ivr: Ivr) -> None:
    old = dialled(line)
    before = file.read_text()
    file.write_text(before.replace('"Europe/Brussels"', '"Europe/Paris"'))
    ivr("directory", "import", str(file), "--yes")
    file.write_text(before)
    replace(file, old, NEW)
    told = ivr("directory", "import", str(file), answers="n\n")
    assert "made from directory 1; the present one is 2" in told.output
    assert "zone was Europe/Paris and is now Europe/Brussels" in told.output


def test_before_the_first_start_there_is_none(ivr: Ivr, tmp_path: Path) -> None:
    told = ivr("directory", "export", str(tmp_path / "x.toml"))
    assert told.exit_code == 1
    assert "ivr migrate" in told.output
    ivr("migrate")
    assert "start the line once" in ivr("directory", "export", str(tmp_path / "x.toml")).output
