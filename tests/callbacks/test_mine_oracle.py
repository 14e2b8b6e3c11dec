"""A wrong number and a wrong code cannot be told apart: same bytes, same statements, same hashes.

What is counted is the work itself, as often as it is done; the drill compares times too.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.call.signals import Known
from ivr.callbacks import booking, mine
from ivr.callbacks.context import Context
from ivr.store import hers, sealing
from ivr.voice.results import as_words
from tests.callbacks.booked import CODE, LATER, NOW, NUMBER, OTHER, SECRET, context, wanted

WRONG = "9999"


@pytest.fixture
def house(tmp_path: Path) -> Context:
    return context(tmp_path / "ring", secrets=(SECRET, b"o" * 32))


class Work:
    """What was done: every statement with the number of its parameters, every hash and seal."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def take(self) -> list[str]:
        done, self.done = self.done, []
        return done


@pytest.fixture
def work(rows: sa.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()

    def statement(_: Any, __: Any, text: str, parameters: Any, *___: Any) -> None:
        work.done.append(f"{text} {len(parameters)}")

    def watched(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **named: Any) -> Any:
            work.done.append(name)
            return do(*given, **named)

        return done

    for place, name in ((sealing.hmac, "digest"), (sealing.hmac, "compare_digest"),
                        (sealing, "_hkdf"), (sealing.Vault, "unseal"),
                        (sealing.KeyRing, "known")):  # fmt: skip
        monkeypatch.setattr(place, name, watched(name, getattr(place, name)))
    sa.event.listen(rows, "before_cursor_execute", statement)
    yield work
    sa.event.remove(rows, "before_cursor_execute", statement)


def book(rows: sa.Connection, house: Context, number: str, code: str) -> None:
    asked = wanted(number=number, code=code, window=LATER)
    booking.book(rows, house, asked, calling="", carrier="x", at=NOW)


def find(rows: sa.Connection, house: Context, number: str, code: str = WRONG) -> Known:
    return mine.find(rows, house, number, code, carrier="x", at=NOW)


@pytest.mark.parametrize("n", [1, 2, 5, hers.AT_ONCE])
def test_the_work_is_the_same_whether_the_number_is_known(
    rows: sa.Connection, house: Context, work: Work, n: int
) -> None:
    for place in range(n):
        book(rows, house, NUMBER, f"60{place:02}")
    for number in (OTHER, NUMBER, OTHER, NUMBER):  # the first of each makes its row of counting
        assert find(rows, house, number) == Known(None)
    work.take()
    assert as_words(find(rows, house, NUMBER)) == as_words(find(rows, house, OTHER))
    work.take()
    find(rows, house, NUMBER)
    known = work.take()
    find(rows, house, OTHER)
    unknown = work.take()
    assert Counter(known) == Counter(unknown)
    assert known.count("unseal") == hers.AT_ONCE
    assert [one for one in known if " " in one] == [one for one in unknown if " " in one]


def test_after_five_tries_the_right_code_is_the_work_of_a_wrong_one_too(
    rows: sa.Connection, house: Context, work: Work
) -> None:
    book(rows, house, NUMBER, CODE)
    for _ in range(6):
        find(rows, house, NUMBER)
    work.take()
    assert find(rows, house, NUMBER, CODE) == Known(None)
    right = work.take()
    find(rows, house, NUMBER)
    assert Counter(right) == Counter(work.take())


def test_the_planted_fault_is_found(
    rows: sa.Connection, house: Context, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the pretended work a number that is known costs more."""
    monkeypatch.setattr(sealing.Vault, "pretend", lambda *_: None)
    book(rows, house, NUMBER, CODE)
    work.take()
    find(rows, house, NUMBER)
    known = work.take()
    find(rows, house, OTHER)
    assert Counter(known) != Counter(work.take())
