"""The rehearsal carrier does what it is asked, and its answer is lost: nothing is asked twice.

What becomes of it is found by asking it again how things are. Its journal is the judge.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.call.signals import Ring
from ivr.callbacks import hold
from ivr.callbacks.attempts import Refused, Started, Unknown
from ivr.callbacks.cutting import cut
from ivr.callbacks.finishing import SETTLED, Stage
from ivr.callbacks.reconcile import ANSWER, QUEUED, SEARCHED, reconcile
from ivr.callbacks.records import LONGEST, delete
from ivr.carrier import Lost
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.client import FarTelephone
from ivr.carrier.rehearsal.journal import read_journal
from ivr.carrier.rehearsal.server import Carrier, open_switch, sender
from ivr.store import attempts, records
from ivr.store.database import Store
from routing.callback import State
from tests import kinds
from tests.callbacks.booked import OUTBOUND
from tests.callbacks.calling import ANN, BEA, IN_TIME, PHONE, Desk
from tests.carrier.lossy import lossy
from tests.carrier.standin import SID, TOKEN
from tests.carrier.web import Web

OWN = Account(SID, TOKEN, frozenset({OUTBOUND}))


class Exchange:
    """A desk and a carrier with one clock, and what the journal of the carrier says."""

    def __init__(self, desk: Desk, web: Web, folder: Path) -> None:
        self.desk, self.journal = desk, folder / "journal.jsonl"
        numbers = Numbers(f"{web.url}/voice", f"{web.url}/status")
        switch = open_switch(OWN, numbers, self.journal, lambda: desk.at, sender())
        self.carrier = Carrier(switch, "127.0.0.1", 0)
        self.carrier.start()
        self.telephone = FarTelephone(self.carrier.url, SID, TOKEN)
        self.telephone.own(PHONE)
        desk.means = replace(desk.means, base=web.url)
        self.goes_by(self.carrier.url)
        desk.employ()

    def goes_by(self, url: str) -> None:
        """The line asks the carrier at this address."""
        carriers = {"rehearsal": RehearsalCarrier(url, SID, TOKEN)}
        self.desk.means = replace(self.desk.means, carriers=carriers)

    def pressed(self) -> object:
        """The operator presses the button of a new callback."""
        callback = self.desk.book()
        assert self.desk.claim(callback)
        return self.desk.call(callback)

    def after(self, wait: timedelta) -> int:
        """Look after every attempt, so long after everything began."""
        self.desk.at = IN_TIME + wait
        return reconcile(self.desk.means, self.desk.at)

    def placed(self) -> list[str]:
        """The calls that the account asked for, by the journal."""
        told = [row for row in read_journal(self.journal) if row["what"] == "call"]
        outbound = [row["call"] for row in told if row["record"]["direction"] == "outbound-api"]
        return list(dict.fromkeys(outbound))

    def ends(self) -> None:
        """Every call ends, as when the operator puts the receiver down."""
        for sid in self.placed():
            self.telephone.hang_up(sid)


@pytest.fixture
def house(tmp_path: Path, web: Web) -> Iterator[Exchange]:
    with Store(kinds.migrated(tmp_path)) as store:
        exchange = Exchange(Desk(store, tmp_path), web, tmp_path)
        yield exchange
        exchange.carrier.close()


def lost(house: Exchange) -> attempts.Row:
    """The carrier has accepted, and its answer was dropped."""
    house.telephone.set_faults(withhold=1)
    answer = house.pressed()
    assert isinstance(answer, Unknown)
    row = house.desk.attempt(answer.attempt)
    assert (row.state, row.sid) == (Stage.UNKNOWN, None)
    return row


def test_a_dropped_reply_is_found_again_and_only_one_call_was_made(house: Exchange) -> None:
    row = lost(house)
    (sid,) = house.placed()
    assert house.desk.row(row.callback).state == State.UNKNOWN
    assert house.after(ANSWER) == 1
    found = house.desk.attempt(row.id)
    assert (found.sid, found.state) == (sid, Stage.PLACED)
    assert house.desk.row(row.callback).state == State.CALLING
    house.ends()
    house.after(ANSWER * 2)
    assert house.desk.attempt(row.id).state == Stage.FAILED, "her telephone never rang"
    assert house.desk.row(row.callback).state == State.CLAIMED
    assert house.placed() == [sid]


def test_while_nobody_knows_nobody_may_press_again(house: Exchange) -> None:
    row = lost(house)
    for operator in (ANN, BEA):
        assert isinstance(house.desk.call(row.callback, operator), Refused)
    assert len(house.placed()) == 1


def test_the_operator_who_picks_up_meanwhile_goes_on(house: Exchange) -> None:
    row = lost(house)
    (sid,) = house.placed()
    house.desk.at += timedelta(seconds=3)
    assert isinstance(house.desk.ready(row, call=sid), Ring)
    assert house.desk.attempt(row.id).sid == sid
    assert house.desk.row(row.callback).state == State.CALLING


def test_one_that_was_over_before_it_was_found_is_found_all_the_same(house: Exchange) -> None:
    row = lost(house)
    house.ends()
    house.after(ANSWER)
    house.after(ANSWER + QUEUED)
    assert house.desk.attempt(row.id).state == Stage.FAILED
    assert house.desk.row(row.callback).state == State.CLAIMED


def test_of_two_that_were_lost_neither_is_guessed(house: Exchange) -> None:
    first, second = lost(house), lost(house)
    for wait in (ANSWER, ANSWER * 2, SEARCHED):
        house.after(wait)
    assert {house.desk.attempt(one.id).sid for one in (first, second)} == {None}
    assert {house.desk.row(one.callback).state for one in (first, second)} == {State.UNKNOWN}
    assert house.after(SEARCHED + ANSWER) == 0, "now it is a person's"
    assert len(house.placed()) == 2


def test_a_search_without_an_answer_says_nothing(house: Exchange) -> None:
    row = lost(house)
    with lossy(house.carrier.url, "cut", "GET") as way:
        house.goes_by(way.url)
        house.after(ANSWER)
        house.after(ANSWER * 2)
        assert set(way.verbs) == {"GET"}
    assert house.desk.attempt(row.id).state == Stage.UNKNOWN
    house.goes_by(house.carrier.url)
    house.after(ANSWER * 3)
    assert house.desk.attempt(row.id).state == Stage.PLACED


def test_what_the_carrier_keeps_queued_is_ended_before_it_rings(house: Exchange) -> None:
    house.telephone.set_faults(queue=1)
    answer = house.pressed()
    assert isinstance(answer, Started)
    house.after(QUEUED)
    house.after(QUEUED * 2)
    assert house.desk.attempt(answer.attempt).state == Stage.FAILED
    (call,) = [row["record"] for row in read_journal(house.journal) if row["what"] == "call"][-1:]
    assert (call["status"], len(house.placed())) == ("canceled", 1)


def test_a_cut_whose_answer_is_lost_has_cut(house: Exchange) -> None:
    answer = house.pressed()
    assert isinstance(answer, Started)
    with house.desk.store.writing() as connection:
        hold.throw(connection, "ann", "", house.desk.at)
    with lossy(house.carrier.url, "cut", "POST") as way:
        house.goes_by(way.url)
        assert cut(house.desk.means, house.desk.at) == 1
        assert house.desk.attempt(answer.attempt).ended_at is None
    assert house.telephone.state()["live"] == 0, "it is silent already"
    house.goes_by(house.carrier.url)
    cut(house.desk.means, house.desk.at)
    house.after(QUEUED)
    assert house.desk.attempt(answer.attempt).state == Stage.FAILED
    assert cut(house.desk.means, house.desk.at) == 0


def test_a_deletion_whose_answer_is_lost_is_tried_again_and_is_done(house: Exchange) -> None:
    assert isinstance(house.pressed(), Started)
    house.ends()
    house.after(QUEUED)
    due = house.desk.at + SETTLED
    with lossy(house.carrier.url, "cut", "DELETE") as way:
        house.goes_by(way.url)
        assert delete(house.desk.means, due) == 0
        assert way.verbs.count("DELETE") == 1
    (sid,) = house.placed()
    asked = RehearsalCarrier(house.carrier.url, SID, TOKEN).look_up(sid)
    assert not isinstance(asked, Lost)
    house.goes_by(house.carrier.url)
    assert delete(house.desk.means, due + LONGEST) == 1
    with house.desk.store.reading() as connection:
        assert records.due(connection, "rehearsal") == ()
