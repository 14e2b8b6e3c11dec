"""Who may enter by the page's door: this machine alone, its own page, no other site."""

from pathlib import Path
from typing import Any

import pytest

from ivr import clock
from ivr.app import create_app
from ivr.console.entry import Cookies
from ivr.console.signing import sign
from ivr.phone.routes import CSP
from ivr.settings import Settings, load_settings
from ivr.store import schema, sessions, staff
from ivr.store.staff import New
from tests import installations
from tests.phone.door import HERE, OURS, SETUP, Phone


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
    for path in ("/", "/phone", "/phone/", "/phone/static/phone.css", "/phone/static/phone.js"):
        assert phone.web.get(path, **given).status_code == 404
    assert phone.web.post("/phone/call", json=SETUP, **given).status_code == 404
    assert not phone.line.asked


def test_a_closed_telephone_is_not_there_at_all(tmp_path: Path) -> None:
    closed = Phone(tmp_path, is_open=False)
    for path in ("/", "/phone", "/phone/"):
        assert closed.web.get(path, base_url=HERE).status_code == 404
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
    reply = web.post("/phone/beat", json={"from": SETUP["from"]}, base_url=HERE)
    assert (reply.get_json()["here"], reply.get_json()["lines"]) == (False, {})
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


@pytest.mark.parametrize("path", ["/", "/phone/"])
def test_the_addresses_that_people_try_first_lead_to_it(phone: Phone, path: str) -> None:
    reply = phone.web.get(path, base_url=HERE)
    assert (reply.status_code, reply.headers["Location"]) == (302, "/phone")
    assert phone.web.post(path, base_url=HERE, json={}).status_code == 405


def test_nothing_changes_by_looking(phone: Phone) -> None:
    for path in ("/call", "/call/CA1/keys", "/time", "/beat", "/release"):
        assert phone.web.get(f"/phone{path}", base_url=HERE).status_code in {404, 405}


def beside(folder: Path) -> Settings:
    """An installation with real callers, and a rehearsal carrier beside."""
    rehearsal = {
        "IVR_REHEARSAL_ACCOUNT_SID": installations.REHEARSAL_ACCOUNT,
        "IVR_REHEARSAL_AUTH_TOKEN": installations.REHEARSAL_TOKEN,
    }
    return load_settings(installations.real(folder, **rehearsal))


def test_beside_real_callers_only_who_is_signed_in_finds_the_telephones(tmp_path: Path) -> None:
    settings = beside(tmp_path)
    schema.migrate(settings.database_url)
    app = create_app(settings)
    web, site = app.test_client(), settings.public_base_url
    reply = web.get("/phone", base_url=site)
    assert (reply.status_code, reply.headers["Location"]) == (303, "/console/sign-in")
    for path in ("/beat", "/call", "/release", "/time", f"/call/CA{'0' * 32}/look"):
        assert web.post(f"/phone{path}", json=SETUP, base_url=site).status_code == 404
    assert web.get("/phone/static/phone.js", base_url=site).status_code == 404
    assert web.get("/", base_url=site).status_code == 404

    line = app.extensions["line"]
    at = clock.now()
    with line.store.writing() as connection:
        number = staff.add(connection, "a test", New("mia", "Mia", "admin", "nl", ("nl",)), "x", at)
        token = sessions.begin(connection, number, at)
    cookies = Cookies(settings.secret_keys, secure=True)
    web.set_cookie(
        cookies.name("session"),
        sign(settings.secret_keys, "session", f"{token}.{int(at.timestamp())}"),
        domain="line.example.org",
        secure=True,
    )
    text = web.get("/phone?lang=en", base_url=site).text
    assert "Two telephones" in text
    assert 'id="at"' not in text, "no time is pretended where real callers ring"
    assert web.post("/phone/time", json={"at": ""}, base_url=site).status_code == 404
    assert web.post("/phone/beat", json=SETUP, base_url=site).get_json()["here"] is False
    with line.store.writing() as connection:
        staff.disable(connection, "a test", number, "gone", at)
    assert web.get("/phone", base_url=site).status_code == 303
    line.store.close()
    assert web.get("/phone", base_url=site).status_code == 303
    line.stop()
