"""`ivr up` and `ivr serve` as processes: they come up from nothing, and nothing of them stays."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.commands import demo
from tests.installations import database, rehearsing

READY = 60
GONE = 20
Start = Callable[..., subprocess.Popen[str]]


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """What a new account on a new machine has."""
    own = database(tmp_path / "var", more)
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **own, **more}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `ivr` in an empty folder; whatever a test leaves running is ended."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str, **environ: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "ivr", *words],
            cwd=tmp_path,
            env=environment(tmp_path, PYTHONPATH=str(Path(__file__).parents[2]), **environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def read_until(process: subprocess.Popen[str], pattern: str) -> str:
    """Everything that it printed up to a line with this."""
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        if re.search(pattern, line):
            return told
    raise AssertionError(f"it ended before it said {pattern!r}:\n{told}")


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:  # noqa: S310  # our own address
            return int(reply.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true: Callable[[], bool], seconds: float = GONE) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def ports(folder: Path) -> tuple[int, int]:
    """The ports of the line and of the rehearsal carrier."""
    kept = (folder / "var" / demo.FILE).read_text()
    web, carrier = (re.search(f"{name}='.*:([0-9]+)'", kept) for name in (demo.URL, demo.REHEARSAL))
    assert web
    assert carrier
    return int(web[1]), int(carrier[1])


def test_from_an_empty_folder_to_a_telephone_and_back(start: Start, tmp_path: Path) -> None:
    up = start("up", "--port", "18000")
    told = read_until(up, "doctor")
    address = re.search(r"http://localhost:\d+/phone", told)
    assert address, told
    assert status(address[0]) == 200
    assert status(address[0].replace("/phone", "/nothing")) == 404
    assert status(address[0].replace("/phone", "/")) == 200, "it leads to the telephones"
    assert status(address[0].replace("/phone", "/console")) == 200
    kept = (tmp_path / "var" / demo.FILE).read_text()
    second = start("up", "--port", "18000")
    assert second.wait(READY) == 1
    assert address[0].removesuffix("/phone") in read_until(second, "already runs at")
    assert (tmp_path / "var" / demo.FILE).read_text() == kept
    web, carrier = ports(tmp_path)
    assert listens(carrier)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "var").iterdir()} == {0}
    up.send_signal(signal.SIGINT)
    assert up.wait(GONE) == 0
    assert not listens(web)
    assert not listens(carrier)


def test_the_second_time_on_another_port_it_is_the_same_installation(
    start: Start, tmp_path: Path
) -> None:
    first = start("up", "--port", "18100")
    read_until(first, "doctor")
    secret = (tmp_path / "var" / demo.FILE).read_text().splitlines()[1]
    first.terminate()
    assert first.wait(GONE) == 0
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 18100))
        other.listen()
        second = start("up", "--port", "18100")
        told = read_until(second, "doctor")
    assert "Another program has port 18100; the line takes 181" in told
    assert secret in (tmp_path / "var" / demo.FILE).read_text()


def test_when_it_is_killed_nothing_stays_behind(start: Start, tmp_path: Path) -> None:
    up = start("up", "--port", "18200")
    read_until(up, "doctor")
    web, carrier = ports(tmp_path)
    up.kill()
    assert wait_until(lambda: not listens(web) and not listens(carrier))


def test_when_one_part_ends_all_do_and_it_says_which(start: Start, tmp_path: Path) -> None:
    up = start("up", "--port", "18300")
    read_until(up, "doctor")
    web, carrier = ports(tmp_path)
    children = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(up.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    (child,) = [line for line in children if line.endswith("carrier")]
    os.kill(int(child.split()[0]), signal.SIGKILL)
    assert up.wait(GONE) == 1
    assert "The rehearsal carrier has ended" in read_until(up, "ended")
    assert not listens(web)


def test_a_database_that_is_garbage_does_not_keep_it_from_answering(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "line.sqlite").write_bytes(b"garbage" * 5000)
    up = start("up", "--port", "18400")
    told = read_until(up, "doctor")
    assert "the line answers without it" in told
    assert status(f"http://localhost:{ports(tmp_path)[0]}/phone") == 200


def test_settings_that_contradict_each_other_are_told_at_once(start: Start) -> None:
    up = start("up", IVR_PUBLIC_BASE_URL="http://line.example.org", IVR_SECRET="x")
    assert up.wait(READY) == 2
    assert up.stdout
    told = up.stdout.read()
    assert "IVR_PUBLIC_BASE_URL must begin with https" in told
    assert "IVR_SECRET is not a setting" in told
    assert "Traceback" not in told


def test_serve_listens_where_the_host_says_and_ends_politely(start: Start, tmp_path: Path) -> None:
    port = demo.free_port(18500, ())
    environ = rehearsing(
        tmp_path / "var",
        IVR_PUBLIC_BASE_URL="https://line.example.org",
        PORT=str(port),
        WEB_CONCURRENCY="1",
    )
    serve = start("serve", **environ)
    assert wait_until(lambda: listens(port), READY)
    assert status(f"http://127.0.0.1:{port}/phone/static/phone.js") == 404, "nobody is signed in"
    serve.terminate()
    assert serve.wait(GONE) == 0
