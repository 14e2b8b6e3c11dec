"""Who may use the telephone without signing in: this very machine, and nobody through a tunnel.

The line's settings decide whether the telephone is mounted at all; this looks at each request.
"""

from flask import Request

from ivr.values import is_loopback

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
"""Headers that a proxy or a tunnel adds."""
OWN_SITES = {"", "same-origin", "none"}


def may_enter(request: Request) -> bool:
    """Whether a request comes from a browser on this machine that was told this machine's name."""
    host = request.host.rpartition(":")[0] if _has_port(request.host) else request.host
    near = is_loopback(request.remote_addr or "") and is_loopback(host.strip("[]"))
    return near and not any(name in request.headers for name in FORWARDED)


def may_change(request: Request) -> bool:
    """Whether a change was asked by our own page: another site can send no JSON without asking."""
    return request.is_json and request.headers.get("Sec-Fetch-Site", "") in OWN_SITES


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdecimal() and not host.endswith("]")
