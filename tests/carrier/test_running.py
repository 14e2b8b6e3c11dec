"""The carrier's own process over real HTTP: late and broken lines, redirects, restarts."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ivr.carrier.protocol import Placed, Stage
from ivr.carrier.rehearsal import server
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.rehearsal.board import Numbers
from ivr.carrier.rehearsal.client import FarTelephone
from ivr.carrier.rehearsal.exchange import UnknownCallError
from ivr.carrier.rehearsal.server import sender
from tests.carrier.running import carrying, serving
from tests.carrier.standin import ACCOUNT, SID, TOKEN
from tests.carrier.web import GATHER, Line, Web, setup


def test_a_line_that_is_late_or_away_is_an_error_on_the_telephone(
    web: Web, telephone: FarTelephone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release = threading.Event()

    def slowly() -> str:
        release.wait(5)
        return "<Hangup/>"

    web.documents["/voice"] = slowly
    monkeypatch.setattr(server, "READ_SECONDS", 0.2)
    numbers = Numbers(f"{web.url}/voice")
    with carrying(ACCOUNT, numbers, tmp_path / "other.jsonl") as running:
        view = FarTelephone(running.url, SID, TOKEN).ring(setup())
    release.set()
    assert [entry["code"] for entry in view.entries if entry["what"] == "error"] == [11205]
    with carrying(
        ACCOUNT, Numbers("http://127.0.0.1:9/voice"), tmp_path / "third.jsonl"
    ) as running:
        view = FarTelephone(running.url, SID, TOKEN).ring(setup())
    assert [entry["code"] for entry in view.entries if entry["what"] == "error"] == [11205]


def test_redirects_of_the_web_are_not_followed() -> None:
    def app(environ: Line, start: Callable[..., Any]) -> list[bytes]:
        start("302 Found", [("Location", "/elsewhere"), ("Content-Type", "text/xml")])
        return [b"<Response/>"]

    with serving(app) as url:
        status, headers, body = sender()("POST", url, {"a": "é"}, {})
    assert (status, headers["Location"], body) == (302, "/elsewhere", b"<Response/>")


def test_a_carrier_that_starts_again_knows_its_calls_by_their_records(
    web: Web, tmp_path: Path
) -> None:
    web.documents["/voice"] = GATHER
    numbers, journal = Numbers(f"{web.url}/voice"), tmp_path / "journal.jsonl"
    with carrying(ACCOUNT, numbers, journal) as running:
        call = FarTelephone(running.url, SID, TOKEN).ring(setup()).call
    with carrying(ACCOUNT, numbers, journal) as running:
        with pytest.raises(UnknownCallError):
            FarTelephone(running.url, SID, TOKEN).look(call)
        seen = RehearsalCarrier(running.url, SID, TOKEN).look_up(call)
    assert isinstance(seen, Placed)
    assert seen.stage is Stage.COMPLETED
