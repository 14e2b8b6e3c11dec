"""The carrier's own process over real HTTP: telephones, faults, late and broken lines, restarts."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3

from ivr import clock
from ivr.carrier.protocol import Deleted, Found, Lost, Order, Placed, Refused, Stage
from ivr.carrier.rehearsal import server
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.board import Numbers
from ivr.carrier.rehearsal.client import CarrierAway, FarTelephone
from ivr.carrier.rehearsal.exchange import Setup, UnknownCallError
from ivr.carrier.rehearsal.handset import Handset
from ivr.carrier.rehearsal.journal import read_journal
from ivr.carrier.rehearsal.server import Carrier, sender
from tests.carrier.running import carrying, serving
from tests.carrier.standin import ACCESS, ACCOUNT, CALLER, CENTRE, OURS, SID, TOKEN, wav

Line = dict[str, Any]
DIAL = f'<Dial callerId="{OURS}" action="/after"><Number url="/screen">{CENTRE}</Number></Dial>'
GATHER = '<Gather numDigits="1" finishOnKey="" action="/next"><Play>{}/clip.wav</Play></Gather>'


class Web:
    """A small line over HTTP: documents by path; a function makes one when it is asked."""

    def __init__(self) -> None:
        self.documents: dict[str, str | Callable[[], str]] = {}
        self.bodies: list[tuple[str, str]] = []
        self.url = ""

    def __call__(self, environ: Line, start: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        self.bodies.append((path, environ["wsgi.input"].read(size).decode()))
        document = self.documents.get(path)
        if path.endswith(".wav"):
            start("200 OK", [("Content-Type", "audio/wav")])
            return [wav(1)]
        if document is None:
            start("404 Not Found", [])
            return [b""]
        words = document() if callable(document) else document
        start("200 OK", [("Content-Type", "text/xml")])
        return [f"<Response>{words.format(self.url)}</Response>".encode()]


@pytest.fixture
def web() -> Iterator[Web]:
    line = Web()
    with serving(line) as url:
        line.url = url
        yield line


@pytest.fixture
def carrier(web: Web, tmp_path: Path) -> Iterator[Carrier]:
    numbers = Numbers(f"{web.url}/voice", f"{web.url}/status")
    with carrying(ACCOUNT, numbers, tmp_path / "journal.jsonl") as running:
        yield running


@pytest.fixture
def telephone(carrier: Carrier) -> FarTelephone:
    return FarTelephone(carrier.url, SID, TOKEN)


def setup(*answers: Answer, **more: Any) -> Setup:
    return Setup(ACCESS, CALLER, answers or (Answer.PRESSES,), **more)


def test_a_telephone_rings_presses_waits_and_talks_over_http(
    web: Web, telephone: FarTelephone, tmp_path: Path
) -> None:
    web.documents |= {"/voice": GATHER, "/next": DIAL, "/screen": GATHER.replace("next", "accept"),
                      "/accept": "", "/after": "<Play>{}/bye.wav</Play>"}  # fmt: skip
    phone = Handset(telephone)
    phone.ring(setup(at=datetime(2026, 12, 25, 3, 0, tzinfo=UTC), talk=30))
    assert phone.now.phase == "speaking"
    assert "PretendAt=2026-12-25T03%3A00" in web.bodies[0][1]
    phone.press("0", after=0.5)
    phone.wait_for(lambda view: view.phase == "talking")
    phone.other_hangs_up()
    assert phone.now.phase == "speaking"
    phone.hang_up()
    assert phone.now.phase == "ended"
    assert list(read_journal(tmp_path / "journal.jsonl"))[-1]["status"] == 404


def test_a_telephone_answered_by_hand_over_http(web: Web, telephone: FarTelephone) -> None:
    web.documents |= {"/voice": DIAL, "/screen": GATHER, "/next": "", "/after": "<Hangup/>"}
    phone = Handset(telephone)
    phone.ring(setup(Answer.HAND))
    phone.other_picks_up()
    phone.other_presses("1")
    assert phone.now.phase == "talking"
    assert telephone.look(phone.now.call).phase == "talking"


def test_how_the_carrier_is_and_what_shall_go_wrong(telephone: FarTelephone) -> None:
    assert telephone.here()
    telephone.set_answers(["busy", "presses"])
    telephone.set_faults(repeat=2, drop=1)
    state = telephone.state()
    assert state["answers"] == ["busy", "presses"]
    assert state["faults"] == {"repeat": 2, "drop": 1, "withhold": 0}
    assert state["live"] == 0


def test_a_carrier_that_is_not_there_is_said_to_be_away() -> None:
    telephone = FarTelephone("http://127.0.0.1:9", SID, TOKEN)
    assert not telephone.here()
    with pytest.raises(CarrierAway, match="cannot be reached"):
        telephone.ring(setup())


def test_a_wrong_token_is_told_in_plain_words(carrier: Carrier) -> None:
    with pytest.raises(CarrierAway, match="Authenticate"):
        FarTelephone(carrier.url, SID, "wrong").state()


def test_an_unknown_call_is_told_apart(telephone: FarTelephone) -> None:
    with pytest.raises(UnknownCallError):
        telephone.look("CA" + "0" * 32)
    with pytest.raises(UnknownCallError):
        telephone.hang_up("CA" + "0" * 32)


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("POST", "/calls", {"to": "0800", "from": ""}),
        ("POST", "/calls", {"to": ACCESS, "from": 7}),
        ("POST", "/calls", {"to": ACCESS, "from": "x" * 101}),
        ("POST", "/calls", {"to": ACCESS, "from": "", "answers": []}),
        ("POST", "/calls", {"to": ACCESS, "from": "", "answers": ["maybe"]}),
        ("POST", "/calls", {"to": ACCESS, "from": "", "answers": "busy"}),
        ("POST", "/calls", {"to": ACCESS, "from": "", "at": "soon"}),
        ("POST", "/calls", {"to": ACCESS, "from": "", "at": "2026-01-01T00:00"}),
        ("POST", "/calls", {"to": ACCESS, "from": "", "talk": "long"}),
        ("POST", "/calls", ["no", "object"]),
        ("POST", "/calls/CA1/keys", {"key": "12"}),
        ("POST", "/calls/CA1/keys", {"key": "x"}),
        ("POST", "/calls/CA1/ended", {"wait": "first"}),
        ("POST", "/calls/CA1/ended", {"wait": -1}),
        ("POST", "/calls/CA1/sing", {}),
        ("PUT", "/answers", {"answers": ["maybe"]}),
        ("PUT", "/faults", {"repeat": -1}),
        ("PUT", "/faults", {"repeat": "1"}),
        ("PUT", "/faults", {"explode": 1}),
        ("PUT", "/faults", {"drop": 1001}),
    ],
)
def test_what_makes_no_sense_is_refused(
    carrier: Carrier, method: str, path: str, given: object
) -> None:
    headers = {
        **urllib3.make_headers(basic_auth=f"{SID}:{TOKEN}"),
        "Content-Type": "application/json",
    }
    with urllib3.PoolManager(retries=False) as pool:
        reply = pool.request(method, f"{carrier.url}/telephone{path}",
                             body=json.dumps(given).encode(), headers=headers)  # fmt: skip
    assert reply.status in {400, 404}
    assert reply.json()["message"]


def test_an_odd_place_in_the_transcript_shows_everything(
    web: Web, carrier: Carrier, telephone: FarTelephone
) -> None:
    web.documents["/voice"] = GATHER
    call = telephone.ring(setup()).call
    headers = urllib3.make_headers(basic_auth=f"{SID}:{TOKEN}")
    with urllib3.PoolManager(retries=False) as pool:
        reply = pool.request(
            "GET", f"{carrier.url}/telephone/calls/{call}?since=x", headers=headers
        )
    assert reply.json()["entries"][0]["what"] == "call"


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


def test_several_telephones_are_heard_at_once(web: Web, telephone: FarTelephone) -> None:
    web.documents |= {"/voice": GATHER, "/next": GATHER}
    phases: list[str] = []

    def one() -> None:
        phone = Handset(telephone)
        phone.ring(setup())
        for key in "1234":
            phone.press(key)
        phases.append(phone.hang_up().phase)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert phases == ["ended"] * 8
    assert telephone.state()["live"] == 0


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


# ---- the same process as the line's own carrier


@pytest.fixture
def account(carrier: Carrier) -> RehearsalCarrier:
    return RehearsalCarrier(carrier.url, SID, TOKEN)


def order(web: Web, **changes: Any) -> Order:
    return Order(**{"to": CENTRE, "from_": OURS, "url": f"{web.url}/proof", **changes})


def test_a_call_is_placed_followed_cancelled_and_deleted(
    web: Web, account: RehearsalCarrier
) -> None:
    web.documents["/proof"] = "<Hangup/>"
    assert account.name == "rehearsal"
    placed = account.place(order(web, status_url=f"{web.url}/status"))
    assert isinstance(placed, Placed)
    assert (placed.stage, placed.to, placed.from_, placed.seconds) == (
        Stage.RINGING,
        CENTRE,
        OURS,
        0,
    )
    found = account.find(to=CENTRE, from_=OURS, since=clock.now() - timedelta(minutes=1))
    assert isinstance(found, Found)
    assert [call.sid for call in found.calls] == [placed.sid]
    cancelled = account.cancel(placed.sid)
    assert isinstance(cancelled, Placed)
    assert cancelled.stage is Stage.CANCELLED
    assert isinstance(account.cancel(placed.sid), Refused)
    assert isinstance(account.delete(placed.sid), Deleted)
    assert account.delete(placed.sid) == Refused(20404, f"no call {placed.sid}")


def test_the_carriers_own_clock_carries_a_placed_call(web: Web, account: RehearsalCarrier) -> None:
    web.documents["/proof"] = "<Hangup/>"
    placed = account.place(order(web))
    assert isinstance(placed, Placed)
    for _ in range(60):
        seen = account.look_up(placed.sid)
        assert isinstance(seen, Placed)
        if seen.stage is Stage.COMPLETED:
            break
        time.sleep(0.1)
    assert seen.stage is Stage.COMPLETED
    assert web.bodies[0][0] == "/proof"


def test_what_breaks_in_one_call_does_not_stop_the_clock_for_the_others(
    web: Web, carrier: Carrier, account: RehearsalCarrier, capfd: pytest.CaptureFixture[str]
) -> None:
    web.documents["/proof"] = "<Hangup/>"
    broken = account.place(order(web))
    assert isinstance(broken, Placed)
    leg = carrier.switch.exchange.board.legs.pop(broken.sid)
    time.sleep(0.6)
    carrier.switch.exchange.board.legs[broken.sid] = leg
    assert f"KeyError: '{broken.sid}'" in capfd.readouterr().err
    for _ in range(60):
        if not leg.live:
            break
        time.sleep(0.1)
    assert leg.status == "completed"


def test_a_clear_no_is_told_from_an_answer_that_was_lost(
    web: Web, account: RehearsalCarrier, telephone: FarTelephone
) -> None:
    refused = account.place(order(web, to="112"))
    assert isinstance(refused, Refused)
    assert refused.code == 21211
    telephone.set_faults(withhold=1)
    before = clock.now() - timedelta(seconds=5)
    assert isinstance(account.place(order(web)), Lost)
    found = account.find(to=CENTRE, from_=OURS, since=before)
    assert isinstance(found, Found)
    assert len(found.calls) == 1, "it rings although nobody was told"
    away = RehearsalCarrier("http://127.0.0.1:9", SID, TOKEN).place(order(web))
    assert isinstance(away, Refused)
    assert isinstance(RehearsalCarrier("http://127.0.0.1:9", SID, TOKEN).find(
        to=CENTRE, from_=OURS, since=before), Refused)  # fmt: skip


@pytest.mark.parametrize(("status", "body"), [("500 Broken", b"{}"), ("200 OK", b"<html>")])
def test_a_carrier_that_stumbles_may_have_done_it_all_the_same(
    web: Web, status: str, body: bytes
) -> None:
    def app(environ: Line, start: Callable[..., Any]) -> list[bytes]:
        start(status, [("Content-Type", "text/html")])
        return [body]

    with serving(app) as url:
        assert isinstance(RehearsalCarrier(url, SID, TOKEN).place(order(web)), Lost)
