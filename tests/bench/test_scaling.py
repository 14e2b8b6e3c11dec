"""Two workers against one: what is told of a round, and when it is none."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ivr.bench import scaling
from ivr.bench.client import Timing
from ivr.bench.figures import Sample, ratios
from ivr.bench.gates import CPU, RATE
from ivr.bench.honest import UnfitError
from ivr.bench.machine import busy, cpu
from ivr.bench.scaling import BOUND, CLIENT, ONE, OTHERS, SPLIT, TWO, measure
from ivr.bench.servers import Server

ADDRESS = ("127.0.0.1", 1)
GOOD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 30\r\n\r\n"
    b"<Response><Hangup/></Response>"
)


@dataclass
class Round:
    """What happens in one round of one second: CPU seconds by worker, of the client, of others."""

    own: tuple[float, ...]
    client: float
    others: float
    answers: int
    kept: bytes = GOOD


def told(monkeypatch: pytest.MonkeyPatch, *rounds: Round) -> list[Sample]:
    """The samples of one worker's round and of that of two, which come in turns."""
    left: Iterator[Round] = iter(rounds)
    used: dict[int, float] = {}
    all_used = [0.0]

    def run(address: object, sent: object, **_: object) -> Timing:
        now = next(left)
        for worker, seconds in enumerate(now.own):
            used[worker] = used.get(worker, 0) + seconds
        all_used[0] += sum(now.own) + now.client + now.others
        return Timing(answers=[0.01] * now.answers, kept=[now.kept], seconds=1, cpu=now.client)

    monkeypatch.setattr(scaling, "run_closed", run)
    monkeypatch.setattr(scaling, "cpu_of", lambda workers: sum(used.get(w, 0) for w in workers))
    monkeypatch.setattr(scaling, "busy", lambda: all_used[0])
    monkeypatch.setattr(scaling, "turned", lambda names, _: list(names))
    servers = {ONE: Server(ADDRESS, 1, (0,)), TWO: Server(ADDRESS, 2, (0, 1))}
    return list(measure(servers, [b""], rounds=1, seconds=1))


ALONE = Round((1.0,), 0.1, 0.5, 3000)
BOTH = Round((0.8, 0.9), 0.17, 0.1, 5100)


def found(samples: list[Sample], measure: str, kind: str) -> float:
    return next(one.value for one in samples if (one.measure, one.subject) == (measure, kind))


def test_a_round_tells_who_had_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = told(monkeypatch, ALONE, BOTH)
    assert ratios(samples, RATE, TWO, ONE) == [1.7]
    assert found(samples, CPU, TWO) == pytest.approx(1.7 / 5100 * 1e6)
    assert found(samples, CLIENT, ONE) == pytest.approx(0.1 / 3000 * 1e6)
    assert found(samples, OTHERS, ONE) == pytest.approx(0.5)
    assert found(samples, SPLIT, TWO) == pytest.approx(0.8 / 1.7)
    assert found(samples, BOUND, TWO) == pytest.approx(2 / 1.1)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (ALONE, Round((0.8, 0.9), 0.17, 0.5, 5100)),  # others had a part of the two workers' cores
        (Round((0.8,), 0.1, 1.0, 2400), BOTH),  # the single worker had to wait for a core
    ],
)
def test_a_round_in_which_others_had_the_cores_is_spoilt(
    one: Round, two: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ratios(told(monkeypatch, one, two), RATE, TWO, ONE) == []


def test_a_worker_that_has_nothing_to_do_is_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = told(monkeypatch, ALONE, Round((1.0, 0.0), 0.1, 0.0, 3000))
    assert ratios(samples, RATE, TWO, ONE) == [1.0]


def test_an_answer_that_is_none_ends_the_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Round((1.0,), 0.1, 0.5, 3000, GOOD.replace(b"Hangup/", b"Hangup "))
    with pytest.raises(UnfitError, match="parse"):
        told(monkeypatch, bad, BOTH)


def test_the_machine_was_busy_at_least_with_us() -> None:
    before, own = busy(), cpu()
    while cpu() < own + 0.2:
        pass
    assert busy() - before >= 0.15
