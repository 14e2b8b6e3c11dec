"""`ivr edition`: out, in elsewhere, published and taken back, by the command alone."""

import functools
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ivr.call import machine
from ivr.call.signals import Answered, Pressed, Silent
from ivr.commands import edition as verb
from ivr.editions.publish import propose, propose_again, propose_back
from ivr.editions.ship import shipped_edition
from ivr.line import Line
from ivr.store import audit, draft, schema
from routing.directory import Purpose
from tests.commands.conftest import Ivr
from tests.editions.staff import APPROVED, NL, NOW, finds, fine, write
from tests.installations import rehearsing, settings


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that finds nothing at once: the real one is asked in tests/editions."""
    for name, plain in (("propose", propose), ("propose_again", propose_again),
                        ("propose_back", propose_back)):  # fmt: skip
        monkeypatch.setattr(verb, name, functools.partial(plain, prove=fine))  # type: ignore[operator]


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Line]:
    """An installation in a folder of its own, at its first edition."""

    def begin(folder: str) -> Line:
        given = settings(tmp_path / folder)
        schema.migrate(given.database_url)
        line = Line(given)
        line.refresh(NOW)
        line.store.close()
        return line

    return begin


@pytest.fixture
def line(make: Callable[[str], Line]) -> Line:
    return make("var")


def words(line: Line) -> str:
    line.refresh(NOW)
    line.store.close()
    texts = line.world("rehearsal").edition.catalogue.texts
    return texts["nl"]["main.info"].words


def drafted(line: Line, said: str = "Meer horen") -> None:
    with line.store.writing() as connection:
        write(connection, said, state=APPROVED, two=False)
    line.store.close()


def heard(line: Line) -> list[object]:
    """What a caller hears who asks for Dutch, then for information, then waits."""
    line.refresh(NOW)
    line.store.close()
    world = line.world("rehearsal", NOW)
    number = next(o.number for o in world.directory.access if o.purpose is Purpose.LINE)
    call, told = machine.answer(world, number), []
    for signal in (Answered(), Pressed("1"), Pressed("4"), Silent()):
        turn = machine.step(world, call, signal)
        call = turn.call
        told += re.findall(r"Spoken\(prompt='(.+?)', language='(.+?)'\)", str(turn.actions))
    texts, sound = world.edition.catalogue.texts, world.edition.recording
    return [(texts[code][key].words, sound(key, code)) for key, code in told]


def test_the_draft_is_shown_published_and_taken_back(line: Line, ivr: Ivr) -> None:
    drafted(line)
    shown = ivr("edition", "show").output
    assert "text nl main.info: words 'Informatie" in shown
    assert "'Meer horen'" in shown
    told = ivr("edition", "publish", "--note", "plainer", answers="y\n")
    assert told.exit_code == 0, told.output
    assert "The recording speaks other words" in told.output
    assert "Edition 2 is live" in told.output
    assert words(line) == "Meer horen"
    assert "plainer" in ivr("edition", "list").output
    assert "Edition 3 is live" in ivr("edition", "back", "--yes").output
    assert words(line) == shipped_edition().catalogue.texts["nl"]["main.info"].words
    assert "Edition 4 is live" in ivr("edition", "publish", "2", "--yes").output
    assert words(line) == "Meer horen"
    with line.store.reading() as connection:
        acts = [(one.what, one.who.partition(" ")[0]) for one in audit.entries(connection)[:3]]
    assert acts == [("edition: published", "shell")] * 3


def test_nothing_is_published_without_a_yes_or_with_an_error(
    line: Line, ivr: Ivr, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(line)
    assert ivr("edition", "publish", answers="n\n").exit_code == 0
    wrong = functools.partial(propose, prove=finds("falls through"))  # type: ignore[arg-type]
    monkeypatch.setattr(verb, "propose", wrong)
    told = ivr("edition", "publish", "--yes")
    assert told.exit_code == 1
    assert "falls through" in told.output
    assert words(line) != "Meer horen"


def test_out_and_in_on_an_empty_installation_it_is_the_same_line(
    line: Line, make: Callable[[str], Line], ivr: Ivr, tmp_path: Path
) -> None:
    drafted(line)
    assert ivr("edition", "publish", "--yes").exit_code == 0
    file, again = tmp_path / "line.zip", tmp_path / "again.zip"
    assert "Edition 2 is in" in ivr("edition", "export", str(file)).output
    other = make("other")
    assert heard(other) != heard(line)
    there = rehearsing(tmp_path / "other")
    told = ivr("edition", "import", str(file), environ=there, answers="y\n")
    assert told.exit_code == 0, told.output
    assert "text nl main.info: words" in told.output
    assert words(other) != "Meer horen", "it is in the draft, and nobody hears it yet"
    assert ivr("edition", "publish", "--yes", environ=there).exit_code == 0
    assert heard(other) == heard(line)
    both = [one.world("rehearsal").edition for one in (line, other)]
    assert both[0].digest == both[1].digest
    assert both[0].recordings == both[1].recordings
    ivr("edition", "export", str(again), environ=there)
    assert again.read_bytes() == file.read_bytes()


def test_a_file_that_says_the_same_changes_nothing(line: Line, ivr: Ivr, tmp_path: Path) -> None:
    file = tmp_path / "line.zip"
    ivr("edition", "export", str(file), "--number", "1")
    assert ivr("edition", "import", str(file)).output == "Nothing changes.\n"
    names = zipfile.ZipFile(file).namelist()
    assert {"menu.toml", "languages.toml", "manifest.toml", "texts/nl.po"} <= set(names)
    assert not [one for one in names if "centre" in one or "directory" in one]


def test_what_somebody_drafts_is_not_written_over_by_a_file(
    line: Line, ivr: Ivr, tmp_path: Path
) -> None:
    drafted(line, "Uit het bestand")
    file = tmp_path / "line.zip"
    told = ivr("edition", "export", str(file), "--number", "draft")
    assert "The draft is in" in told.output
    drafted(line, "Van Anna")
    told = ivr("edition", "import", str(file), "--yes")
    assert told.exit_code == 1
    assert "changes 1 of these places otherwise: text nl main.info" in told.output
    told = ivr("edition", "import", str(file), "--yes", "--over")
    assert told.exit_code == 0, told.output
    with line.store.reading() as connection:
        history = [one.act for one in draft.history(connection, NL)]
    assert history == ["imported", "changed", "changed"]


def test_a_hostile_file_leaves_nothing_behind(line: Line, ivr: Ivr, tmp_path: Path) -> None:
    file = tmp_path / "line.zip"
    file.write_bytes(b"PK" + b"x" * 1000)
    told = ivr("edition", "import", str(file), "--yes")
    assert told.exit_code == 1
    assert told.output == "Error: The file is no edition: it does not end as one.\n"
    with line.store.reading() as connection:
        assert draft.recent(connection) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("show", "77"), "There is no edition 77."),
        (("show", "x"), "a number, or the word draft"),
        (("publish",), "There is nothing to publish"),
        (("back",), "There is no edition to go back to."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    line: Line, ivr: Ivr, typed: tuple[str, ...], told: str
) -> None:
    said = ivr("edition", *typed)
    assert said.exit_code in (1, 2)
    assert told in said.output
    assert "Traceback" not in said.output


def test_without_a_database_it_says_so(ivr: Ivr, tmp_path: Path) -> None:
    told = ivr("edition", "list")
    assert told.exit_code == 1
    assert "Did `ivr migrate` run?" in told.output
