"""A small line over HTTP for a carrier that runs, and a call to it."""

from collections.abc import Callable
from typing import Any

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.exchange import Setup
from tests.carrier.standin import ACCESS, CALLER, CENTRE, OURS, wav

Line = dict[str, Any]
DIAL = f'<Dial callerId="{OURS}" action="/after"><Number url="/screen">{CENTRE}</Number></Dial>'
GATHER = '<Gather numDigits="1" finishOnKey="" action="/next"><Play>{}/clip.wav</Play></Gather>'


class Web:
    """A small line over HTTP: documents by path; a function makes one when it is asked."""

    def __init__(self) -> None:
        self.documents: dict[str, str | Callable[[], str]] = {}
        self.bodies: list[tuple[str, str]] = []
        self.url = ""

    def __call__(self, environ: Line, start: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        self.bodies.append((path, environ["wsgi.input"].read(size).decode()))
        document = self.documents.get(path)
        if path.endswith(".wav"):
            start("200 OK", [("Content-Type", "audio/wav")])
            return [wav(1)]
        if document is None:
            start("404 Not Found", [])
            return [b""]
        words = document() if callable(document) else document
        start("200 OK", [("Content-Type", "text/xml")])
        return [f"<Response>{words.format(self.url)}</Response>".encode()]


def setup(*answers: Answer, **more: Any) -> Setup:
    return Setup(ACCESS, CALLER, answers or (Answer.PRESSES,), **more)
