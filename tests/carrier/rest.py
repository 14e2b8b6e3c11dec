"""An account whose door is asked by Twilio's own library, and by hand where that is too polite."""

import base64
from typing import Any

from flask.testing import FlaskClient
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier.rehearsal.exchange import Exchange
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.server import create_app
from ivr.carrier.rehearsal.switch import Switch, new_name
from tests.carrier.standin import (
    ACCOUNT,
    BASE,
    CENTRE,
    NUMBERS,
    OURS,
    SID,
    TOKEN,
    Standin,
    gather,
    play,
)

CALLS = f"/2010-04-01/Accounts/{SID}/Calls"
AUTH = {"Authorization": "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()}


class Wire(HttpClient):
    """Twilio's library over Flask's test client."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def request(self, method: str, url: str, params: Any = None, data: Any = None,
                headers: Any = None, auth: Any = None, **more: Any) -> Response:  # fmt: skip
        path = url.removeprefix("https://api.twilio.com")
        given = {k: v for k, v in (data or {}).items() if v is not None}
        reply = self.client.open(path, method=method, query_string=params, data=given, auth=auth)
        return Response(reply.status_code, reply.get_data(as_text=True))


class Account:
    """An account with its carrier, its line and its clock."""

    def __init__(self) -> None:
        self.line = Standin({"/proof": gather(play(1)), "/next": "<Hangup/>",
                             "/voice": gather(play(9))})  # fmt: skip
        self.switch = Switch(Exchange(ACCOUNT, NUMBERS, new_name), self.line.send, MemoryJournal(),
                             self.line.clock)  # fmt: skip
        self.web = create_app(self.switch).test_client()
        self.twilio = Client(SID, TOKEN, http_client=Wire(self.web))

    def go(self, seconds: int) -> None:
        for _ in range(seconds):
            self.line.clock.go(1)
            self.switch.act(lambda exchange, at: exchange.tick(at))
            self.switch.send_waiting()

    def post(self, **form: str) -> tuple[int, dict[str, Any]]:
        reply = self.web.post(f"{CALLS}.json", data=form, headers=AUTH)
        return reply.status_code, reply.get_json()


ORDER = {"To": CENTRE, "From": OURS, "Url": BASE + "/proof"}
