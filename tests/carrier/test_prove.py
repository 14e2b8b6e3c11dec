"""Proving a number: only a centre's, only once, and only a pressed 1 counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ivr import clock
from ivr.carrier import Deleted, Found, Lost, Order, Placed, Refused, Stage
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.twilio import TwilioCarrier
from ivr.commands.prove import find_centre, follow, open_carrier, prove, ring, screening
from ivr.settings import load_settings
from ivr.store import schema
from tests import installations
from tests.carrier.standin import NOON
from tests.phone.lines import Running, running
from tests.worlds import shipped_directory

ORDER = Order("+12025550177", "+12025550100", "http://line.example/proof")  # examples
CALL = Placed("CA1", ORDER.to, ORDER.from_, Stage.RINGING, NOON, 0)
CENTRE = next(one for one in shipped_directory().centres if one.dial)


@dataclass
class Answering:
    """A carrier that answers what it is told to, and counts how often it was asked to ring."""

    placed: Placed | Refused | Lost = CALL
    found: Found | Refused | Lost = Found(())
    seen: Iterator[Placed | Refused | Lost] = field(default_factory=lambda: iter(()))
    name: str = "rehearsal"
    rung: int = 0
    since: datetime | None = None

    def place(self, order: Order) -> Placed | Refused | Lost:
        """Count a ring."""
        self.rung += 1
        return self.placed

    def find(self, *, to: str, from_: str, since: datetime) -> Found | Refused | Lost:
        """Answer a search."""
        self.since = since
        return self.found

    def look_up(self, sid: str) -> Placed | Refused | Lost:
        """Answer a look, the last for ever."""
        return next(self.seen, self.placed)

    def cancel(self, sid: str) -> Placed | Refused | Lost:
        """Not asked for here."""
        return self.placed

    def delete(self, sid: str) -> Deleted | Refused | Lost:
        """Not asked for here."""
        return Deleted()


def test_a_call_is_asked_for_once() -> None:
    carrier = Answering()
    assert ring(carrier, ORDER, NOON) == CALL
    assert carrier.rung == 1


def test_a_refusal_is_told_with_its_reason() -> None:
    with pytest.raises(click.ClickException, match="13214.*no number of yours"):
        ring(Answering(Refused(13214, "no number of yours")), ORDER, NOON)


def test_a_lost_answer_is_looked_for_and_never_asked_again() -> None:
    carrier = Answering(Lost("silence"), Found((CALL,)))
    assert ring(carrier, ORDER, NOON) == CALL
    assert carrier.rung == 1
    assert carrier.since is not None
    assert NOON - timedelta(minutes=1) < carrier.since < NOON


@pytest.mark.parametrize("found", [Found(()), Lost("silence"), Refused(0, "away")])
def test_a_call_that_cannot_be_found_is_left_to_a_person(found: Found | Lost | Refused) -> None:
    carrier = Answering(Lost("silence"), found)
    with pytest.raises(click.ClickException, match="may be ringing"):
        ring(carrier, ORDER, NOON)
    assert carrier.rung == 1


def test_a_call_is_followed_to_its_end_whatever_single_looks_answer() -> None:
    over = replace(CALL, stage=Stage.COMPLETED)
    carrier = Answering(seen=iter([CALL, Lost("silence"), Refused(0, "away"), over]))
    waits: list[int] = []
    assert follow(carrier, CALL, lambda: waits.append(1)) == over
    assert len(waits) == 4


def test_following_ends_even_where_the_call_does_not() -> None:
    waits: list[int] = []
    assert follow(Answering(), CALL, lambda: waits.append(1)) == CALL
    assert len(waits) < 300


def test_only_a_centres_number_is_rung() -> None:
    directory = shipped_directory()
    assert find_centre(directory, CENTRE.dial) == find_centre(directory, CENTRE.id) == CENTRE
    silent = next(one for one in directory.centres if not one.dial)
    for number in ("+12025550199", "", silent.id, "112"):
        with pytest.raises(click.ClickException, match="no number of a centre"):
            find_centre(directory, number)


def test_a_number_that_the_guard_refuses_is_not_rung() -> None:
    directory = replace(shipped_directory(), buried=frozenset({CENTRE.dial}))
    with pytest.raises(click.ClickException, match="not dialled"):
        find_centre(directory, CENTRE.id)


def test_a_test_call_speaks_the_centres_own_language() -> None:
    call = screening(CENTRE, 7)
    assert (call.target, call.language, call.edition, call.proof) == (
        CENTRE.dial,
        CENTRE.screening,
        7,
        True,
    )
    assert screening(replace(CENTRE, screening=""), 7).language == "nl"


def test_the_carrier_is_the_one_that_is_set_up_or_asked_for(tmp_path: Path) -> None:
    rehearsing = load_settings(installations.rehearsing(tmp_path))
    carrier, account = open_carrier(rehearsing, None)
    assert isinstance(carrier, RehearsalCarrier)
    assert account == installations.REHEARSAL_ACCOUNT
    with pytest.raises(click.ClickException, match="TWILIO_ACCOUNT_SID"):
        open_carrier(rehearsing, "twilio")
    real = load_settings(installations.real(tmp_path))
    carrier, account = open_carrier(real, None)
    assert isinstance(carrier, TwilioCarrier)
    assert account == installations.REAL_ACCOUNT
    with pytest.raises(click.ClickException, match="IVR_REHEARSAL_ACCOUNT_SID"):
        open_carrier(real, "rehearsal")


# ---- the whole way: a call, the line's own webhooks, the proof in the database

SPEED = 40


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A demonstration with a database, whose carrier lives forty times as fast."""
    start = clock.now()
    folder = tmp_path_factory.mktemp("quick")
    schema.migrate(load_settings(installations.rehearsing(folder)).database_url)
    with running(folder, lambda: start + SPEED * (clock.now() - start)) as stage:
        yield stage


@pytest.fixture
def run(quick: Running, monkeypatch: pytest.MonkeyPatch) -> object:
    """`ivr prove` on it."""
    settings = quick.settings
    environ = installations.rehearsing(
        settings.var, IVR_PUBLIC_BASE_URL=settings.public_base_url,
        IVR_REHEARSAL_URL=settings.rehearsal_url,
    )  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(prove, words, catch_exceptions=False)


def test_whoever_presses_nothing_proves_nothing(quick: Running, run: object) -> None:
    for answer in (Answer.MACHINE, Answer.BUSY):
        quick.carrier.switch.exchange.answers = (answer,)
        result: Result = run("pagasa")  # type: ignore[operator]  # a fixture that runs
        assert result.exit_code == 1
        assert "Not proved" in result.output


def test_a_pressed_1_proves_and_is_kept(quick: Running, run: object) -> None:
    quick.carrier.switch.exchange.answers = (Answer.PRESSES,)
    result: Result = run("surya")  # type: ignore[operator]  # a fixture that runs
    assert result.exit_code == 0, result.output
    assert "Proved: somebody at surya pressed 1" in result.output
    entries = quick.carrier.switch.ledger.find({"direction": "outbound-api"})
    assert entries[0]["to"] == find_centre(shipped_directory(), "surya").dial
