"""What wrong passwords are counted by: the account, the address, and a browser that is known."""

import ipaddress
from datetime import timedelta

from flask import Request, request

from ivr.console.desk import Desk, session
from ivr.store.sealing import keyed
from ivr.store.throttles import Throttle

LONG, SHORT = timedelta(minutes=15), timedelta(minutes=1)
NETWORK = 64
"""Bits of an IPv6 address that one household has; it may use any of the others."""


def signing_in(desk: Desk, name: str) -> list[Throttle]:
    """For signing in as somebody. A browser of hers is counted apart from everybody else's."""
    browser = desk.cookies.known(request, name)
    if browser:
        return [Throttle(_key(desk, f"browser {browser}"), free=5, longest=LONG)]
    address = address_of(request)
    return [
        Throttle(_key(desk, f"both {address} {name}"), free=3, longest=LONG),
        Throttle(_key(desk, f"address {address}"), free=20, longest=LONG),
        Throttle(_key(desk, f"account {name}"), free=10, longest=SHORT),
    ]


def confirming(desk: Desk) -> list[Throttle]:
    """For a password asked again from somebody who is signed in."""
    return [Throttle(_key(desk, f"session {session().key.hex()}"), free=3, longest=LONG)]


def address_of(asked: Request) -> str:
    """Where a request comes from. What a proxy of ours says of it is believed, the last one's word.

    A stranger who comes directly cannot name another address: his own is one of the Internet's.
    """
    near = _read(asked.remote_addr or "")
    said = _read(asked.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    address = said if said and (near is None or not near.is_global) else near
    if address and address.version == 6:
        return str(ipaddress.ip_network((address, NETWORK), strict=False))
    return str(address)


def _read(source: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(source)
    except ValueError:
        return None


def _key(desk: Desk, what: str) -> bytes:
    return keyed(desk.secrets[0], "throttle", b"", what)
