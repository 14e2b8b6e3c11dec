"""Before and after every page: who may, from which site, and what the browser is told."""

import hmac
import secrets as chance
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Request, Response, abort, g, redirect, request
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response as Answer

from ivr.callbacks import hold
from ivr.console.access import ACCESS, ANYBODY, LIVE, PARTS, may
from ivr.console.desk import INVITED, Desk, Person
from ivr.console.signing import encode, sign
from ivr.store import sessions, staff
from ivr.values import is_loopback

ROOT = "/console"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OWN_SITES = {"", "same-origin", "none"}
UNSAID = {"", "null"}
"""Where a form comes from, when a browser does not say: `no-referrer` keeps it from that."""
STATIC = "/static/<path:filename>"


class ForeignFormError(Forbidden):
    """A change that was not asked from a page of ours, or from one that was open too long."""


def stand_guard(routes: Blueprint, desk: Desk) -> None:
    """Let in who may; everything else is refused before any page looks at it."""

    @routes.before_request
    def check() -> Answer | None:
        g.person = g.session = None
        g.token = g.visitor = g.csrf = ""
        g.held = False
        g.active = rule_of(request) not in LIVE
        _same_machine(desk)
        if (rule_of(request), _method()) not in ACCESS:
            abort(405)
        if rule_of(request) != STATIC:
            _recognise(desk)
        return _let_in(desk)

    @routes.after_request
    def tell(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        if g.get("token") and g.active:
            desk.cookies.stamp(response, g.token, desk.now())
        if g.get("visitor") and not desk.cookies.visitor(request):
            desk.cookies.meet(response, g.visitor)
        return response


def _same_machine(desk: Desk) -> None:
    """A demonstration shows its own codes: nobody comes to it through a tunnel."""
    if desk.settings.demo:
        from ivr.phone.guard import may_enter  # not loaded where real callers ring

        if not may_enter(request):
            abort(404)


def _recognise(desk: Desk) -> None:
    """Who this is, if anybody, and what ties the forms of this browser to it."""
    g.visitor = desk.cookies.visitor(request) or chance.token_urlsafe(16)
    g.csrf = sign(desk.secrets, "form", "", g.visitor)
    token = desk.cookies.token(request, desk.now())
    if not token:
        return
    with desk.store.reading() as connection:
        found = sessions.find(connection, token, desk.now())
        row = staff.load(connection, found.staff) if found else None
        g.held = hold.is_on(connection)
    if found and row and not row.disabled_at:
        g.token, g.session, g.csrf = token, found, encode(found.csrf)
        g.person = person(row, invited=found.invited)


def person(row: staff.Row, *, invited: bool = False) -> Person:
    """Somebody as a page knows her."""
    return Person(
        id=row.id,
        name=row.name,
        shown=row.shown,
        role=INVITED if invited else row.role,
        language=row.language,
        speaks=row.speaks,
        status=row.status,
        has_phone=row.has_phone,
    )


def _let_in(desk: Desk) -> Answer | None:
    rule, method = rule_of(request), _method()
    open_to_all = ACCESS[rule, method] == ANYBODY
    if method == "POST" and (g.person or open_to_all):
        _own_form(desk)
    if open_to_all:
        return None
    if g.person is None:
        return _to_sign_in(method, rule)
    if may(g.person.role, rule, method):
        return None
    if g.person.role == INVITED:
        return redirect(f"{ROOT}/set-up", 303)
    raise Forbidden


def _own_form(desk: Desk) -> None:
    """Refuse a change that another site asked for, by what browsers say and by the form's token."""
    origin = request.headers.get("Origin", "")
    site = request.headers.get("Sec-Fetch-Site", "")
    if site not in OWN_SITES or origin not in UNSAID | _own_origins(desk):
        raise ForeignFormError
    if not hmac.compare_digest(request.form.get("csrf", "").encode(), g.csrf.encode()):
        raise ForeignFormError


def _own_origins(desk: Desk) -> set[str]:
    """This site's; in a demonstration also by this machine's other names."""
    here = urlsplit(request.host_url)
    near = desk.settings.demo and is_loopback(here.hostname or "")
    return {desk.settings.public_base_url, *([f"{here.scheme}://{here.netloc}"] if near else [])}


def _to_sign_in(method: str, rule: str) -> Answer:
    if rule in LIVE or request.headers.get("Sec-Fetch-Dest", "") == "empty":
        raise Unauthorized
    if method == "GET":
        asked = {"next": request.full_path.rstrip("?")}
    else:
        lost = {} if rule == "/sign-out" else {"lost": "1"}
        asked = {"next": _page_of(request.path, rule), **lost}
    return redirect(f"{ROOT}/sign-in?{urlencode(asked)}", 303)


def _page_of(path: str, rule: str) -> str:
    """The page that a form stands on: at its own address, or above it."""
    while (rule, "GET") not in ACCESS or rule in PARTS:
        rule, path = rule.rpartition("/")[0], path.rpartition("/")[0]
    return path


def own_path(given: str) -> str:
    """A path of ours to go on to; the beginning for anything else."""
    plain = given.isascii() and given.isprintable() and "\\" not in given and "//" not in given
    inside = given == ROOT or given.startswith((f"{ROOT}/", f"{ROOT}?"))
    return given if plain and inside else ROOT


def rule_of(asked: Request) -> str:
    """The rule of a request, as the table of access has it."""
    return (asked.url_rule.rule if asked.url_rule else "").removeprefix(ROOT)


def _method() -> str:
    return "GET" if request.method == "HEAD" else request.method
