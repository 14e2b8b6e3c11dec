"""A telephone whose exchange is another process: the same that `OwnTelephone` does, over HTTP."""

import json
from typing import Any

import urllib3

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.exchange import Setup, UnknownCallError
from ivr.carrier.rehearsal.telephone import View, read_view

SECONDS = 40.0
"""How long one event may take: some webhooks, each up to the carrier's own bound."""


class CarrierAway(Exception):  # noqa: N818 (it is a state of affairs, not a fault of this program)
    """The rehearsal carrier cannot be `reached`, or it was and will not do what was asked."""

    def __init__(self, reason: str, *, reached: bool) -> None:
        """Keep the reason, and which of the two it is."""
        super().__init__(reason)
        self.reached = reached


class FarTelephone:
    """A telephone on the carrier at `url`, with its account and token."""

    def __init__(self, url: str, account: str, token: str) -> None:
        """Know the way; nothing is sent yet."""
        self._url = f"{url}/telephone"
        auth = urllib3.make_headers(basic_auth=f"{account}:{token}")
        self._headers = {**auth, "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(
            maxsize=8, retries=False, timeout=urllib3.Timeout(connect=2.0, read=SECONDS)
        )

    def here(self) -> bool:
        """Whether the carrier answers, and knows this account."""
        try:
            self.state()
        except CarrierAway:
            return False
        return True

    def ring(self, setup: Setup) -> View:
        """Ring an access number."""
        given = {
            "to": setup.to,
            "from": setup.from_,
            "answers": [answer.value for answer in setup.answers],
            "tones": setup.tones,
            "at": setup.at.isoformat() if setup.at else None,
            "talk": setup.talk,
        }
        return read_view(self._ask("POST", "/calls", given))

    def press(self, call: str, key: str, *, since: int = 0, after: float = 0.0) -> View:
        """Press one key, `after` seconds into what is waited for."""
        return self._happen(call, "keys", {"key": key, "since": since, "after": after})

    def ended(self, call: str, wait: int, *, since: int = 0) -> View:
        """What was waited for is over."""
        return self._happen(call, "ended", {"wait": wait, "since": since})

    def answer(self, leg: str, manner: Answer = Answer.HAND, *, since: int = 0) -> View:
        """Meet a ringing telephone by hand."""
        return self._happen(leg, "answer", {"since": since, "manner": manner.value})

    def hang_up(self, leg: str, *, since: int = 0) -> View:
        """Put a receiver down: one's own, or the other end's."""
        return self._happen(leg, "hang-up", {"since": since})

    def look(self, call: str, *, since: int = 0) -> View:
        """See how the call is."""
        return read_view(self._ask("GET", f"/calls/{call}?since={since}"))

    def state(self) -> dict[str, Any]:
        """How the carrier is. Raises CarrierAway where there is none."""
        return self._ask("GET", "/state")

    def set_answers(self, answers: list[str]) -> None:
        """How calls that the account places are met."""
        self._ask("PUT", "/answers", {"answers": answers})

    def own(
        self, number: str, answer: str = "hand", *, paced: bool = False, seconds: float = -1
    ) -> None:
        """How a number is met, for so many seconds or for good; `paced`: its telephone says when
        time passes.
        """
        row = {"answer": answer, "paced": paced} | ({"seconds": seconds} if seconds >= 0 else {})
        self._ask("PUT", "/owners", {number: row})

    def lines(self, number: str) -> list[dict[str, Any]]:
        """The live legs to a number, newest first: `leg`, `call`, `status`, `from`."""
        return list(self._ask("GET", f"/lines/{number}")["lines"])

    def set_faults(self, **faults: int) -> None:
        """What shall go wrong on purpose: repeat, drop, withhold, queue, each so many times."""
        self._ask("PUT", "/faults", faults)

    def _happen(self, leg: str, event: str, given: dict[str, Any]) -> View:
        return read_view(self._ask("POST", f"/calls/{leg}/{event}", given))

    def _ask(self, method: str, path: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
        body = None if given is None else json.dumps(given).encode()
        try:
            reply = self._pool.request(method, self._url + path, body=body, headers=self._headers)
        except urllib3.exceptions.HTTPError as error:
            reason = f"the rehearsal carrier cannot be reached: {error}"
            raise CarrierAway(reason, reached=False) from error
        answer = json.loads(reply.data)
        if reply.status == 404:
            raise UnknownCallError(path)
        if reply.status != 200:
            raise CarrierAway(str(answer.get("message", reply.status)), reached=True)
        return dict(answer)
