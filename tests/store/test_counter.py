"""Counting: it adds up over threads, is bounded, and cannot hold what identifies anybody."""

import re
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.actions import HangUp, Turn
from ivr.call.legs import DeadEnd, Inbound, Screening
from ivr.call.signals import (
    Answered,
    DialEnded,
    Done,
    HungUp,
    Outcome,
    Pressed,
    Signal,
    Silent,
)
from ivr.counts import Counter, Tally
from ivr.store.counts import Bucket
from tests.worlds import world

NOW = datetime(2026, 11, 23, 10, 42, 13, tzinfo=UTC)
HOUR = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def events(counter: Counter) -> dict[tuple[str, str, str], int]:
    return {(one.language, one.node, one.event): n for one, n in counter.take().items()}


def test_what_is_counted_is_handed_over_once() -> None:
    counter = Counter()
    for _ in range(3):
        counter.count(NOW, language="nl", node="papers.first", event="entered")
    assert counter.take() == {Bucket(HOUR, "nl", "papers.first", "entered"): 3}
    assert counter.take() == {}


def test_an_hour_is_an_hour_of_utc() -> None:
    counter = Counter()
    for at in (NOW, HOUR, HOUR + timedelta(minutes=59, seconds=59), HOUR + timedelta(hours=1)):
        counter.count(at, language="", node="main", event="entered")
    assert sorted((one.hour.hour, n) for one, n in counter.take().items()) == [(10, 3), (11, 1)]


def test_what_could_not_be_written_is_handed_over_again_with_what_is_new() -> None:
    counter = Counter()
    counter.count(NOW, language="nl", node="main", event="entered")
    taken = counter.take()
    counter.count(NOW, language="nl", node="main", event="entered")
    counter.put_back(taken)
    assert list(counter.take().values()) == [2]


def test_the_memory_is_bounded_and_what_is_known_goes_on_counting() -> None:
    counter = Counter(most=2)
    for node in ("one", "two", "three", "one"):
        counter.count(NOW, language="nl", node=node, event="entered")
    counter.put_back({Bucket(HOUR, "nl", "four", "entered"): 5})
    assert events(counter) == {("nl", "one", "entered"): 2, ("nl", "two", "entered"): 1}


def test_no_count_is_lost_between_threads() -> None:
    counter = Counter()
    taken: list[int] = []

    def count() -> None:
        for number in range(500):
            counter.count(NOW, language="nl", node="main", event="entered")
            if number % 100 == 0:
                taken.extend(counter.take().values())

    threads = [Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) + sum(counter.take().values()) == 4000


@given(st.text(), st.text(), st.text())
def test_nothing_but_words_of_the_line_is_ever_kept(language: str, node: str, event: str) -> None:
    counter = Counter()
    counter.count(NOW, language=language, node=node, event=event)
    (bucket,) = counter.take()
    for value in (bucket.language, bucket.node, bucket.event):
        assert re.fullmatch(r"([a-z][a-z0-9._-]{0,127})?", value)
        assert not re.search("[0-9]{5}", value)


@pytest.mark.parametrize("number", ["+3220000007", "3220000007", "a.3220000007", "0470 00 00 00"])
def test_a_number_that_is_counted_by_mistake_is_not_kept(number: str) -> None:
    counter = Counter()
    counter.count(NOW, language=number, node=number, event=number)
    assert events(counter) == {("other", "other", "other"): 1}


def inbound(node: str = "main", language: str = "nl") -> Inbound:
    return Inbound(access="", edition=1, started=0, language=language, node=node)


@pytest.mark.parametrize(
    ("signal", "event"),
    [
        (Silent(), "silent"),
        (HungUp(), "left"),
        (DialEnded(Outcome.COMPLETED, bridged=True), "bridged"),
        (DialEnded(Outcome.COMPLETED, bridged=False), "dial.completed"),
        (DialEnded(Outcome.NO_ANSWER, bridged=False), "dial.no_answer"),
    ],
)
def test_how_a_call_goes_on_is_counted_where_it_was(signal: Signal, event: str) -> None:
    counter = Counter()
    Tally(counter, lambda: NOW).turn(
        world(carrier="twilio"), inbound("person"), signal, Turn(inbound("person"), ())
    )
    assert events(counter) == {("nl", "person", event): 1}


def test_a_call_that_begins_enters_its_first_node() -> None:
    counter = Counter()
    first = inbound("languages", "")
    Tally(counter, lambda: NOW).turn(world(carrier="twilio"), first, Answered(), Turn(first, ()))
    assert events(counter) == {("", "languages", "answered"): 1, ("", "languages", "entered"): 1}


def test_of_a_key_only_where_it_led_is_kept() -> None:
    counter = Counter()
    tally = Tally(counter, lambda: NOW)
    tally.turn(world(carrier="twilio"), inbound("main"), Pressed("4"), Turn(inbound("info"), ()))
    tally.turn(world(carrier="twilio"), inbound("main"), Pressed("7"), Turn(inbound("main"), ()))
    tally.turn(world(carrier="twilio"), inbound("main"), Done(ok=True), Turn(inbound("main"), ()))
    assert events(counter) == {("nl", "info", "entered"): 1}


def test_other_legs_are_nobody_s_calls() -> None:
    counter = Counter()
    screening = Screening(target="", language="nl", caller="nl", edition=1)
    dead_end = DeadEnd(access="", language="nl", edition=1)
    for leg in (screening, dead_end):
        turn = Turn(leg, (HangUp(),))
        Tally(counter, lambda: NOW).turn(world(carrier="twilio"), leg, Silent(), turn)
    assert events(counter) == {}


def test_the_end_of_a_call_is_counted_without_a_place() -> None:
    counter = Counter()
    Tally(counter, lambda: NOW).ended("twilio", "no-answer")
    assert events(counter) == {("", "", "ended.no-answer"): 1}


def test_rehearsals_are_not_mixed_with_real_calls() -> None:
    counter = Counter()
    for rehearsals in (False, True):
        tally = Tally(counter, lambda: NOW, rehearsals=rehearsals)
        tally.turn(world(), inbound(), Silent(), Turn(inbound(), ()))
        tally.ended("rehearsal", "completed")
        assert len(events(counter)) == (2 if rehearsals else 0)
