"""The rehearsal carrier as the line asks it, over its REST shape."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from ivr.carrier.protocol import Deleted, Found, Lost, Order, Placed, Refused, Stage
from ivr.carrier.rehearsal.resource import account_path

SECONDS = 10.0
Fields = Mapping[str, str]


class RehearsalCarrier:
    """The account at the rehearsal carrier on `url`."""

    name = "rehearsal"

    def __init__(self, url: str, account: str, token: str) -> None:
        """Know the way; nothing is sent yet."""
        self._url = f"{url}{account_path(account)}/Calls"
        self._headers = urllib3.make_headers(basic_auth=f"{account}:{token}")
        self._pool = urllib3.PoolManager(
            maxsize=8, retries=False, timeout=urllib3.Timeout(connect=2.0, read=SECONDS)
        )

    def place(self, order: Order) -> Placed | Refused | Lost:
        """Let a telephone ring. Asked once, whatever comes back."""
        form = {
            "To": order.to,
            "From": order.from_,
            "Url": order.url,
            "Timeout": str(order.ring),
            "TimeLimit": str(order.longest),
        }
        if order.status_url:
            form |= {
                "StatusCallback": order.status_url,
                "StatusCallbackEvent": " ".join(order.events),
            }
        if order.fallback_url:
            form |= {"FallbackUrl": order.fallback_url, "FallbackMethod": "POST"}
        return self._one("POST", ".json", form)

    def look_up(self, sid: str) -> Placed | Refused | Lost:
        """See how a call is."""
        return self._one("GET", f"/{sid}.json")

    def find(self, *, to: str, from_: str, since: datetime) -> Found | Refused | Lost:
        """Find calls between two numbers since a moment."""
        start = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self._many({"To": to, "From": from_, "StartTime>": start})

    def children(self, sid: str) -> Found | Refused | Lost:
        """Find the calls that a call has dialled."""
        return self._many({"ParentCallSid": sid})

    def cancel(self, sid: str) -> Placed | Refused | Lost:
        """End a call, whether it rings or is talked on."""
        return self._one("POST", f"/{sid}.json", {"Status": "completed"})

    def delete(self, sid: str) -> Deleted | Refused | Lost:
        """Have the record of a call that is over deleted."""
        answer = self._ask("DELETE", f"/{sid}.json")
        return answer if isinstance(answer, Refused | Lost) else Deleted()

    def _many(self, query: Fields) -> Found | Refused | Lost:
        answer = self._ask("GET", f".json?{urlencode(query)}")
        if isinstance(answer, Refused | Lost):
            return answer
        return Found(tuple(_placed(call) for call in answer["calls"]))

    def _one(self, method: str, path: str, form: Fields | None = None) -> Placed | Refused | Lost:
        answer = self._ask(method, path, form)
        return answer if isinstance(answer, Refused | Lost) else _placed(answer)

    def _ask(
        self, method: str, path: str, form: Fields | None = None
    ) -> dict[str, Any] | Refused | Lost:
        headers = {**self._headers}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form) if form is not None else None
        try:
            reply = self._pool.request(method, self._url + path, body=body, headers=headers)
            answer = json.loads(reply.data or b"{}")
        except (NewConnectionError, ConnectTimeoutError) as error:
            return Refused(0, f"the carrier cannot be reached: {error}")
        except (HTTPError, ValueError) as error:
            return Lost(str(error))
        if reply.status >= 500:
            return Lost(f"the carrier answered {reply.status}")
        if reply.status >= 400:
            return Refused(int(answer.get("code", 0)), str(answer.get("message", reply.status)))
        return dict(answer)


def _placed(call: Mapping[str, Any]) -> Placed:
    return Placed(
        sid=call["sid"],
        to=call["to"],
        from_=call["from"],
        stage=Stage(call["status"]),
        started=parsedate_to_datetime(call["start_time"]),
        seconds=int(call["duration"] or 0),
    )
