"""Nobody but a carrier with its token is heard, whatever they post."""

import os
from collections.abc import Iterator

import pytest

from tests.voice.forgery import MUTATIONS, attack, honest, post, visit
from tests.voice.telephone import House, broken

FORGERIES = int(os.environ.get("FORGERIES", "3000"))
"""How many are tried; the full figure is 200,000, with a tenth of that honest."""


def test_no_forged_webhook_has_an_effect_or_breaks_anything() -> None:
    statuses = attack(FORGERIES, seed=20261123)
    assert sum(statuses.values()) == FORGERIES
    assert set(statuses) <= {403, 404}
    assert statuses[403] > FORGERIES * 0.9


def test_no_honest_webhook_is_refused() -> None:
    assert set(visit(FORGERIES // 10)) == {200, 204}


def test_the_attack_finds_a_door_that_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.voice.request.verify", lambda *_: True)
    with pytest.raises(AssertionError):
        attack(len(MUTATIONS) * 5)


def test_every_route_of_the_door_is_attacked() -> None:
    house = House()
    tried = {one.target.split("/")[2] for one in honest(house)}
    assert tried >= {
        *("incoming", "inbound", "screening", "deadend", "operator", "gate", "status", "attempt")
    }
    assert {rule.rule for rule in posts(house)} == {
        "/voice/incoming",
        "/voice/<leg>/<token>",
        "/voice/status",
        "/voice/attempt/<token>/status",
    }


def posts(house: House) -> Iterator[object]:
    """The rules that take a POST."""
    return (rule for rule in house.app.url_map.iter_rules() if "POST" in (rule.methods or ()))


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head"])
def test_webhooks_are_posted_and_nothing_else(method: str) -> None:
    client = House().client
    own = ("incoming", "inbound/x", "status", "attempt/x/status")
    for target in (f"/voice/{name}" for name in own):
        assert getattr(client, method)(target).status_code == 405


def test_when_checking_breaks_nobody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    every = honest(house)
    monkeypatch.setattr("ivr.voice.request.verify", broken)
    assert {post(house, one) for one in every} == {403}
    answer = house.client.post("/voice/incoming", data={"AccountSid": "x"})
    assert (answer.status_code, answer.data) == (403, b"")
