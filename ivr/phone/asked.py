"""Reads what the page asks for; what does not fit is refused, in plain words where a person can
have typed it, and never guessed.
"""

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
from ivr.carrier.rehearsal.pretended import in_reach
from ivr.carrier.rehearsal.telephone import Telephone, View

WITHHELD, ODD = "anonymous", "+266696687"
"""What a carrier says of a caller who hides her number, or whose network does."""
_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")


class UnfitError(Exception):
    """A setting cannot be what was typed; `field` names it, and `key` the page's words for it."""

    def __init__(self, field: str) -> None:
        """Keep which setting it is."""
        super().__init__(field)
        self.field, self.key = field, f"{field}.bad"


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
    )


def _read_from(shown: str, number: str) -> str:
    if shown in {"withheld", "odd"}:
        return WITHHELD if shown == "withheld" else ODD
    return read_own(number)


def read_own(number: str) -> str:
    """Read the number of a telephone of the page. Raises UnfitError."""
    if not _NUMBER.fullmatch(number):
        raise UnfitError("from")
    return number


def read_time(source: str, zone: str) -> datetime | None:
    """Read a moment of the wall clock; empty is now. Raises UnfitError for one that is none, or
    that cannot be pretended.
    """
    if not source:
        return None
    try:
        moment = datetime.fromisoformat(source)
    except ValueError:
        raise UnfitError("at") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    if not in_reach(moment):
        raise UnfitError("at")
    return moment


def happen(telephone: Telephone, leg: str, event: str, given: Mapping[str, Any]) -> View:
    """Let one event happen on a leg. Raises NotFound for an event that there is none of."""
    since, key = _figure(given, "since"), str(given.get("key", ""))
    match event:
        case "keys" if re.fullmatch("[0-9*#]", key):
            return telephone.press(leg, key, since=int(since), after=_figure(given, "after"))
        case "ended":
            return telephone.ended(leg, int(_figure(given, "wait")), since=int(since))
        case "answer":
            return telephone.answer(leg, _manner(given), since=int(since))
        case "hang-up":
            return telephone.hang_up(leg, since=int(since))
        case "look":
            return telephone.look(leg, since=int(since))
        case _:
            raise NotFound


def _manner(given: Mapping[str, Any]) -> Answer:
    try:
        return Answer(given.get("manner", Answer.HAND))
    except ValueError:
        raise BadRequest from None


def _figure(given: Mapping[str, Any], name: str) -> float:
    value = given.get(name, 0)
    return float(value) if isinstance(value, int | float) and 0 <= value < 10**12 else 0.0


def given_json() -> dict[str, Any]:
    """The JSON object that came with this request."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise BadRequest
    return given
