"""What runs for the tests of this room: a line, its carrier, a telephone, an account."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.carrier.rehearsal.board import Numbers
from ivr.carrier.rehearsal.client import FarTelephone
from ivr.carrier.rehearsal.server import Carrier
from tests.carrier.rest import Account
from tests.carrier.running import carrying, serving
from tests.carrier.standin import ACCOUNT, SID, TOKEN
from tests.carrier.web import Web


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


@pytest.fixture
def account() -> Account:
    return Account()
