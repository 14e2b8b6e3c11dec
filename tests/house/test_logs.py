"""Logs may be read by anybody: listed fields, no numbers, no tokens, whatever is handed to them."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from ivr import logs

NUMBER = "+32 470 55 01 01"  # an example: nobody's number
TOKEN = "CA0123456789abcdef0123456789abcdef"


class Written(io.BytesIO):
    """What was written to the log."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    stream = Written()
    before = logging.root.handlers, logging.root.level
    standard_error = io.TextIOWrapper(stream, write_through=True)
    monkeypatch.setattr("sys.stderr", standard_error)
    logs.configure()
    yield stream
    structlog.reset_defaults()
    logging.root.handlers, logging.root.level = before


def test_a_line_is_an_object_with_a_time_a_room_and_what_happened(written: Written) -> None:
    logs.get("line").info("the database is back", edition=3)
    (line,) = written.lines
    assert line.pop("at")[:2] == "20"
    assert line == {
        "level": "info",
        "room": "line",
        "event": "the database is back",
        "edition": 3,
    }


def test_a_field_that_is_not_listed_is_left_out(written: Written) -> None:
    logs.get("line").info("a turn", caller="anna", keys="1", node="main", From=NUMBER)
    assert set(written.lines[0]) == {"at", "level", "room", "event", "node"}


@pytest.mark.parametrize(
    "value", [NUMBER, "0470550101", 470550101, 470550101.5, TOKEN, [NUMBER], f"tel:{NUMBER}."]
)
def test_a_number_or_token_in_a_listed_field_is_taken_out(written: Written, value: object) -> None:
    logs.get("line").info("a turn", node=value)
    text = written.getvalue().decode()
    assert logs.GONE in text
    assert not re.search(r"[0-9]{5}|55 01|0123", text)


def test_of_an_exception_its_words_are_left_out(written: Written) -> None:
    try:
        raise ValueError(f"could not ring {NUMBER}")
    except ValueError:
        logs.get("line").exception("a turn broke")
    (line,) = written.lines
    assert line["error"] == "ValueError"
    assert line["place"].startswith("house/test_logs.py:")
    assert "ring" not in json.dumps(line)


def test_other_libraries_are_held_to_the_same(written: Written) -> None:
    strange = logging.getLogger("strange.library")
    strange.warning("a call from %s with %s", NUMBER, TOKEN, extra={"caller": NUMBER, "node": "x"})
    try:
        raise KeyError(NUMBER)
    except KeyError:
        strange.exception("it broke")
    first, second = written.lines
    assert first["room"] == "strange.library"
    assert first["node"] == "x"
    assert "caller" not in first
    assert second["error"] == "KeyError"
    assert "470" not in json.dumps([first["event"], second])


def test_what_other_libraries_chat_about_is_not_logged(written: Written) -> None:
    logging.getLogger("strange.library").info("chat")
    assert written.lines == []


def test_a_record_that_cannot_be_written_is_dropped_in_silence(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "%s and %s", (NUMBER,), None)
    logs.Foreign().emit(record)
    assert written.lines == []
    assert "470" not in capsys.readouterr().err


@given(
    st.dictionaries(
        st.sampled_from(sorted(logs.FIELDS - {"at"})) | st.text(),
        st.text() | st.integers() | st.floats() | st.lists(st.text()) | st.none() | st.booleans(),
    )
)
def test_whatever_is_logged_no_long_run_of_digits_comes_out(given: dict[str, object]) -> None:
    allowed = logs.allow(None, "info", dict(given))
    assert set(allowed) <= logs.FIELDS
    texts = [one for one in allowed.values() if isinstance(one, str)]
    assert not re.search(r"\d(?:[ ./()-]{0,2}\d){4}", "\n".join(texts))
    assert not re.search(r"\d{5}", json.dumps(allowed, ensure_ascii=False))
