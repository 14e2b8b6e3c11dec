"""The page's door: open to this machine alone, strict about what it is asked, only a relay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ivr.app import create_app
from ivr.carrier.rehearsal.exchange import Exchange
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from ivr.phone.routes import CSP, make_door
from ivr.settings import load_settings
from tests import installations
from tests.carrier.standin import ACCOUNT, NUMBERS, Standin, gather, play
from tests.phone.lines import ear
from tests.worlds import line_number

HERE = "http://localhost:8000"
OURS = line_number()
SETUP = {"to": OURS, "shown": "shown", "from": "+12025550123", "answers": ["presses", "busy"]}


class Phone:
    """The door over a stand-in line, with the exchange in this process."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.line = Standin({"/voice": gather(play(2)), "/next": gather(play(1))})
        exchange = Exchange(ACCOUNT, NUMBERS, new_name)
        switch = Switch(exchange, self.line.send, MemoryJournal(), self.line.clock)
        self.app = Flask(__name__)
        self.app.register_blueprint(make_door(OwnTelephone(switch), ear(), is_open=is_open))
        self.web: FlaskClient = self.app.test_client()

    def post(self, path: str, given: object = None, **more: Any) -> Any:
        more.setdefault("base_url", HERE)
        return self.web.post(f"/phone{path}", json={} if given is None else given, **more)

    def ring(self, **changes: Any) -> dict[str, Any]:
        reply = self.post("/call?lang=en", {**SETUP, **changes})
        assert reply.status_code == 200, reply.text
        told: dict[str, Any] = reply.get_json()
        return told


@pytest.fixture
def phone() -> Iterator[Phone]:
    return Phone()


@pytest.mark.parametrize(
    "host", ["localhost:8000", "localhost", "127.0.0.1:8000", "[::1]:8000", "[::1]"]
)
def test_this_machine_may_enter_by_any_of_its_own_names(phone: Phone, host: str) -> None:
    reply = phone.web.get("/phone", base_url=f"http://{host}")
    assert reply.status_code == 200
    assert reply.headers["Content-Security-Policy"] == CSP
    assert "unsafe" not in CSP


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "http://line.example.org"},
        {"base_url": "http://localhost.evil.example"},
        {"base_url": "http://192.168.1.2:8000"},
        {"environ_overrides": {"REMOTE_ADDR": "192.168.1.2"}},
        {"environ_overrides": {"REMOTE_ADDR": ""}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Via": "1.1 tunnel"}},
    ],
)
def test_nobody_else_finds_anything_here(phone: Phone, changes: dict[str, Any]) -> None:
    given = {"base_url": HERE, **changes}
    for path in ("", "/carrier", "/static/phone.css", "/static/phone.js"):
        assert phone.web.get(f"/phone{path}", **given).status_code == 404
    assert phone.web.post("/phone/call", json=SETUP, **given).status_code == 404
    assert not phone.line.asked


def test_a_closed_telephone_is_not_there_at_all() -> None:
    closed = Phone(is_open=False)
    assert closed.web.get("/phone", base_url=HERE).status_code == 404
    assert closed.post("/call", SETUP).status_code == 404


def test_a_line_that_real_callers_ring_has_no_telephone(tmp_path: Path) -> None:
    app = create_app(load_settings(installations.real(tmp_path)))
    assert app.test_client().get("/phone", base_url=HERE).status_code == 404
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/phone")]
    app.extensions["line"].stop()


def test_a_demonstration_has_one(tmp_path: Path) -> None:
    app = create_app(load_settings(installations.rehearsing(tmp_path)))
    web = app.test_client()
    assert web.get("/phone", base_url=HERE).status_code == 200
    reply = web.get("/phone/carrier", base_url=HERE)
    assert reply.get_json() == {"here": False}
    reply = web.post("/phone/call", json={**SETUP, "to": OURS}, base_url=HERE)
    assert (reply.status_code, reply.get_json()["problem"]) == (503, "away")
    app.extensions["line"].stop()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_another_site_cannot_make_this_telephone_ring(
    phone: Phone, headers: dict[str, str], status: int
) -> None:
    assert phone.post("/call", SETUP, headers=headers).status_code == status


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_what_another_site_could_send_without_asking_is_refused(phone: Phone, kind: str) -> None:
    reply = phone.web.post("/phone/call", data="{}", content_type=kind, base_url=HERE)
    assert reply.status_code == 403
    assert not phone.line.asked


def test_nothing_changes_by_looking(phone: Phone) -> None:
    for path in ("/call", "/call/CA1/keys"):
        assert phone.web.get(f"/phone{path}", base_url=HERE).status_code in {404, 405}


def test_a_call_is_relayed_with_words_and_waits(phone: Phone) -> None:
    told = phone.ring()
    assert (told["phase"], told["place"], told["other"]["leg"]) == ("speaking", None, "")
    assert told["waiting"]["clip"] == "/audio/2.wav"
    assert told["waiting"]["mine"] is True
    assert told["document"].startswith("<Response>\n  <Gather")
    call, last = told["call"], told["last"]
    told = phone.post(
        f"/call/{call}/ended?lang=en", {"wait": told["waiting"]["id"], "since": last}
    ).get_json()
    assert told["phase"] == "listening"
    assert (told["waiting"]["kind"], told["waiting"]["clip"], told["lines"]) == ("silence", "", [])
    told = phone.post(f"/call/{call}/keys?lang=en", {"key": "5", "since": told["last"]}).get_json()
    assert [(line["who"], line["text"]) for line in told["lines"]] == [
        ("caller", "Key 5"),
        ("line", ""),
    ]
    told = phone.post(f"/call/{call}/look", {"since": told["last"]}).get_json()
    assert told["lines"] == []
    told = phone.post(f"/call/{call}/hang-up", {"since": told["last"]}).get_json()
    assert told["phase"] == "ended"
    assert told["waiting"] is None


def test_a_transfer_by_hand_is_relayed(phone: Phone) -> None:
    dial = '<Dial callerId="+12025550100"><Number url="/screen">+12025550177</Number></Dial>'
    phone.line.documents |= {"/voice": dial, "/screen": gather(play(3))}
    told = phone.ring(answers=["hand"])
    other = told["other"]["leg"]
    assert (told["phase"], told["other"]["status"]) == ("ringing", "ringing")
    told = phone.post(f"/call/{other}/answer", {"since": told["last"]}).get_json()
    assert told["other"]["status"] == "in-progress"
    assert (told["waiting"]["mine"], told["waiting"]["clip"]) == (False, "")


def test_a_text_for_the_carriers_voice_is_told(phone: Phone) -> None:
    phone.line.documents["/voice"] = '<Say language="en">Something of nobody\'s</Say>'
    told = phone.ring()
    assert told["waiting"]["words"] == "Something of nobody's"
    assert told["lines"][0]["said"][0]["words"] == "Something of nobody's"


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, "+12025550123"),
        ({"shown": "withheld"}, "anonymous"),
        ({"shown": "odd", "from": ""}, "+266696687"),
    ],
)
def test_the_calling_number_is_as_it_was_set(
    phone: Phone, changes: dict[str, str], sent: str
) -> None:
    phone.ring(**changes)
    assert phone.line.forms("/voice")[0]["From"] == sent


def test_a_pretended_time_is_wall_time_in_the_directorys_zone(phone: Phone) -> None:
    phone.ring(at="2026-12-25T03:00")
    phone.ring(at="2026-07-01T03:00:00+00:00")
    told = [form["PretendAt"] for form in phone.line.forms("/voice")]
    assert told == ["2026-12-25T03:00:00.000+01:00", "2026-07-01T03:00:00.000+00:00"]


def test_a_telephone_without_tones_is_set(phone: Phone) -> None:
    told = phone.ring(tones=False)
    told = phone.post(
        f"/call/{told['call']}/keys?lang=en", {"key": "5", "since": told["last"]}
    ).get_json()
    assert told["lines"][0]["text"] == "Key 5: this telephone sends no tones"


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "+12025550199"},
        {"to": ""},
        {"from": "0470"},
        {"from": ""},
        {"answers": ["maybe"]},
        {"at": "soon"},
    ],
)
def test_a_telephone_that_is_set_wrongly_does_not_ring(
    phone: Phone, changes: dict[str, Any]
) -> None:
    assert phone.post("/call", {**SETUP, **changes}).status_code == 400
    assert phone.post("/call", ["no", "object"]).status_code == 400
    assert not phone.line.asked


@pytest.mark.parametrize(
    "path",
    ["/call/CA1/keys", f"/call/{'CA' + 'f' * 32}x/keys", "/call/%2e%2e/keys"],
)
def test_what_is_no_leg_is_not_asked_for(phone: Phone, path: str) -> None:
    assert phone.post(path, {"key": "1"}).status_code == 404


def test_an_unknown_event_or_call_is_told_apart(phone: Phone) -> None:
    call = phone.ring()["call"]
    assert phone.post(f"/call/{call}/sing").status_code == 404
    assert phone.post(f"/call/{call}/keys", {"key": "12"}).status_code == 404
    reply = phone.post(f"/call/CA{'0' * 32}/look")
    assert (reply.status_code, reply.get_json()) == (410, {"problem": "unknown"})


def test_figures_that_make_no_sense_count_as_none(phone: Phone) -> None:
    call = phone.ring()["call"]
    reply = phone.post(f"/call/{call}/look", {"since": "all"})
    assert len(reply.get_json()["lines"]) == 1
    assert phone.post(f"/call/{call}/look", {"since": -5}).status_code == 200


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("?lang=fr", "nl", "fr"),
        ("", "de-AT,de;q=0.9", "de"),
        ("", "pt", "en"),
        ("?lang=%22", "", "en"),
    ],
)
def test_the_page_speaks_the_language_of_whoever_reads_it(
    phone: Phone, query: str, accept: str, language: str
) -> None:
    reply = phone.web.get(f"/phone{query}", base_url=HERE, headers={"Accept-Language": accept})
    assert f'<html lang="{language}">' in reply.text


def test_the_page_has_no_script_or_style_of_its_own_and_names_the_other_way(phone: Phone) -> None:
    text = phone.web.get("/phone", base_url=HERE).text
    assert " style=" not in text
    assert "<style" not in text
    assert text.count("<script") == 1
    assert 'script type="module" src="/phone/static/phone.js"' in text
    assert "ivr phone</code>" in text
    assert "//" not in text.replace("http://www.w3.org", "").replace("<!doctype", "")


def test_every_number_of_ours_can_be_rung(phone: Phone) -> None:
    text = phone.web.get("/phone?lang=en", base_url=HERE).text
    for access in ear().line.world("rehearsal").directory.access:
        assert f'<option value="{access.number}">' in text
    assert "shown by our own calls" in text
    assert "straight in English" in text
