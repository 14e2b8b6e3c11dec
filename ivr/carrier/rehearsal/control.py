"""The telephones' door: what a real carrier's network does, and a rehearsal has to be told."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.board import Faults
from ivr.carrier.rehearsal.exchange import Exchange, Setup
from ivr.carrier.rehearsal.owners import Owner, lines_of, owned
from ivr.carrier.rehearsal.resource import RestError
from ivr.carrier.rehearsal.switch import Switch
from ivr.carrier.rehearsal.telephone import OwnTelephone, View

MOST_FAULTS = 1000
MOST = 10**12
_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")


def door(switch: Switch) -> Blueprint:
    """The routes that telephones use."""
    routes = Blueprint("control", __name__, url_prefix="/telephone")
    telephone = OwnTelephone(switch)

    @routes.post("/calls")
    def ring() -> Response:
        return _show(telephone.ring(read_setup(_given())))

    @routes.get("/calls/<sid>")
    def look(sid: str) -> Response:
        since = request.args.get("since", "0")
        return _show(telephone.look(sid, since=int(since) if since.isdecimal() else 0))

    @routes.post("/calls/<sid>/<event>")
    def happen(sid: str, event: str) -> Response:
        given = _given()
        return _show(_happen(telephone, sid, event, given, int(_figure(given, "since"))))

    _add_settings(routes, switch)
    _add_owners(routes, switch)
    return routes


def _add_settings(routes: Blueprint, switch: Switch) -> None:
    """What holds for all calls: how those that the account places are met, and what goes wrong."""

    @routes.get("/state")
    def state() -> Response:
        return jsonify(switch.act(lambda exchange, at: _state(exchange)))

    @routes.put("/answers")
    def set_answers() -> Response:
        answers = _answers(_given().get("answers"))

        def put(exchange: Exchange, at: datetime) -> dict[str, Any]:
            exchange.answers = answers
            return _state(exchange)

        return jsonify(switch.act(put))

    @routes.put("/faults")
    def set_faults() -> Response:
        faults = _faults(_given())

        def put(exchange: Exchange, at: datetime) -> dict[str, Any]:
            exchange.board.faults = faults
            return _state(exchange)

        return jsonify(switch.act(put))


def _add_owners(routes: Blueprint, switch: Switch) -> None:
    """Whose telephones numbers are, and what rings at them."""

    @routes.put("/owners")
    def set_owners() -> Response:
        given = _given()

        def put(exchange: Exchange, at: datetime) -> dict[str, Any]:
            exchange.board.owners |= read_owners(given, at)
            return _state(exchange)

        return jsonify(switch.act(put))

    @routes.get("/lines/<number>")
    def lines(number: str) -> Response:
        switch.send_waiting()
        found = switch.act(lambda exchange, at: lines_of(exchange.board.legs, number))
        return jsonify({"lines": found})


def read_setup(given: Mapping[str, Any]) -> Setup:
    """Read how a telephone is set. Raises RestError."""
    to, from_, at = given.get("to", ""), given.get("from", ""), given.get("at")
    if not _NUMBER.fullmatch(str(to)):
        raise RestError(400, 20001, f"{to!r} is no access number")
    if not isinstance(from_, str) or len(from_) > 100:
        raise RestError(400, 20001, "the calling number is no text")
    return Setup(
        to=to,
        from_=from_,
        answers=_answers(given.get("answers", ["presses"])),
        tones=given.get("tones", True) is not False,
        at=_moment(at) if at else None,
        talk=_figure(given, "talk") or None,
    )


def _happen(
    telephone: OwnTelephone, sid: str, event: str, given: Mapping[str, Any], since: int
) -> View:
    match event:
        case "keys":
            key, after = str(given.get("key", "")), _figure(given, "after")
            if not re.fullmatch("[0-9*#]", key):
                raise RestError(400, 20001, f"{key!r} is no key")
            return telephone.press(sid, key, since=since, after=after)
        case "ended":
            return telephone.ended(sid, int(_figure(given, "wait")), since=since)
        case "answer":
            manner = _answers([given.get("manner", Answer.HAND)])[0]
            return telephone.answer(sid, manner, since=since)
        case "hang-up":
            return telephone.hang_up(sid, since=since)
        case _:
            raise RestError(404, 20404, f"nothing is called {event!r}")


def _given() -> dict[str, Any]:
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise RestError(400, 20001, "a JSON object is expected")
    return given


def _figure(given: Mapping[str, Any], name: str) -> float:
    value = given.get(name) or 0.0
    if not isinstance(value, int | float) or not 0 <= value < MOST:
        raise RestError(400, 20001, f"{name} cannot be {value!r}")
    return float(value)


def _answers(given: object) -> tuple[Answer, ...]:
    known = {answer.value for answer in Answer}
    if not isinstance(given, list) or not given or not known.issuperset(map(str, given)):
        raise RestError(400, 20001, f"answers are a list of: {', '.join(sorted(known))}")
    return tuple(Answer(one) for one in given)


def read_owners(given: Mapping[str, Any], at: datetime) -> dict[str, Owner]:
    """Read whose telephones numbers are from now on:
    `{"+32…": {"answer": "hand", "paced": false, "seconds": 90}}`; without seconds, for good.
    """
    try:
        owners = {
            number: owned(
                Answer(row.get("answer", "hand")),
                at,
                paced=row.get("paced") is True,
                seconds=_figure(row, "seconds") if "seconds" in row else -1,
            )
            for number, row in given.items()
        }
    except (AttributeError, TypeError, ValueError):
        raise RestError(400, 20001, "owners are numbers with an answer each") from None
    if len(owners) > MOST_FAULTS or not all(_NUMBER.fullmatch(one) for one in owners):
        raise RestError(400, 20001, "owners have numbers in E.164")
    return owners


def _faults(given: Mapping[str, Any]) -> Faults:
    try:
        faults = Faults(**given)
        counts = (faults.repeat, faults.drop, faults.withhold, faults.queue)
        if all(isinstance(one, int) and 0 <= one <= MOST_FAULTS for one in counts):
            return faults
    except TypeError:
        pass
    raise RestError(
        400, 20001, f"faults are counts up to {MOST_FAULTS}: repeat, drop, withhold, queue"
    )


def _moment(source: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(source))
    except ValueError:
        raise RestError(400, 20001, f"{source!r} is no time") from None
    if moment.tzinfo is None:
        raise RestError(400, 20001, f"{source!r} has no time zone")
    return moment


def _state(exchange: Exchange) -> dict[str, Any]:
    board = exchange.board
    live = sum(leg.live for leg in board.legs.values())
    faults = asdict(board.faults)
    answers = [answer.value for answer in exchange.answers]
    return {"live": live, "entries": board.noted, "faults": faults, "answers": answers}


def _show(view: View) -> Response:
    return jsonify(view.write())
