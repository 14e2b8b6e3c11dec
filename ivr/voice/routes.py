"""The addresses that carriers ask: each webhook is verified before anything else is done."""

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from flask import Blueprint, Flask, Response, request
from flask.blueprints import BlueprintSetupState

from ivr.voice.account import REHEARSAL, TWILIO, Configured, accounts
from ivr.voice.audio import Shelf, serve_clip
from ivr.voice.desk import Desk, Line, Machine, Tally
from ivr.voice.effects import Effects
from ivr.voice.last import last_words
from ivr.voice.news import Attempts
from ivr.voice.request import check
from ivr.voice.status import Ended, take_news, take_status
from ivr.voice.turn import take_turn
from ivr.voice.twiml import INBOUND, SCREENING, farewell

XML = "text/xml; charset=utf-8"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_TURN = re.compile(r"/voice/(?:incoming|(?P<leg>[a-z]+)/(?P<token>[^/]+))")
_HEADERS = (("Content-Type", XML), ("Cache-Control", "no-store"))


def open_desk(
    line: Line,
    settings: Configured,
    machine: Machine,
    effects: Effects,
    attempts: Attempts,
    tally: Tally,
) -> Desk:
    """Put together what every turn needs, the last words among it."""
    known = accounts(settings)
    carriers = {account.carrier for account in known.values()}
    world = line.world(TWILIO if TWILIO in carriers else REHEARSAL)
    return Desk(
        base=settings.public_base_url,
        accounts=known,
        secrets=settings.secret_keys,
        line=line,
        machine=machine,
        effects=effects,
        attempts=attempts,
        tally=tally,
        last={
            INBOUND: last_words(world).fill(),
            SCREENING: farewell(()).fill(),
        },
        pretends=TWILIO not in carriers,
    )


def door(
    line: Line,
    settings: Configured,
    *,
    machine: Machine,
    shelf: Shelf,
    effects: Effects,
    attempts: Attempts,
    tally: Tally,
) -> Blueprint:
    """The caller's door: every route that a carrier asks, verified before anything else."""
    desk = open_desk(line, settings, machine, effects, attempts, tally)
    voice = Blueprint("voice", __name__)

    @voice.record
    def mount(state: BlueprintSetupState) -> None:
        flask = cast(Flask, state.app)
        flask.wsgi_app = shortcut(flask.wsgi_app, desk)  # type: ignore[assignment,method-assign]  # Flask says so

    @voice.post("/voice/incoming", merge_slashes=False)
    def incoming() -> Response:
        """Somebody rings one of our numbers."""
        return _turn(desk, INBOUND, "")

    @voice.post("/voice/<leg>/<token>", merge_slashes=False)
    def turn(leg: str, token: str) -> Response:
        """A call goes on: a key, a silence, the end of a dialled leg."""
        return _turn(desk, leg, token)

    _add_status(voice, desk)

    @voice.get("/audio/<name>.wav")
    def audio(name: str) -> Response:
        """One clip; its name is its recipe, sealed."""
        return serve_clip(shelf, desk.secrets, name)

    return voice


def _add_status(voice: Blueprint, desk: Desk) -> None:
    """What carriers tell afterwards: late, out of order, and sometimes twice."""
    ended = Ended()

    @voice.post("/voice/status", merge_slashes=False)
    def status() -> Response:
        """A call changed or ended, as told afterwards."""
        webhook = check(request.environ, desk.base, desk.accounts)
        if webhook is None:
            return _refused()
        take_status(desk, ended, webhook)
        return Response(status=204)

    @voice.post("/voice/attempt/<token>/status", merge_slashes=False)
    def news(token: str) -> Response:
        """How the legs of an attempt to ring her go, as told afterwards."""
        webhook = check(request.environ, desk.base, desk.accounts)
        if webhook is None:
            return _refused()
        take_news(desk, token, webhook)
        return Response(status=204)


def shortcut(app: Wsgi, desk: Desk) -> Wsgi:
    """Answer a turn below Flask, as its route would, in half of the time; all else is `app`'s."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        turn = _TURN.fullmatch(environ["PATH_INFO"])
        if turn is None or environ["REQUEST_METHOD"] != "POST":
            return app(environ, start)
        webhook = check(environ, desk.base, desk.accounts)
        if webhook is None:
            return _refused()(environ, start)
        reply = take_turn(desk, webhook, turn["leg"] or INBOUND, turn["token"] or "")
        start("200 OK", [*_HEADERS, ("Content-Length", str(len(reply)))])
        return [reply]

    return answer


def _turn(desk: Desk, leg: str, token: str) -> Response:
    webhook = check(request.environ, desk.base, desk.accounts)
    if webhook is None:
        return _refused()
    reply = take_turn(desk, webhook, leg, token)
    return Response(reply, content_type=XML, headers={"Cache-Control": "no-store"})


def _refused() -> Response:
    return Response(status=403)
