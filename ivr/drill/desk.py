"""An operator's desk over HTTP, for drills alone: it does what her pages would do."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from ivr.callbacks import attempts as button
from ivr.callbacks import claims, outcomes
from ivr.callbacks.attempts import Operator
from ivr.callbacks.means import Means
from ivr.callbacks.outcomes import OutcomeError
from ivr.callbacks.sweeps import sweep
from ivr.line import Line
from routing.callback import Outcome

ROOM = "/drill/"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Now = Callable[[], datetime]


def serve_desk(app: Wsgi, means: Means, line: Line, now: Now) -> Wsgi:
    """The desk under `/drill/`; all else is `app`'s."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        verb = environ["PATH_INFO"]
        if not verb.startswith(ROOM):
            return app(environ, start)
        given = {name: int(value) for name, value in parse_qsl(environ["QUERY_STRING"])}
        said = do(verb.removeprefix(ROOM), given, means, line, now)
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]

    return answer


def do(verb: str, given: dict[str, int], means: Means, line: Line, now: Now) -> str:
    """One act of the operator, or one round of the sweeps, some seconds from now."""
    match verb:
        case "claim":
            with means.store.writing() as connection:
                return str(claims.claim(connection, given["callback"], given["operator"], now()))
        case "call":
            return _call(given["callback"], given["operator"], means, line, now)
        case "give":
            return _give(given["attempt"], given["operator"], means, now())
        case "sweep":
            return json.dumps(sweep(means, now() + timedelta(seconds=given["after"])))
        case _:
            return "ready"


def _call(callback: int, operator: int, means: Means, line: Line, now: Now) -> str:
    edition = line.world("rehearsal").edition.number
    with means.store.reading() as connection:
        from ivr.store.phones import phone_of

        phone = phone_of(connection, means.secrets, operator)
    return str(button.call(means, callback, Operator(operator, phone, "nl", edition), now))


def _give(attempt: int, operator: int, means: Means, at: datetime) -> str:
    try:
        with means.store.writing() as connection:
            return str(outcomes.give(connection, means.context(), attempt, Outcome.NO_ANSWER,
                                     operator, at))  # fmt: skip
    except OutcomeError as error:
        return str(error)
