"""`ivr carrier` as a process: it says where it listens, ends politely, and is only one."""

import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ivr.carrier.rehearsal.client import FarTelephone
from ivr.commands.carrier import JOURNAL, make_carrier
from ivr.settings import load_settings
from tests import installations
from tests.phone.lines import free_port

HOUSE = Path(__file__).parents[2]


def environment(folder: Path, port: int) -> dict[str, str]:
    return installations.rehearsing(folder, IVR_REHEARSAL_URL=f"http://127.0.0.1:{port}")


def test_it_listens_answers_and_ends_politely(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ivr", "carrier"]
    environ = {**environment(tmp_path, port), "PYTHONUNBUFFERED": "1", "PATH": "/usr/bin"}
    with subprocess.Popen(
        command, env=environ, cwd=HOUSE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert (
            process.stdout.readline()
            == f"The rehearsal carrier listens on http://127.0.0.1:{port}.\n"
        )
        telephone = FarTelephone(f"http://127.0.0.1:{port}", installations.REHEARSAL_ACCOUNT,
                                 installations.REHEARSAL_TOKEN)  # fmt: skip
        assert telephone.here()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert (tmp_path / JOURNAL).exists()


def test_a_second_one_on_the_same_journal_or_port_is_told_so(tmp_path: Path) -> None:
    port = free_port()
    first = make_carrier(load_settings(environment(tmp_path, port)))
    first.start()
    with pytest.raises(click.ClickException, match="journal"):
        make_carrier(load_settings(environment(tmp_path, free_port())))
    with pytest.raises(click.ClickException, match=f"cannot listen on http://127.0.0.1:{port}"):
        make_carrier(load_settings(environment(tmp_path / "other", port)))
    first.close()


def test_it_never_listens_where_others_can_reach_it(tmp_path: Path) -> None:
    settings = load_settings(
        installations.rehearsing(tmp_path, IVR_REHEARSAL_URL="http://0.0.0.0:8001")
    )
    with pytest.raises(click.ClickException, match="on this machine"):
        make_carrier(settings)


def test_without_an_account_there_is_no_carrier(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="IVR_REHEARSAL_ACCOUNT_SID"):
        make_carrier(load_settings(installations.real(tmp_path)))


def test_it_shows_only_our_own_number_and_asks_our_own_addresses(tmp_path: Path) -> None:
    settings = load_settings(environment(tmp_path, free_port()))
    carrier = make_carrier(settings)
    board = carrier.switch.exchange.board
    assert board.account.owned == {settings.outbound_number}
    assert board.numbers.voice == "http://127.0.0.1:8000/voice/incoming"
    assert board.numbers.status == "http://127.0.0.1:8000/voice/status"
    carrier.start()
    carrier.close()
