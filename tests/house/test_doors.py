"""Every route of the web application: its door, its methods; nothing changes anything by GET."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ivr.app import HEADERS, create_app
from ivr.console.access import ACCESS
from ivr.settings import load_settings
from tests.installations import real, rehearsing

CALLER = {
    ("/voice/incoming", "POST"),
    ("/voice/<leg>/<token>", "POST"),
    ("/voice/status", "POST"),
    ("/voice/attempt/<token>/status", "POST"),
    ("/audio/<name>.wav", "GET"),
}
"""The caller's door. A signature opens it; a clip's name is sealed."""
TELEPHONE = {
    ("/phone", "GET"),
    ("/phone/static/<path:filename>", "GET"),
    ("/phone/carrier", "GET"),
}
"""The telephone's door: there on loopback without a real account, and nowhere else."""


def routes(app: Flask) -> dict[tuple[str, str], str]:
    """Every route and method with the name of its door."""
    return {
        (rule.rule, method): rule.endpoint.partition(".")[0]
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }


@pytest.fixture
def demo(tmp_path: Path) -> Flask:
    return create_app(load_settings(rehearsing(tmp_path)))


@pytest.fixture
def served(tmp_path: Path) -> Flask:
    return create_app(load_settings(real(tmp_path)))


def test_where_real_callers_ring_there_are_the_caller_s_and_the_staff_s_doors(
    served: Flask,
) -> None:
    found = routes(served)
    assert {route for route, door in found.items() if door == "voice"} == CALLER
    assert set(found.values()) == {"voice", "console"}
    assert {(rule.removeprefix("/console"), method) for (rule, method), door in found.items()
            if door == "console"} == set(ACCESS)  # fmt: skip


def test_every_route_has_a_door(demo: Flask) -> None:
    found = routes(demo)
    assert {route for route, door in found.items() if door == "voice"} == CALLER
    assert set(found.values()) == {"voice", "phone", "console"}
    assert {door for (rule, _), door in found.items() if rule.startswith("/phone")} == {"phone"}


def test_what_changes_something_is_never_asked_by_get(demo: Flask) -> None:
    for rule, method in routes(demo):
        assert method in ("GET", "POST"), rule
    asked = {rule for rule, method in routes(demo) if method == "GET"}
    changed = {rule for rule, method in routes(demo) if method == "POST"}
    forms = {rule for rule in asked & changed if rule.startswith("/console/")}
    assert asked & changed == forms, "tests/console/test_doors.py shows that looking writes nothing"


@pytest.mark.parametrize("path", ["/", "/consoles", "/static/x", "/voice", "/phone", "/.env"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_what_has_no_door_is_not_there(served: Flask, path: str, method: str) -> None:
    assert served.test_client().open(path, method=method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), sorted(CALLER))
def test_without_a_signature_nothing_opens(served: Flask, rule: str, method: str) -> None:
    path = (
        rule.replace("<leg>", "inbound").replace("<token>", "A" * 344).replace("<name>", "A" * 40)
    )
    reply = served.test_client().open(path, method=method)
    assert reply.status_code == (403 if method == "POST" else 404)
    assert "A" * 40 not in reply.text


@pytest.mark.parametrize("rule", sorted(rule for rule, method in CALLER if method == "POST"))
def test_a_webhook_is_no_page(served: Flask, rule: str) -> None:
    path = rule.replace("<leg>", "inbound").replace("<token>", "A" * 344)
    assert served.test_client().get(path).status_code == 405


def headers(client: FlaskClient, path: str) -> dict[str, str]:
    return dict(client.get(path).headers)


@pytest.mark.parametrize("path", ["/nowhere", "/audio/none.wav", "/voice/incoming"])
def test_every_answer_tells_a_browser_to_do_nothing_with_it(served: Flask, path: str) -> None:
    found = headers(served.test_client(), path)
    assert HEADERS.items() <= found.items()
    assert found["Strict-Transport-Security"].startswith("max-age=")


def test_a_page_of_the_telephone_may_do_what_it_names_and_no_more(demo: Flask) -> None:
    found = headers(demo.test_client(), "http://127.0.0.1:8000/phone")
    policy = found["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in found


def test_the_application_loads_the_telephone_only_for_a_demonstration(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from ivr.app import create_app; create_app();"
        "assert not [one for one in sys.modules if one.startswith('ivr.phone')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=real(tmp_path))
