"""What the account's door refuses, with Twilio's own codes: orders, searches, strangers."""

import base64

import pytest

from tests.carrier.rest import AUTH, CALLS, ORDER, Account
from tests.carrier.standin import (
    SID,
    TOKEN,
)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"To": ""}, 21211),
        ({"To": "0470 00 00 00"}, 21211),
        ({"From": "+12025550199"}, 21210),
        ({"From": "anonymous"}, 21210),
        ({"Url": ""}, 21205),
        ({"Url": "/proof"}, 21205),
        ({"Twiml": "<Response/>"}, 21205),
        ({"Timeout": "0"}, 20001),
        ({"Timeout": "601"}, 20001),
        ({"Timeout": "²"}, 20001),
        ({"TimeLimit": "-1"}, 20001),
        ({"StatusCallbackEvent": "finished"}, 21626),
        ({"Record": "true"}, 20001),
        ({"MachineDetection": "Enable"}, 20001),
    ],
)
def test_what_cannot_be_placed_is_refused_and_rings_nobody(
    account: Account, changes: dict[str, str], code: int
) -> None:
    status, answer = account.post(**{**ORDER, **changes})
    assert (status, answer["code"], answer["status"]) == (400, code, 400)
    assert not account.switch.journal.entries


@pytest.mark.parametrize(
    "query", ["PageSize=0", "PageSize=1001", "Page=-1", "StartTime=soon", "StartTime%3E=1"]
)
def test_a_search_that_makes_no_sense_is_refused(account: Account, query: str) -> None:
    assert account.web.get(f"{CALLS}.json?{query}", headers=AUTH).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Basic " + base64.b64encode(f"{SID}:wrong".encode()).decode()},
     {"Authorization": "Bearer " + TOKEN}],
)  # fmt: skip
def test_nobody_comes_in_without_the_accounts_token(
    account: Account, headers: dict[str, str]
) -> None:
    for path in (f"{CALLS}.json", "/telephone/state", "/nothing"):
        reply = account.web.get(path, headers=headers)
        assert (reply.status_code, reply.get_json()["code"]) == (401, 20003)


def test_another_account_is_not_this_one(account: Account) -> None:
    other = CALLS.replace(SID, "AC" + "f" * 32)
    assert account.web.get(f"{other}.json", headers=AUTH).status_code == 401


def test_what_is_not_there_is_not_there(account: Account) -> None:
    assert account.web.get("/nothing", headers=AUTH).get_json()["code"] == 20404
    for method in ("get", "post", "delete"):
        reply = getattr(account.web, method)(f"{CALLS}/CA{'0' * 32}.json", headers=AUTH)
        assert (reply.status_code, reply.get_json()["code"]) == (404, 20404)


def test_deleting_at_the_switch_what_is_not_there_changes_nothing(account: Account) -> None:
    assert account.switch.delete("CA" + "0" * 32) is False
    assert not account.switch.journal.entries
