"""Reads what the page asks for; what does not fit is a bad request, never a guess."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.exceptions import BadRequest, NotFound

from ivr.call.world import World
from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.telephone import Telephone, View

WITHHELD, ODD = "anonymous", "+266696687"
"""What a carrier says of a caller who hides her number, or whose network does."""
_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")


def read_setup(given: Mapping[str, Any], world: World) -> Setup:
    """Read how the page's telephone is set."""
    to = str(given.get("to", ""))
    known = {answer.value for answer in Answer}
    answers = [str(one) for one in given.get("answers", [])] or ["presses"]
    if to not in world.directory.by_number or not known.issuperset(answers):
        raise BadRequest
    return Setup(
        to=to,
        from_=_read_from(str(given.get("shown", "")), str(given.get("from", ""))),
        answers=tuple(Answer(one) for one in answers),
        tones=given.get("tones") is not False,
        at=read_time(str(given.get("at", "")), world.directory.zone),
    )


def _read_from(shown: str, number: str) -> str:
    if shown in {"withheld", "odd"}:
        return WITHHELD if shown == "withheld" else ODD
    if not _NUMBER.fullmatch(number):
        raise BadRequest
    return number


def read_time(source: str, zone: str) -> datetime | None:
    """Read a moment of the wall clock; empty is now. What is no time is a bad request."""
    if not source:
        return None
    try:
        moment = datetime.fromisoformat(source)
    except ValueError:
        raise BadRequest from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def happen(telephone: Telephone, leg: str, event: str, given: Mapping[str, Any]) -> View:
    """Let one event happen on a leg. Raises NotFound for an event that there is none of."""
    since, key = _figure(given, "since"), str(given.get("key", ""))
    match event:
        case "keys" if re.fullmatch("[0-9*#]", key):
            return telephone.press(leg, key, since=int(since), after=_figure(given, "after"))
        case "ended":
            return telephone.ended(leg, int(_figure(given, "wait")), since=int(since))
        case "answer":
            return telephone.answer(leg, since=int(since))
        case "hang-up":
            return telephone.hang_up(leg, since=int(since))
        case "look":
            return telephone.look(leg, since=int(since))
        case _:
            raise NotFound


def _figure(given: Mapping[str, Any], name: str) -> float:
    value = given.get(name, 0)
    return float(value) if isinstance(value, int | float) and 0 <= value < 10**12 else 0.0


def given_json() -> dict[str, Any]:
    """The JSON object that came with this request."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise BadRequest
    return given
