"""The files that serve while the database is away: whole or as before; damage is passed over."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.editions.files import KEPT, Files, write
from ivr.store.documents import Document, canonical

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def document(number: int, content: object = None) -> Document:
    return Document(number, canonical(content or {"a": number}), "source", "note", NOW)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "editions")


def test_nothing_was_kept_yet(files: Files) -> None:
    assert files.newest() is None
    assert files.load(1) is None


def test_the_newest_comes_first_and_older_ones_by_number(files: Files) -> None:
    for number in (1, 2, 10):
        files.save(document(number))
    assert files.newest() == document(10)
    assert files.load(2) == document(2)


def test_saving_the_same_again_writes_nothing(files: Files) -> None:
    files.save(document(1))
    (path,) = files.folder.iterdir()
    before = path.stat().st_ino
    files.save(document(1))
    assert path.stat().st_ino == before


@pytest.mark.parametrize("damage", ["cut", "empty", "another", "no json", "a folder", "renamed"])
def test_damage_is_passed_over_for_the_next_older(files: Files, damage: str) -> None:
    files.save(document(1))
    files.save(document(2))
    path = files.folder / "000000002.json"
    match damage:
        case "cut":
            path.write_bytes(path.read_bytes()[:-20])
        case "empty":
            path.write_bytes(b"")
        case "another":
            path.write_text(path.read_text().replace('"a": 2', '"a": 3'))
        case "no json":
            path.write_bytes(os.urandom(500))
        case "a folder":
            path.unlink()
            path.mkdir()
        case "renamed":
            path.rename(files.folder / "000000003.json")
    assert files.newest() == document(1)


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_no_document(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "000000001.json").write_bytes(data)
    assert Files(folder).newest() is None


def test_numbers_of_another_database_go(files: Files) -> None:
    """A database that was brought back from a copy counts from there again."""
    for number in (1, 2, 3):
        files.save(document(number))
    files.save(document(2, {"b": 0}))
    assert files.newest() == document(2, {"b": 0})
    assert files.load(1) == document(1)


def test_old_documents_do_not_pile_up(files: Files) -> None:
    for number in range(1, KEPT + 6):
        files.save(document(number))
    assert len(list(files.folder.iterdir())) == KEPT
    assert files.load(5) is None


def test_a_file_is_for_this_account_alone_and_readable_by_people(files: Files) -> None:
    files.save(document(1, {"words": "één"}))
    (path,) = files.folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())["document"] == {"words": "één"}
    assert "één" in path.read_text()


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write(path, b"before")

    def full(handle: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write(path, b"after")
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
