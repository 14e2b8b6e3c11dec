"""A telephone that reaches the carrier over HTTP: rung, heard, answered by hand, refused."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.client import CarrierAway, FarTelephone
from ivr.carrier.rehearsal.exchange import UnknownCallError
from ivr.carrier.rehearsal.handset import Handset
from ivr.carrier.rehearsal.journal import read_journal
from ivr.carrier.rehearsal.server import Carrier
from tests.carrier.standin import ACCESS, SID, TOKEN
from tests.carrier.web import DIAL, GATHER, Web, setup


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
    assert state["faults"] == {"repeat": 2, "drop": 1, "withhold": 0, "queue": 0}
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
