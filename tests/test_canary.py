"""Shown: of a number, a code and a note that went through a whole callback, nothing is anywhere.

Booked on a telephone, kept by an operator in the queue, rung, let through, talked, noted, closed.
Looked for in the log, the bytes of the database and of every file, the audit, the results of
effects, a backup, and on the pages of whoever may not see it: meanwhile and afterwards. That it
went through at all is told by the carrier, whose journal has the number: carriers do.
"""

import base64
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.store import callbacks, hers, staff_tables
from ivr.store.database import Store
from ivr.store.sealing import LostError, Vault
from tests import canary
from tests.canary import CODE, NOTE, NUMBER
from tests.journey import Journey, travelled


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """It is made once."""
    with travelled(tmp_path_factory.mktemp("canary")) as made:
        yield made


def test_it_went_through(journey: Journey) -> None:
    """By the carrier, which knows the number: she rang, she was rung, and they spoke."""
    told = [json.loads(line) for line in journey.journal.read_text().splitlines()]
    whats = [row["what"] for row in told if canary.found(json.dumps(row).encode())]
    assert "dialled" in whats
    assert "bridged" in whats
    with journey.house.store.reading() as connection:
        row = callbacks.load(connection, journey.number)
    assert row
    assert (row.state, row.reason) == ("closed", "spoke")
    assert len(journey.pages) > 40


def test_it_is_in_no_file_and_in_no_byte_of_the_database(journey: Journey) -> None:
    assert journey.meanwhile == []
    assert journey.files() == []


def test_it_is_in_no_row(journey: Journey) -> None:
    rows = journey.house.rows()
    assert rows["audit"]
    assert rows["effects"] or rows["attempts"]
    assert canary.in_rows(rows) == []


def test_it_is_in_no_line_of_the_log(journey: Journey) -> None:
    written = journey.log.getvalue()
    assert b"the journey is over" in written, "the log was looked at"
    assert canary.in_log(written) == []


def test_it_is_on_no_page_of_whoever_may_not_see_it(journey: Journey) -> None:
    def seen(page: bytes) -> bool:
        words = re.sub(rb"<[^>]*>", b" ", page)
        return canary.found(words) or canary.found(page) or bool(canary.CODED.search(str(words)))

    may = re.compile(r"while it is kept (operator|supervisor) /callbacks/\d+(/live)?")
    wrong = [name for name, page in journey.pages.items() if seen(page)]
    assert [one for one in wrong if not may.fullmatch(one)] == []
    numbers = [name for name, page in journey.pages.items() if canary.GROUPED.search(page)]
    assert numbers == [], "and her number on nobody's, unless it is asked for"


def test_a_backup_without_the_ring_has_nothing(journey: Journey, tmp_path: Path) -> None:
    if not journey.house.store.sqlite:
        return  # its whole folder is searched above
    assert not canary.found(journey.backup.read_bytes())
    vault = Vault(tmp_path / "ring", journey.stage.settings.secret_keys)
    with Store(f"sqlite:///{journey.backup}") as store, store.reading() as connection:
        assert callbacks.load(connection, journey.number), "it stood in there"
        for read in (hers.number_of, hers.note_of, hers.wishes_of):
            with pytest.raises(LostError):
                read(connection, vault, journey.number)


@pytest.mark.parametrize(
    "planted",
    [NUMBER, "0171 392 00 88", "+49 (171) 3920088", NOTE, NUMBER.encode().hex(),
     f"xx{NUMBER}", NOTE.encode("utf-16-le").decode("latin-1")],
)  # fmt: skip
def test_planted_in_a_file_it_is_found(planted: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\0" * 77 + planted.encode("latin-1") + b"\xff" * 9)
    assert canary.in_files(tmp_path) == ["deep/file"]


def test_planted_in_base64_it_is_found() -> None:
    for before in range(3):
        assert canary.found(base64.b64encode(b"x" * before + NUMBER.encode() + b"yyyy"))
        assert canary.found(base64.b64encode(b"x" * before + NOTE.encode() + b"yyyy"))


def test_planted_in_the_database_it_is_found(journey: Journey, tmp_path: Path) -> None:
    """An audit that tells too much, in a copy of what is there."""
    rows: dict[str, Any] = journey.house.rows()
    for told in (f"rang {NUMBER}", NOTE, CODE):
        assert canary.in_rows({**rows, "audit": [*rows["audit"], repr((1, told))]}) == ["audit"]
    if journey.house.store.sqlite:
        copy = tmp_path / "line.sqlite"
        journey.house.store.scrub()
        shutil.copy(str(journey.house.store.engine.url.database), copy)
        with Store(f"sqlite:///{copy}") as store, store.writing() as connection:
            connection.execute(sa.update(staff_tables.audit).values(detail=f"rang {NUMBER}"))
        assert "line.sqlite" in "".join(canary.in_files(tmp_path))


@pytest.mark.parametrize("words", [f"could not ring {NUMBER}", f"keyed {CODE}", NOTE])
def test_planted_in_the_log_it_is_found(words: str) -> None:
    line = json.dumps({"event": words, "at": f"2026-11-23T10:00:00.{CODE}Z"}).encode()
    assert len(canary.in_log(b'{"event": "fine", "at": "8642"}\n' + line)) == 1
