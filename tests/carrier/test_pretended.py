"""The time that a demonstration pretends: all its processes read it, and nobody else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivr.carrier.rehearsal.pretended import FILE, Pretended
from ivr.settings import load_settings
from tests import installations

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CHRISTMAS = datetime(2026, 12, 25, 3, 0, tzinfo=UTC)


def pretended(folder: Path) -> Pretended:
    return Pretended(installations.settings(folder), lambda: NOW)


def test_nothing_is_pretended_until_somebody_does(tmp_path: Path) -> None:
    time = pretended(tmp_path)
    assert (time.now(), time.earlier(), time.ahead()) == (NOW, NOW, timedelta())


def test_every_process_has_the_same_time_until_it_is_taken_back(tmp_path: Path) -> None:
    time, other = pretended(tmp_path), pretended(tmp_path)
    time.be(CHRISTMAS)
    assert (other.now(), other.earlier()) == (CHRISTMAS, NOW)
    other.be(None)
    assert time.now() == NOW
    other.be(None)


def test_what_lies_in_the_past_is_the_earlier_of_the_two(tmp_path: Path) -> None:
    time = pretended(tmp_path)
    time.be(NOW - timedelta(days=1))
    assert time.earlier() == time.now() == NOW - timedelta(days=1)


@pytest.mark.parametrize("year", [1, 1999, 2019, 2099, 9999])
def test_a_time_out_of_reach_is_refused(tmp_path: Path, year: int) -> None:
    time = pretended(tmp_path)
    with pytest.raises(ValueError, match="cannot be pretended"):
        time.be(datetime(year, 1, 1, tzinfo=UTC))
    assert time.now() == NOW


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be pretended"):
        pretended(tmp_path).be(datetime(2026, 1, 1))  # noqa: DTZ001  # what is refused


def test_where_real_callers_ring_there_is_only_the_real_time(tmp_path: Path) -> None:
    kept = tmp_path / FILE
    kept.parent.mkdir()
    kept.write_text("86400")
    time = Pretended(load_settings(installations.real(tmp_path)), lambda: NOW)
    assert time.now() == NOW
    with pytest.raises(PermissionError):
        time.be(CHRISTMAS)
    assert pretended(tmp_path).now() == NOW + timedelta(days=1)


@pytest.mark.parametrize("content", ["", "soon", "1e400", "nan"])
def test_what_cannot_be_read_is_no_time(tmp_path: Path, content: str) -> None:
    kept = tmp_path / FILE
    kept.parent.mkdir()
    kept.write_text(content)
    assert pretended(tmp_path).now() == NOW
