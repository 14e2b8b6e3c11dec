"""The telephones' page and what it asks: it only relays to the rehearsal carrier."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask.wrappers import Request

from ivr import clock
from ivr.callbacks.means import means_of
from ivr.carrier.rehearsal.client import CarrierAway, FarTelephone
from ivr.carrier.rehearsal.exchange import UnknownCallError
from ivr.carrier.rehearsal.pretended import Pretended
from ivr.carrier.rehearsal.telephone import Telephone, View
from ivr.console.desk import Desk
from ivr.phone.asked import UnfitError, given_json, happen, read_own, read_setup, read_time
from ivr.phone.guard import may_change, may_enter, only_staff
from ivr.phone.hearing import Ear
from ivr.phone.page import page
from ivr.phone.pair import hold, let_go
from ivr.phone.relay import tell
from ivr.phone.words import choose, words
from ivr.settings import Settings

if TYPE_CHECKING:
    from ivr.line import Line as RunningLine

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LEG = re.compile(r"CA[0-9a-f]{32}")


@dataclass(frozen=True)
class Bench:
    """What the page works with: the telephones, who understands the line, the time that a `demo`
    may pretend, and who may enter.
    """

    telephone: Telephone
    ear: Ear
    time: Pretended
    may_enter: Callable[[Request], bool]
    demo: bool


def door(line: "RunningLine", settings: Settings) -> Blueprint:
    """The telephones on the rehearsal carrier that the settings name: in a demonstration for this
    machine, elsewhere for staff.
    """
    telephone = FarTelephone(
        settings.rehearsal_url,
        settings.rehearsal_account_sid,
        "".join(settings.rehearsal_auth_tokens[:1]),
    )
    ear = Ear(line, settings.secret_keys, settings.rehearsal_account_sid)
    desk = Desk(line, settings, clock.now, means_of(line))
    enter = may_enter if settings.demo else only_staff(desk)
    return make_door(Bench(telephone, ear, Pretended(settings), enter, settings.demo))


def make_door(bench: Bench) -> Blueprint:
    """The routes over any telephone."""
    routes = Blueprint(
        "phone",
        __name__,
        url_prefix="/phone",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    _guard(routes, bench)
    _add_page(routes, bench)
    _add_telephones(routes, bench)
    _add_calls(routes, bench)
    return routes


def _add_page(routes: Blueprint, bench: Bench) -> None:
    """The page, and two addresses that people try first."""

    @routes.get("")
    def show() -> str:
        """The page."""
        console = "/console" if "console" in current_app.blueprints else ""
        told = page(bench.ear, _language())
        return render_template("phone.html", console=console, demo=bench.demo, **told)

    @routes.get("/")
    def nearly() -> ResponseReturnValue:
        """The page's address with a slash too many."""
        return redirect(url_for("phone.show"))

    def front() -> ResponseReturnValue:
        """The bare address of a demonstration."""
        return redirect(url_for("phone.show")) if bench.may_enter(request) else abort(404)

    @routes.record_once
    def mount(state: BlueprintSetupState) -> None:
        """It stands outside this door's own addresses."""
        if bench.demo:
            state.app.add_url_rule("/", "phone.front", front, methods=["GET"])


def _add_telephones(routes: Blueprint, bench: Bench) -> None:
    """What the page says while it is open: that it holds two telephones, and what time it is."""

    @routes.post("/beat")
    def beat() -> Response:
        """Hold the telephones; what rings at them, and whether calls can be carried at all."""
        caller = read_own(str(given_json().get("from", "")))
        time = {"moment": bench.time.now().isoformat(), "ahead": bench.time.ahead().total_seconds()}
        try:
            return jsonify(here=True, lines=hold(bench.telephone, caller), **time)
        except CarrierAway:
            return jsonify(here=False, lines={}, **time)

    @routes.post("/release")
    def release() -> Response:
        """The page is left."""
        let_go(bench.telephone, read_own(str(given_json().get("from", ""))))
        return jsonify()

    @routes.post("/time")
    def set_time() -> Response:
        """Pretend another time, or the real one again."""
        if not bench.demo:
            abort(404)
        zone = bench.ear.line.world("rehearsal").directory.zone
        bench.time.be(read_time(str(given_json().get("at", "")), zone))
        return jsonify(moment=bench.time.now().isoformat())


def _add_calls(routes: Blueprint, bench: Bench) -> None:
    """Calls, and what happens on them."""
    ear, telephone = bench.ear, bench.telephone

    @routes.post("/call")
    def ring() -> Response:
        """Ring one of our numbers."""
        setup = read_setup(given_json(), ear.line.world("rehearsal"))
        return _answer(ear, telephone.ring(setup))

    @routes.post("/call/<leg>/<event>")
    def act(leg: str, event: str) -> Response:
        """Something happens on a leg: keys, ended, answer, hang-up, look."""
        if not _LEG.fullmatch(leg):
            abort(404)
        return _answer(ear, happen(telephone, leg, event, given_json()))


def _guard(routes: Blueprint, bench: Bench) -> None:
    """Before: who may enter. After: what the page may do. And what it is told when it cannot."""

    @routes.before_request
    def check() -> None:
        if not bench.may_enter(request):
            abort(_to_sign_in() if _asks_page() and not bench.demo else 404)
        if request.method == "POST" and not may_change(request):
            abort(403)

    @routes.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    @routes.errorhandler(UnfitError)
    def unfit(error: UnfitError) -> tuple[Response, int]:
        return jsonify(problem="unfit", field=error.field, words=words(_language())[error.key]), 400

    @routes.errorhandler(CarrierAway)
    def away(error: CarrierAway) -> tuple[Response, int]:
        return jsonify(problem="away", detail=str(error)), 503

    @routes.errorhandler(UnknownCallError)
    def unknown(error: UnknownCallError) -> tuple[Response, int]:
        return jsonify(problem="unknown"), 410


def _asks_page() -> bool:
    return request.endpoint in {"phone.show", "phone.nearly"}


def _to_sign_in() -> Response:
    return cast(Response, redirect("/console/sign-in", 303))


def _language() -> str:
    accepted = [str(tag) for tag in request.accept_languages.values()]
    return choose(request.args.get("lang", ""), accepted)


def _answer(ear: Ear, view: View) -> Response:
    return jsonify(tell(ear, view, _language()))
