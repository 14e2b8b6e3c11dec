"""The second baseline: a telephone menu as tutorials build one, with nothing done for speed.

The carrier's own validator as a decorator, a document built anew for every request, a row for
every webhook through an ORM, and a line in the log.
"""

import functools
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask, Response, abort, request
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types
from twilio.twiml.voice_response import VoiceResponse  # type: ignore[import-untyped]  # no types

from ivr import clock

FIRST, NEXT = "/voice", "/gather"
OPTIONS = {
    "1": "For help at this moment, press 1.",
    "2": "To speak with a person, press 2.",
    "4": "For information about your rights, press 4.",
    "5": "If you are younger than eighteen, press 5.",
}


class Base(DeclarativeBase):
    """The tables of this application."""


class CallEvent(Base):
    """One webhook, as tutorials log it."""

    __tablename__ = "call_events"
    id: Mapped[int] = mapped_column(primary_key=True)
    call: Mapped[str]
    number: Mapped[str]
    digits: Mapped[str]
    at: Mapped[datetime]


def create_app(folder: Path, base: str, token: str) -> Flask:
    """Make the application. Its database and its log are in a folder."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    engine = create_engine(f"sqlite:///{folder / 'tutorial.sqlite'}")
    Base.metadata.create_all(engine)
    engine.dispose()  # what forks from here opens connections of its own
    log = _log(folder)
    signed = _signed(base, token)

    def keep() -> str:
        digits = request.form.get("Digits", "")
        with Session(engine) as session:
            call, number = request.form["CallSid"], request.form["From"]
            session.add(CallEvent(call=call, number=number, digits=digits, at=clock.now()))
            session.commit()
        log.info("webhook %s of %s: %s", request.path, call, digits)
        return digits

    @app.post(FIRST)
    @signed
    def voice() -> Response:
        keep()
        return _menu("Welcome to the line.")

    @app.post(NEXT)
    @signed
    def gather() -> Response:
        digits = keep()
        return _menu(f"You have chosen {digits}." if digits in OPTIONS else "Please choose again.")

    return app


def _signed(base: str, token: str) -> Callable[[Callable[[], Response]], Callable[[], Response]]:
    def decorate(view: Callable[[], Response]) -> Callable[[], Response]:
        @functools.wraps(view)
        def checked() -> Response:
            validator = RequestValidator(token)
            signature = request.headers.get("X-Twilio-Signature", "")
            if not validator.validate(base + request.path, request.form, signature):
                abort(403)
            return view()

        return checked

    return decorate


def _menu(words: str) -> Response:
    response = VoiceResponse()
    response.say(words, language="en-GB")
    gather = response.gather(num_digits=1, action=NEXT, method="POST", timeout=5)
    for option in OPTIONS.values():
        gather.say(option, language="en-GB")
    response.redirect(FIRST, method="POST")
    return Response(str(response), content_type="text/xml")


def _log(folder: Path) -> logging.Logger:
    log = logging.getLogger("tutorial")
    log.setLevel(logging.INFO)
    log.propagate = False
    handler = logging.FileHandler(folder / "tutorial.log", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    while log.handlers:
        log.handlers.pop().close()
    log.addHandler(handler)
    return log
