"""The page's door over a stand-in line, asked as a browser on this machine asks it."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from ivr.carrier.rehearsal.exchange import Exchange
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from ivr.phone.routes import make_door
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
