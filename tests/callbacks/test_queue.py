"""The queue's order, its pages, and that it asks the small index alone, in both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.store import callback_tables, queues, staff_tables
from ivr.store.queues import Which
from tests.store.callback_rows import HERS, NOW, WHO, WINDOW
from tests.store.staff_rows import MORE, PERSON

WHICH = Which("rehearsal", 1)
CLOSED = {"state": "closed", "closed_at": NOW, "reason": "spoke", "number": None,
          "fingerprint": None, "code": None, "wishes": None}  # fmt: skip


def row(one: int, **changes: object) -> dict[str, object]:
    return {"id": one, "state": "waiting", **WHO, **WINDOW, **HERS, **changes}


def fill(rows: sa.Connection, some: list[dict[str, object]]) -> None:
    rows.execute(sa.insert(staff_tables.staff).values(**{**PERSON, **MORE}))
    for one in some:
        rows.execute(sa.insert(callback_tables.callbacks).values(**one))


def window(start: int, until: int) -> dict[str, object]:
    return {"start": NOW + timedelta(hours=start), "until": NOW + timedelta(hours=until)}


def test_what_closes_first_stands_first_and_pages_go_on_where_they_ended(
    rows: sa.Connection,
) -> None:
    fill(rows, [row(n, **window(1, 2 + n % 3)) for n in range(1, 20)])
    found: list[int] = []
    after = (NOW, 0)
    while page := queues.later(rows, WHICH, NOW, 4, after):
        found += [one.row.id for one in page]
        after = (page[-1].row.until, page[-1].row.id)
    assert found == sorted(range(1, 20), key=lambda n: (n % 3, n))


def test_only_what_can_be_done_is_in_it(rows: sa.Connection) -> None:
    states = ("waiting", "paused", "missed", "frozen", "unknown")
    some = [row(n, state=state, **window(-1, 1)) for n, state in enumerate(states, 1)]
    some += [row(9, carrier="twilio", **window(-1, 1)), row(10, **window(-2, 0))]
    some += [row(11, **CLOSED, **window(-1, 1)), row(12, language="fr", **window(-1, 1))]
    fill(rows, some)
    queues.pass_on(rows, 12, 1)
    assert [one.row.id for one in queues.open_now(rows, WHICH, NOW, 50)] == [1, 4, 5]
    assert [one.row.id for one in queues.open_now(rows, Which("rehearsal", 2), NOW, 50)] == [
        1, 4, 5, 12,
    ]  # fmt: skip
    french = Which("rehearsal", 2, ("fr",))
    assert [one.row.id for one in queues.open_now(rows, french, NOW, 50)] == [12]


@pytest.mark.parametrize("which", ["open", "later", "own", "closing"])
def test_it_asks_the_index_of_what_is_open(rows: sa.Connection, which: str) -> None:
    fill(rows, [row(n, **CLOSED, **window(-2, 0)) for n in range(1, 400)])
    if rows.dialect.name == "postgresql":
        rows.exec_driver_sql("ANALYZE callbacks")
        rows.exec_driver_sql("SET LOCAL enable_seqscan = off")
    said: list[tuple[str, object]] = []
    sa.event.listen(rows, "before_cursor_execute", lambda *one: said.append((one[2], one[3])))
    asks = {
        "open": lambda: queues.open_now(rows, WHICH, NOW, 50),
        "later": lambda: queues.later(rows, WHICH, NOW, 50, (NOW, 0)),
        "own": lambda: queues.of_operator(rows, "rehearsal", 1),
        "closing": lambda: queues.closing(rows, "rehearsal", NOW, timedelta(minutes=45), 50),
    }
    asks[which]()
    statement, values = said[-1]
    explain = "EXPLAIN QUERY PLAN" if rows.dialect.name == "sqlite" else "EXPLAIN"
    plan = str(rows.exec_driver_sql(f"{explain} {statement}", values).all())
    assert "ix_callbacks_open" in plan or "ix_callbacks_fingerprint" in plan, plan


@given(windows=st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 5)), max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everything_is_in_one_part_and_in_one_alone(
    rows: sa.Connection, windows: list[tuple[int, int]]
) -> None:
    with rows.begin_nested() as undone:
        fill(rows, [row(n, **window(a, a + b)) for n, (a, b) in enumerate(windows, 1)])
        now = {one.row.id for one in queues.open_now(rows, WHICH, NOW, 50)}
        later = {one.row.id for one in queues.later(rows, WHICH, NOW, 50, (NOW, 0))}
        undone.rollback()
    assert now == {n for n, (a, b) in enumerate(windows, 1) if a <= 0 < a + b}
    assert later == {n for n, (a, b) in enumerate(windows, 1) if a > 0}
