"""What the database itself refuses, whoever asks: in both kinds."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.store.callback_tables import SEALED, attempts, callbacks
from routing.callback import Outcome, State
from tests.store.callback_rows import ATTEMPT, HERS, NOW, WAITING

CLOSED = {**WAITING, **dict.fromkeys(HERS), "state": "closed", "closed_at": NOW, "reason": "x"}
CLAIMED = {**WAITING, "claimed_by": 1, "lease": NOW}


def keep(rows: sa.Connection, table: sa.Table, row: dict[str, Any]) -> None:
    with rows.begin_nested():
        rows.execute(sa.insert(table).values(**row))


def refused(rows: sa.Connection, table: sa.Table, row: dict[str, Any], name: str) -> None:
    """Refused by this constraint; foreign keys have no name in SQLite."""
    word = "FOREIGN KEY" if rows.dialect.name == "sqlite" and name.startswith("fk") else name
    with pytest.raises(sa.exc.IntegrityError, match=word):
        keep(rows, table, row)


@pytest.mark.parametrize("held", [*SEALED, "note", "lease", "claimed_by"])
def test_a_closed_callback_holds_nothing_of_hers(rows: sa.Connection, held: str) -> None:
    values = {"lease": NOW, "claimed_by": 1}
    refused(rows, callbacks, {**CLOSED, held: values.get(held, b"x")}, "ck_callbacks_erased")


@pytest.mark.parametrize("missing", ["closed_at", "reason"])
def test_a_closed_callback_says_when_and_why(rows: sa.Connection, missing: str) -> None:
    refused(rows, callbacks, {**CLOSED, missing: None}, "ck_callbacks_erased")


@pytest.mark.parametrize("missing", SEALED)
@pytest.mark.parametrize("state", [one for one in State if one != State.CLOSED])
def test_an_open_callback_has_all_it_needs(rows: sa.Connection, missing: str, state: str) -> None:
    refused(rows, callbacks, {**CLAIMED, "state": state, missing: None}, "ck_callbacks_held")


@pytest.mark.parametrize("missing", ["claimed_by", "lease"])
@pytest.mark.parametrize("state", ["claimed", "calling"])
def test_what_is_claimed_is_somebody_s_for_a_while(
    rows: sa.Connection, missing: str, state: str
) -> None:
    refused(rows, callbacks, {**CLAIMED, "state": state, missing: None}, "ck_callbacks_claimed")


def test_other_states_and_windows_that_are_none_are_refused(rows: sa.Connection) -> None:
    refused(rows, callbacks, {**WAITING, "state": "ringing"}, "ck_callbacks_state")
    refused(rows, callbacks, {**WAITING, "until": WAITING["start"]}, "ck_callbacks_window")


def test_every_state_of_the_rules_can_be_kept(rows: sa.Connection) -> None:
    for number, state in enumerate(State, 1):
        row = CLOSED if state is State.CLOSED else {**CLAIMED, "state": str(state)}
        keep(rows, callbacks, {**row, "id": number})


def test_an_attempt_is_carried_by_its_callback_s_carrier_alone(rows: sa.Connection) -> None:
    keep(rows, callbacks, WAITING)
    refused(rows, attempts, {**ATTEMPT, "carrier": "twilio"}, "fk_attempts_carrier")
    refused(rows, attempts, {**ATTEMPT, "callback": 2}, "fk_attempts_carrier")
    keep(rows, attempts, ATTEMPT)
    with pytest.raises(sa.exc.IntegrityError), rows.begin_nested():
        rows.execute(sa.update(callbacks).values(carrier="twilio"))


def test_an_attempt_has_a_token_and_an_outcome_of_its_own(rows: sa.Connection) -> None:
    keep(rows, callbacks, WAITING)
    for number, outcome in enumerate(Outcome, 1):
        row = {**ATTEMPT, "id": number, "token": str(number), "outcome": str(outcome)}
        keep(rows, attempts, row)
    refused(rows, attempts, {**ATTEMPT, "id": 99, "token": "1"}, "token")
    refused(rows, attempts, {**ATTEMPT, "id": 99, "outcome": "fine"}, "ck_attempts_outcome")


def test_nobody_was_bridged_who_had_not_passed(rows: sa.Connection) -> None:
    keep(rows, callbacks, WAITING)
    refused(rows, attempts, {**ATTEMPT, "bridged": True}, "ck_attempts_passed")
    keep(rows, attempts, {**ATTEMPT, "bridged": False})
    passed = {"bridged": True, "passed_at": NOW + timedelta(seconds=1)}
    keep(rows, attempts, {**ATTEMPT, "id": 2, "token": "u", **passed})
