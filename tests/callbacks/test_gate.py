"""Only her four digits let the telephones speak, twice at most, while her telephone is rung."""

from dataclasses import replace
from datetime import timedelta

from ivr.call.signals import Checked
from ivr.callbacks.gate import check
from ivr.store import attempts, callbacks
from routing.callback import Event
from tests.callbacks.booked import CODE, OTHER
from tests.callbacks.calling import UNTIL, Desk

RIGHT, WRONG = Checked(right=True), Checked(right=False)


def keyed(desk: Desk, row: attempts.Row, code: str) -> Checked:
    """Somebody at her telephone keys four digits."""
    with desk.store.writing() as connection:
        return check(connection, desk.rules, row.token, code, carrier=row.carrier, at=desk.at)


def test_the_right_code_is_written_down(either_desk: Desk) -> None:
    desk = either_desk
    row = desk.rung()
    assert keyed(desk, row, CODE) == RIGHT
    assert desk.attempt(row.id).passed_at == desk.at


def test_a_wrong_code_lets_nobody_through_and_the_second_may_be_right(desk: Desk) -> None:
    row = desk.rung()
    assert keyed(desk, row, "4712") == WRONG
    assert desk.attempt(row.id).passed_at is None
    assert keyed(desk, row, CODE) == RIGHT


def test_the_third_is_not_even_looked_at(desk: Desk) -> None:
    row = desk.rung()
    assert [keyed(desk, row, code) for code in ("4712", "4713", CODE)] == [WRONG] * 3
    other = desk.rung(number=OTHER)
    assert keyed(desk, other, CODE) == RIGHT


def test_no_code_is_right_where_her_telephone_was_not_rung(desk: Desk) -> None:
    row = desk.calling()
    assert keyed(desk, row, CODE) == WRONG


def test_no_code_is_right_when_the_call_is_over_or_she_withdrew(desk: Desk) -> None:
    row = desk.rung()
    desk.over(row)
    assert keyed(desk, row, CODE) == WRONG
    other = desk.rung(number=OTHER)
    with desk.store.writing() as connection:
        callbacks.close(connection, other.callback, "withdrawn", desk.at, Event.WITHDRAW)
    assert keyed(desk, other, CODE) == WRONG


def test_nor_on_another_carrier_nor_for_an_unknown_attempt(desk: Desk) -> None:
    row = desk.rung()
    assert keyed(desk, replace(row, carrier="twilio"), CODE) == WRONG
    assert keyed(desk, replace(row, token="none"), CODE) == WRONG


def test_nor_when_nothing_can_be_read_any_more(desk: Desk) -> None:
    row = desk.rung()
    desk.rules.vault.destroy(UNTIL.date() + timedelta(days=9))
    assert keyed(desk, row, CODE) == WRONG
