"""Wrong passwords make people wait, longer each time; nobody outside can keep an operator out."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.console import codes
from ivr.console.tries import address_of
from ivr.store import schema, throttles
from ivr.store.database import Store
from ivr.store.throttles import Throttle
from tests.console.staffed import PASSWORD, House

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
SLOW = Throttle(b"a", free=3, longest=timedelta(minutes=15))


@given(st.integers(0, 10_000), st.integers(0, 30))
def test_a_delay_grows_and_has_an_end(failures: int, free: int) -> None:
    throttle = Throttle(b"x", free, timedelta(minutes=15))
    assert throttle.delay(failures) <= throttle.delay(failures + 1) <= timedelta(minutes=15)
    assert (throttle.delay(failures) > timedelta()) == (failures >= free)


def test_tries_are_counted_before_they_are_judged(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store:
        waits = []
        for _ in range(6):
            with store.writing() as connection:
                waits.append(throttles.count(connection, [SLOW], NOW))
        assert waits == [timedelta()] * 3 + [timedelta(seconds=1)] * 3
        with store.writing() as connection:
            assert throttles.count(connection, [SLOW], NOW + timedelta(seconds=1)) == timedelta()
            wait = throttles.count(connection, [SLOW], NOW + timedelta(seconds=1))
            assert wait == timedelta(seconds=2)
            throttles.forgive(connection, [SLOW], NOW)
            assert throttles.count(connection, [SLOW], NOW) == timedelta()


def test_after_an_hour_a_try_is_the_first_again(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store, store.writing() as connection:
        for minute in range(3):
            throttles.count(connection, [SLOW], NOW + timedelta(minutes=minute))
        later = NOW + timedelta(minutes=64)
        for _ in range(3):
            assert throttles.count(connection, [SLOW], later) == timedelta()
        assert throttles.count(connection, [SLOW], later)


def test_one_that_waits_holds_back_the_others_and_counts_none(database: str) -> None:
    schema.migrate(database)
    other = Throttle(b"b", free=1, longest=timedelta(minutes=1))
    with Store(database) as store, store.writing() as connection:
        throttles.count(connection, [other], NOW)
        for _ in range(10):
            assert throttles.count(connection, [SLOW, other], NOW)
        assert throttles.count(connection, [SLOW], NOW) == timedelta()


def test_an_impatient_one_waits_and_is_told_how_long(house: House) -> None:
    browser = house.browser()
    for _ in range(3):
        browser.sign_in("operator", 403, password="wrong", code="0")
    reply = browser.sign_in("operator", 429, password=PASSWORD, code="0")
    assert "Nothing is locked: try again in 2 seconds" in browser.page.text
    assert reply.headers["Retry-After"] == "2"
    house.wait(seconds=2)
    browser.sign_in("operator")


def test_an_outsider_cannot_keep_an_operator_out(house: House) -> None:
    """Whoever tries her name from a thousand addresses delays no browser that she has used."""
    hers = house.signed_in("operator")
    hers.post("/sign-out")
    for number in range(20):
        house.wait(minutes=2)
        other = house.browser(**{"X-Forwarded-For": f"198.51.{number}.7"})
        other.get("/sign-in")
        other.post("/sign-in", 403, name="operator", password="x")
    new = house.browser()
    new.get("/sign-in")
    reply = new.post("/sign-in", 429, name="operator", password="x")
    assert int(reply.headers["Retry-After"]) <= 61, "and a new one no longer than a minute"
    hers.sign_in("operator", code=codes.code_at(house.secrets["operator"], house.clock[0]))


def test_a_browser_that_is_known_is_known_for_one_person_alone(house: House) -> None:
    browser = house.signed_in("operator")
    browser.post("/sign-out")
    for _ in range(3):
        browser.sign_in("supervisor", 403, password="wrong", code="0")
    browser.sign_in("supervisor", 429, password="wrong", code="0")
    browser.sign_in("operator")


def test_a_try_that_waits_costs_no_hash(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from ivr.console import passwords

    browser = house.browser()
    for _ in range(3):
        browser.sign_in("operator", 403, password="wrong", code="0")
    monkeypatch.setattr(passwords, "fits", lambda *_: pytest.fail("hashed"))
    browser.sign_in("operator", 429, password="wrong", code="0")


def test_too_many_at_once_are_told_to_come_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ivr.console import passwords

    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    with passwords._Turn():
        browser = house.browser()
        browser.sign_in("operator", 503)
        assert "Too many people" in browser.page.text
    browser.sign_in("operator")


@pytest.mark.parametrize(
    ("remote", "said", "address"),
    [
        ("1.1.1.1", "", "1.1.1.1"),
        ("1.1.1.1", "198.51.100.1", "1.1.1.1"),  # a stranger who says he is another
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the last word is our proxy's
        ("10.0.0.2", "198.51.100.1, nonsense", "10.0.0.2"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("", "", "None"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
    ],
)
def test_where_a_try_comes_from(remote: str, said: str, address: str) -> None:
    asked: Any = SimpleNamespace(remote_addr=remote, headers={"X-Forwarded-For": said})
    assert address_of(asked) == address
