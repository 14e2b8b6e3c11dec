"""Who may use the telephones: in a demonstration this very machine, and nobody through a tunnel;
elsewhere whoever is signed in as staff. The settings decide whether they are mounted at all.
"""

from collections.abc import Callable

from flask import Request

from ivr.console.desk import Desk
from ivr.store import sessions, staff
from ivr.store.database import Away
from ivr.values import is_loopback

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
"""Headers that a proxy or a tunnel adds."""
OWN_SITES = {"", "same-origin", "none"}


def may_enter(request: Request) -> bool:
    """Whether a request comes from a browser on this machine that was told this machine's name."""
    host = request.host.rpartition(":")[0] if _has_port(request.host) else request.host
    near = is_loopback(request.remote_addr or "") and is_loopback(host.strip("[]"))
    return near and not any(name in request.headers for name in FORWARDED)


def only_staff(desk: Desk) -> Callable[[Request], bool]:
    """Whether a request comes from somebody who is signed in; it counts as no activity of hers."""

    def enter(request: Request) -> bool:
        token = desk.cookies.token(request, desk.now())
        if not token:
            return False
        try:
            with desk.store.reading() as connection:
                found = sessions.find(connection, token, desk.now())
                row = staff.load(connection, found.staff) if found else None
        except Away:
            return False
        return bool(found and row and not found.invited and not row.disabled_at)

    return enter


def may_change(request: Request) -> bool:
    """Whether a change was asked by our own page: another site can send no JSON without asking."""
    return request.is_json and request.headers.get("Sec-Fetch-Site", "") in OWN_SITES


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdecimal() and not host.endswith("]")
