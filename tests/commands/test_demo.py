"""What `ivr up` makes: only what is missing, the same the next time, for this account alone."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ivr.commands import demo
from ivr.settings import load_settings
from tests.installations import KEY, real, rehearsing


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_from_nothing_come_settings_that_are_complete(tmp_path: Path) -> None:
    settings = load_settings(demo.complete({"IVR_VAR": str(tmp_path)}, 8000))
    assert settings.demo
    assert settings.rehearsal
    assert settings.public_base_url.startswith("http://localhost:")
    assert settings.rehearsal_url != settings.public_base_url.replace("localhost", "127.0.0.1")


def test_the_secrets_are_the_same_the_next_time_and_others_elsewhere(tmp_path: Path) -> None:
    first = demo.complete({"IVR_VAR": str(tmp_path)}, 8000)
    demo.keep(first, ("IVR_VAR",))
    again = demo.complete({"IVR_VAR": str(tmp_path)}, 8000)
    other = demo.complete({"IVR_VAR": str(tmp_path / "other")}, 8000)
    for name in (demo.SECRET, demo.ACCOUNT, demo.TOKEN):
        assert first[name] == again[name] != other[name]


def test_what_the_environment_sets_is_taken_and_not_written_down(tmp_path: Path) -> None:
    given = rehearsing(tmp_path, IVR_DATABASE_URL="sqlite:////elsewhere/line.sqlite")
    made = demo.complete(given, 8000)
    assert made.items() >= {**given, "IVR_VAR": str(tmp_path)}.items()
    kept = demo.keep(made, given).read_text()
    assert KEY not in kept
    assert "IVR_DATABASE_URL" not in kept
    assert "IVR_REHEARSAL_URL" in kept, "only this was made"


def test_an_account_of_a_real_carrier_gets_no_rehearsal_beside_it(tmp_path: Path) -> None:
    given = real(tmp_path)
    made = demo.complete(given, 8000)
    assert demo.ACCOUNT not in made
    assert demo.REHEARSAL not in made
    assert load_settings(made).real


def test_the_file_can_be_read_by_a_shell_and_by_nobody_else(tmp_path: Path) -> None:
    made = demo.complete({"IVR_VAR": str(tmp_path)}, 8000)
    path = demo.keep(made, ())
    assert path.stat().st_mode & 0o777 == 0o600
    told = subprocess.run(
        ["sh", "-c", f". {path} && env"], capture_output=True, text=True, check=True, env={}
    )
    rows = dict(line.split("=", 1) for line in told.stdout.splitlines())
    assert rows.items() >= made.items()


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    (tmp_path / demo.FILE).mkdir()
    assert demo.complete({"IVR_VAR": str(tmp_path)}, 8000)[demo.SECRET]
    assert demo.made_key(tmp_path) == b""


def test_a_port_that_is_taken_is_passed_over(taken: int) -> None:
    assert not demo.is_free(taken)
    assert demo.free_port(taken, ()) > taken
    free = demo.free_port(taken, ())
    assert demo.free_port(taken, {free}) > free


def test_web_and_carrier_never_share_a_port(tmp_path: Path) -> None:
    made = demo.complete({"IVR_VAR": str(tmp_path)}, 8000)
    assert demo.port_in(made[demo.URL]) != demo.port_in(made[demo.REHEARSAL])


def test_when_no_port_is_free_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "is_free", lambda port: False)
    with pytest.raises(click.ClickException, match="No port from 8000 to 8049 is free"):
        demo.free_port(8000, ())


def test_an_address_of_one_s_own_decides_the_port_or_is_refused(tmp_path: Path, taken: int) -> None:
    free = demo.free_port(taken + 1, ())
    assert demo.port_of({demo.URL: f"http://127.0.0.1:{free}"}, 8000) == free
    with pytest.raises(click.ClickException, match="another program has it"):
        demo.port_of({demo.URL: f"http://127.0.0.1:{taken}"}, 8000)
    assert demo.port_of({demo.URL: "https://line.example.org"}, free) == free


def test_only_one_runs_in_a_folder_and_the_second_says_where_the_first_is(tmp_path: Path) -> None:
    with demo.Alone(tmp_path) as first:
        with pytest.raises(click.ClickException, match="already starting"):
            demo.Alone(tmp_path)
        first.tell("http://localhost:8000")
        with pytest.raises(click.ClickException, match="runs at http://localhost:8000") as told:
            demo.Alone(tmp_path)
        assert f"kill {os.getpid()}" in str(told.value)
        with demo.Alone(tmp_path / "other"):
            pass
    with demo.Alone(tmp_path):
        pass
