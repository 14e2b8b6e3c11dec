"""The page's door over a stand-in line, asked as a browser on this machine asks it."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from ivr.carrier.rehearsal.exchange import Exchange
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.pretended import Pretended
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from ivr.phone.guard import may_enter
from ivr.phone.pair import CALLER
from ivr.phone.routes import Bench, make_door
from tests import installations
from tests.carrier.standin import ACCOUNT, NUMBERS, Standin, gather, play
from tests.phone.lines import ear
from tests.worlds import line_number

HERE = "http://localhost:8000"
OURS = line_number()
SETUP = {"to": OURS, "shown": "shown", "from": CALLER, "answers": ["presses", "busy"]}


class Phone:
    """The door over a stand-in line, with the exchange in this process."""

    def __init__(self, folder: Path, *, is_open: bool = True) -> None:
        self.line = Standin({"/voice": gather(play(2)), "/next": gather(play(1))})
        exchange = Exchange(ACCOUNT, NUMBERS, new_name)
        time = Pretended(installations.settings(folder), self.line.clock)
        exchange.ahead = time.ahead
        switch = Switch(exchange, self.line.send, MemoryJournal(), self.line.clock)
        self.telephone = OwnTelephone(switch)
        self.app = Flask(__name__)
        enter = may_enter if is_open else lambda _: False
        bench = Bench(self.telephone, ear(), time, enter, demo=True)
        self.app.register_blueprint(make_door(bench))
        self.web: FlaskClient = self.app.test_client()

    def post(self, path: str, given: object = None, **more: Any) -> Any:
        more.setdefault("base_url", HERE)
        return self.web.post(f"/phone{path}", json={} if given is None else given, **more)

    def ring(self, **changes: Any) -> dict[str, Any]:
        reply = self.post("/call?lang=en", {**SETUP, **changes})
        assert reply.status_code == 200, reply.text
        told: dict[str, Any] = reply.get_json()
        return told
