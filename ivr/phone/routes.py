"""The telephone's page and what it asks: it only relays to the rehearsal carrier."""

import re

from flask import Blueprint, Response, abort, jsonify, render_template, request

from ivr.carrier.rehearsal.client import CarrierAway, FarTelephone
from ivr.carrier.rehearsal.exchange import UnknownCallError
from ivr.carrier.rehearsal.telephone import Telephone, View
from ivr.phone.asked import given_json, happen, read_setup
from ivr.phone.guard import may_change, may_enter
from ivr.phone.hearing import Ear, Line
from ivr.phone.page import page
from ivr.phone.relay import tell
from ivr.phone.words import choose
from ivr.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LEG = re.compile(r"CA[0-9a-f]{32}")


def door(line: Line, settings: Settings) -> Blueprint:
    """The telephone of this machine, on the carrier that the settings name."""
    telephone = FarTelephone(
        settings.rehearsal_url,
        settings.rehearsal_account_sid,
        "".join(settings.rehearsal_auth_tokens[:1]),
    )
    ear = Ear(line, settings.secret_keys, settings.rehearsal_account_sid)
    return make_door(telephone, ear, is_open=settings.demo and settings.rehearsal)


def make_door(telephone: Telephone, ear: Ear, *, is_open: bool) -> Blueprint:
    """The routes over any telephone; where it is not open, nothing is here, whoever asks."""
    routes = Blueprint(
        "phone",
        __name__,
        url_prefix="/phone",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    _guard(routes, is_open=is_open)

    @routes.get("")
    def show() -> str:
        """The page."""
        return render_template("phone.html", **page(ear, _language()))

    @routes.get("/carrier")
    def carrier() -> Response:
        """Whether calls can be carried now."""
        return jsonify(here=telephone.here())

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

    return routes


def _guard(routes: Blueprint, *, is_open: bool) -> None:
    """Before: who may enter. After: what the page may do. And what it is told when it cannot."""

    @routes.before_request
    def check() -> None:
        if not is_open or not may_enter(request):
            abort(404)
        if request.method == "POST" and not may_change(request):
            abort(403)

    @routes.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    @routes.errorhandler(CarrierAway)
    def away(error: CarrierAway) -> tuple[Response, int]:
        return jsonify(problem="away", detail=str(error)), 503

    @routes.errorhandler(UnknownCallError)
    def unknown(error: UnknownCallError) -> tuple[Response, int]:
        return jsonify(problem="unknown"), 410


def _language() -> str:
    accepted = [str(tag) for tag in request.accept_languages.values()]
    return choose(request.args.get("lang", ""), accepted)


def _answer(ear: Ear, view: View) -> Response:
    return jsonify(tell(ear, view, _language()))
