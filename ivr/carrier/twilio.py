"""Twilio as the line asks it, through its own library, which is slow to import and so loaded late.

The library's own retries are off: a call is asked for once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from ivr.carrier.protocol import Deleted, Found, Lost, Order, Placed, Refused, Stage

SECONDS = 10.0
MOST_FOUND = 50
T = TypeVar("T")


def make_client(account: str, token: str, region: str = "", edge: str = "") -> Any:
    """The library's client. Ireland is region ie1, edge dublin, with a token of its own."""
    from twilio.http.http_client import (  # type: ignore[import-untyped]  # no types
        TwilioHttpClient,
    )
    from twilio.rest import Client  # type: ignore[import-untyped]  # no types

    http = TwilioHttpClient(timeout=SECONDS, max_retries=0)
    return Client(account, token, region=region or None, edge=edge or None, http_client=http)


class TwilioCarrier:
    """The account behind one of the library's clients."""

    name = "twilio"

    def __init__(self, client: Any) -> None:
        """Take a client; nothing is sent yet."""
        self._client = client

    def place(self, order: Order) -> Placed | Refused | Lost:
        """Let a telephone ring. Asked once, whatever comes back."""
        return _try(
            lambda: _placed(
                self._client.calls.create(
                    to=order.to,
                    from_=order.from_,
                    url=order.url,
                    method="POST",
                    timeout=order.ring,
                    time_limit=order.longest,
                    **_extras(order),
                )
            )
        )

    def look_up(self, sid: str) -> Placed | Refused | Lost:
        """See how a call is."""
        return _try(lambda: _placed(self._client.calls(sid).fetch()))

    def find(self, *, to: str, from_: str, since: datetime) -> Found | Refused | Lost:
        """Find calls between two numbers since a moment."""
        return _try(
            lambda: Found(
                tuple(
                    _placed(call)
                    for call in self._client.calls.list(
                        to=to, from_=from_, start_time_after=since, limit=MOST_FOUND
                    )
                )
            )
        )

    def children(self, sid: str) -> Found | Refused | Lost:
        """Find the calls that a call has dialled."""
        return _try(
            lambda: Found(
                tuple(
                    _placed(call)
                    for call in self._client.calls.list(parent_call_sid=sid, limit=MOST_FOUND)
                )
            )
        )

    def cancel(self, sid: str) -> Placed | Refused | Lost:
        """End a call, whether it rings or is talked on."""
        return _try(lambda: _placed(self._client.calls(sid).update(status="completed")))

    def delete(self, sid: str) -> Deleted | Refused | Lost:
        """Have the record of a call that is over deleted."""

        def gone() -> Deleted:
            self._client.calls(sid).delete()
            return Deleted()

        return _try(gone)


def _extras(order: Order) -> dict[str, Any]:
    """What is asked for only where it is wanted: whom to tell of what, and a second address."""
    told = {"status_callback": order.status_url, "status_callback_event": list(order.events)}
    fallback = {"fallback_url": order.fallback_url, "fallback_method": "POST"}
    return (told if order.status_url else {}) | (fallback if order.fallback_url else {})


def _try(ask: Callable[[], T]) -> T | Refused | Lost:
    """Ask once. What certainly reached nobody, or was answered with a no, is a refusal."""
    from requests.exceptions import ConnectionError, ConnectTimeout, RequestException
    from twilio.base.exceptions import (  # type: ignore[import-untyped]  # no types
        TwilioException,
        TwilioRestException,
    )
    from urllib3.exceptions import NewConnectionError

    try:
        return ask()
    except TwilioRestException as error:
        if error.status < 500:
            return Refused(int(error.code or 0), str(error.msg))
        return Lost(f"Twilio answered {error.status}")
    except ConnectTimeout as error:
        return Refused(0, f"Twilio cannot be reached: {error}")
    except ConnectionError as error:
        reason = getattr(error.args[0], "reason", None) if error.args else None
        if isinstance(reason, NewConnectionError):
            return Refused(0, f"Twilio cannot be reached: {reason}")
        return Lost(str(error))
    except (RequestException, TwilioException, ValueError) as error:  # no answer of Twilio's
        return Lost(str(error))


def _placed(call: Any) -> Placed:
    return Placed(
        sid=call.sid,
        to=call.to,
        from_=getattr(call, "_from", "") or "",
        stage=Stage(call.status),
        started=call.start_time or call.date_created,
        seconds=int(call.duration or 0),
    )
