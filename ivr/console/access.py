"""Who may do what: one table of route, method and role. What is not in it, nobody may.

A rule stands here without its `/console`. `LIVE` are those that a page asks for by itself, which
is no activity: without a person before it, a screen signs itself out all the same.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ivr.console.desk import INVITED

ANYBODY = frozenset({"anybody"})
"""Also who is not signed in."""
OPERATOR, SUPERVISOR, ADMIN, AUDITOR = "operator", "supervisor", "admin", "auditor"
EVERYBODY = frozenset({OPERATOR, SUPERVISOR, ADMIN, AUDITOR})
CALLING = frozenset({OPERATOR, SUPERVISOR})
LEADING = frozenset({SUPERVISOR, ADMIN})
SUPERVISORS = frozenset({SUPERVISOR})
ADMINS = frozenset({ADMIN})
INSIDE = EVERYBODY | {INVITED}

ACCESS: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType(
    {
        ("/static/<path:filename>", "GET"): ANYBODY,
        ("", "GET"): EVERYBODY,
        # signing in and out
        ("/sign-in", "GET"): ANYBODY,
        ("/sign-in", "POST"): ANYBODY,
        ("/sign-in/passkey", "GET"): ANYBODY,
        ("/sign-out", "POST"): INSIDE,
        ("/stay", "GET"): EVERYBODY,
        ("/language", "POST"): INSIDE,
        ("/status", "POST"): CALLING,
        # an invitation
        ("/set-up", "GET"): frozenset({INVITED}),
        ("/set-up", "POST"): frozenset({INVITED}),
        ("/set-up/passkey", "GET"): frozenset({INVITED}),
        # her own account
        ("/account", "GET"): EVERYBODY,
        ("/account/phone", "POST"): CALLING,
        ("/account/password", "POST"): EVERYBODY,
        ("/account/app", "GET"): EVERYBODY,
        ("/account/app", "POST"): EVERYBODY,
        ("/account/passkey", "GET"): EVERYBODY,
        ("/account/passkey", "POST"): EVERYBODY,
        ("/account/factor", "POST"): EVERYBODY,
        ("/account/recovery", "POST"): EVERYBODY,
        ("/account/sign-out", "POST"): EVERYBODY,
        # what everybody is told; the queue, and what the next shift opens on
        ("/news", "GET"): EVERYBODY,
        ("/queue", "GET"): CALLING,
        ("/queue/rows", "GET"): CALLING,
        ("/since", "POST"): CALLING,
        # a callback
        ("/callbacks/<int:number>", "GET"): CALLING,
        ("/callbacks/<int:number>/live", "GET"): CALLING,
        ("/callbacks/<int:number>/claim", "POST"): CALLING,
        ("/callbacks/<int:number>/release", "POST"): CALLING,
        ("/callbacks/<int:number>/keep", "POST"): CALLING,
        ("/callbacks/<int:number>/not-me", "POST"): CALLING,
        ("/callbacks/<int:number>/call", "POST"): CALLING,
        ("/callbacks/<int:number>/note", "POST"): CALLING,
        ("/callbacks/<int:number>/number", "POST"): CALLING,
        ("/callbacks/<int:number>/outcome", "POST"): CALLING,
        ("/callbacks/<int:number>/danger", "GET"): CALLING,
        ("/callbacks/<int:number>/danger", "POST"): CALLING,
        ("/callbacks/<int:number>/again", "GET"): CALLING,
        ("/callbacks/<int:number>/again", "POST"): CALLING,
        ("/heavy", "POST"): CALLING,
        ("/hand-over", "GET"): CALLING,
        ("/hand-over", "POST"): CALLING,
        # promises and the roster
        ("/board", "GET"): SUPERVISORS,
        ("/board/alarm/<int:number>", "POST"): SUPERVISORS,
        ("/board/heavy/<int:number>", "POST"): SUPERVISORS,
        ("/board/rows", "GET"): SUPERVISORS,
        ("/callbacks/<int:number>/settle", "POST"): SUPERVISORS,
        ("/callbacks/<int:number>/take-over", "POST"): SUPERVISORS,
        ("/roster", "GET"): SUPERVISORS,
        ("/roster", "POST"): SUPERVISORS,
        # the kill switch
        ("/hold", "GET"): CALLING,
        ("/hold", "POST"): CALLING,
        ("/hold/lift", "POST"): SUPERVISORS,
        # people
        ("/people", "GET"): LEADING,
        ("/people/add", "GET"): ADMINS,
        ("/people/add", "POST"): ADMINS,
        ("/people/<int:number>", "GET"): LEADING,
        ("/people/<int:number>/languages", "POST"): LEADING,
        ("/people/<int:number>/sign-out", "POST"): LEADING,
        ("/people/<int:number>/disable", "POST"): ADMINS,
        ("/people/<int:number>/ask", "POST"): ADMINS,
        ("/people/asked/<int:number>", "POST"): ADMINS,
        # what was done
        ("/audit", "GET"): frozenset({AUDITOR, ADMIN}),
        ("/audit/verify", "GET"): frozenset({AUDITOR, ADMIN}),
    }
)
LIVE = frozenset(
    {
        "/static/<path:filename>",
        "/sign-in/passkey",
        "/news",
        "/queue/rows",
        "/board/rows",
        "/callbacks/<int:number>/live",
    }
)
PARTS = LIVE | {"/stay", "/account/passkey", "/set-up/passkey"}
"""What answers a script or a page, and is none itself."""

NAV = (
    ("/queue", "nav.queue"),
    ("/board", "nav.board"),
    ("/roster", "nav.roster"),
    ("/people", "nav.people"),
    ("/audit", "nav.audit"),
    ("/account", "nav.account"),
)
"""The pages in the frame, by rule and the key of their word; the first of a role is its home."""


def may(role: str, rule: str, method: str) -> bool:
    """Whether somebody of this role may."""
    allowed = ACCESS.get((rule, method), frozenset())
    return role in allowed or allowed == ANYBODY


def links(role: str) -> list[tuple[str, str]]:
    """What the frame links to for a role: rule and word."""
    return [(rule, word) for rule, word in NAV if may(role, rule, "GET")]
