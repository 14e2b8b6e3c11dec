"""By how much our clock differs from a carrier's: measured, and not for ever."""

from datetime import UTC, datetime, timedelta

from ivr.callbacks.skew import GOOD, Skews

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Clocks:
    """Our clock, theirs, and the seconds that pass."""

    def __init__(self) -> None:
        self.there: datetime | None = NOW
        self.passed = 0.0
        self.asked: list[str] = []

    def ask(self, address: str) -> datetime | None:
        """What time it is there."""
        self.asked.append(address)
        return self.there

    def skews(self) -> Skews:
        """Measured by these."""
        return Skews({"rehearsal": "http://there"}, lambda: NOW, lambda: self.passed, self.ask)


def test_nothing_is_known_before_it_is_measured() -> None:
    skews = Clocks().skews()
    assert skews.of("rehearsal") is None
    assert skews.measure()
    assert skews.of("rehearsal") == -0.5
    assert skews.of("twilio") is None


def test_who_is_ahead_and_by_how_much() -> None:
    clocks = Clocks()
    clocks.there = NOW - timedelta(seconds=40)
    skews = clocks.skews()
    skews.measure()
    assert skews.of("rehearsal") == 39.5


def test_a_measure_is_good_for_an_hour() -> None:
    clocks = Clocks()
    skews = clocks.skews()
    skews.measure()
    clocks.there = None
    clocks.passed = GOOD
    assert not skews.measure()
    assert skews.of("rehearsal") == -0.5
    clocks.passed += 1
    assert skews.of("rehearsal") is None


def test_it_is_measured_in_the_background_whatever_breaks() -> None:
    clocks = Clocks()
    skews = clocks.skews()
    done = []

    def ask(address: str) -> datetime:
        done.append(address)
        skews.stop()
        raise OSError("planted")

    skews._ask = ask  # what is asked breaks
    skews.start()
    assert skews._thread
    skews._thread.join(5)
    assert done == ["http://there"]
