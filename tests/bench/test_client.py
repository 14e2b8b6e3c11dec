"""The carrier's side of the wire, against small servers that behave as told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random

import pytest

from ivr.bench import client
from ivr.bench.client import KEPT, Address, Timing, is_whole, run_closed
from ivr.bench.figures import Sample
from ivr.bench.honest import UnfitError
from ivr.bench.openloop import MOST_LATE, PAUSE, Due, plan, run_open, samples

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<a/>"
REQUEST = b"POST /voice HTTP/1.1\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def server(*answers: bytes, wires: list[socket.socket] | None = None) -> Iterator[Address]:
    """Answers each request on each connection with the pieces given, one after the other; `wires`
    takes the connections.
    """
    door = socket.create_server(("127.0.0.1", 0))
    wires = [] if wires is None else wires

    def serve(wire: socket.socket) -> None:
        with suppress(OSError):  # closed, when the test is over
            while wire.recv(4096):
                for piece in answers:
                    wire.sendall(piece)

    def listen() -> None:
        try:
            while True:
                wires.append(door.accept()[0])
                threading.Thread(target=serve, args=(wires[-1],), daemon=True).start()
        except OSError:
            pass

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield door.getsockname()
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join()
        for wire in wires:
            wire.close()


@pytest.mark.parametrize("cut", range(1, len(GOOD)))
def test_an_answer_is_whole_with_its_last_byte(cut: int) -> None:
    assert not is_whole(GOOD[:cut])
    assert is_whole(GOOD)


def test_every_connection_asks_again_as_soon_as_it_was_answered() -> None:
    with server(GOOD[:20], GOOD[20:]) as address:
        timing = run_closed(address, [REQUEST], connections=3, seconds=0.2)
    assert len(timing.answers) > 10
    assert all(0 < one < timing.seconds for one in timing.answers)


def test_a_connection_is_given_up_after_its_life_and_another_opened() -> None:
    wires: list[socket.socket] = []
    with server(GOOD, wires=wires) as address:
        timing = run_closed(address, [REQUEST], connections=3, seconds=0.2, life=4)
    least = len(timing.answers) / 4
    assert least <= len(wires) <= least + 3


def test_who_rests_between_two_looks_takes_less_of_a_processor_and_loses_no_answer() -> None:
    with server(GOOD[:20], GOOD[20:]) as address:
        timing = run_closed(address, [REQUEST], connections=3, seconds=0.2, rest=0.02)
    assert 3 <= len(timing.answers) <= 3 * 11
    assert 0 < timing.cpu < timing.seconds / 2


def test_some_answers_are_kept_whole_to_be_read() -> None:
    with server(GOOD[:20], GOOD[20:]) as address:
        timing = run_closed(address, [REQUEST], connections=2, seconds=0.2)
    assert set(timing.kept) == {GOOD}
    assert len(timing.kept) == -(-len(timing.answers) // KEPT)


def test_an_answer_that_is_no_200_ends_the_measurement() -> None:
    with (
        server(GOOD.replace(b"200 OK", b"403 NO")) as address,
        pytest.raises(UnfitError, match="403"),
    ):
        run_closed(address, [REQUEST], connections=1, seconds=0.2)


def test_open_calls_are_answered_and_counted_from_when_they_were_due() -> None:
    with server(GOOD) as address:
        timing = run_open(address, [Due(0.01 * number, REQUEST) for number in range(20)])
    assert len(timing.answers) == len(timing.late) == 20


def test_what_is_never_answered_counts_as_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a server that hears everything and says nothing."""
    monkeypatch.setattr("ivr.bench.openloop.GRACE", 0.1)
    with server() as address:
        timing = run_open(address, [Due(0.0, REQUEST), Due(0.01, REQUEST)])
    assert timing.answers == [timing.seconds] * 2


def test_open_calls_wait_when_there_are_too_many_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "MOST_CONNECTIONS", 1)
    with server(GOOD) as address:
        timing = run_open(address, [Due(0.0, REQUEST)] * 5)
    assert len(timing.answers) == 5
    assert timing.answers == sorted(timing.answers)


def read(timing: Timing) -> dict[str, Sample]:
    return {one.measure: one for one in samples(timing, "ours", 1)}


def test_a_round_in_which_the_client_was_late_is_spoilt() -> None:
    fair = Timing(answers=[0.001] * 100, late=[MOST_LATE] * 100)
    late = Timing(answers=[0.001] * 100, late=[MOST_LATE] * 98 + [MOST_LATE * 2] * 2)
    assert not read(fair)["p99"].spoilt
    assert read(late)["p99"].spoilt


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # the same every time


def test_the_plan_is_the_same_for_the_same_seed_and_has_the_load_that_was_asked() -> None:
    calls = [[b"%d %d" % (call, place) for place in range(8)] for call in range(5)]
    dues, again, other = (plan(calls, 400, 20, seeded(seed)) for seed in (3, 3, 4))
    assert dues == again
    assert dues != other
    assert dues == sorted(dues, key=lambda due: due.at)
    assert len(dues) == pytest.approx(400 * 20 / PAUSE, rel=0.1)
    assert {due.request for due in dues} == {one for call in calls for one in call}
