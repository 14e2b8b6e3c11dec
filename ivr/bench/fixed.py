"""The first baseline: the least that Flask can do with a webhook, 600 bytes that never change."""

from flask import Flask, Response

TARGET = "/voice"
BYTES = 600
_HEAD, _TAIL = b"<Response><Say>", b"</Say></Response>"
BODY = _HEAD + b"x" * (BYTES - len(_HEAD) - len(_TAIL)) + _TAIL


def create_app() -> Flask:
    """Make the application."""
    app = Flask(__name__, static_folder=None, template_folder=None)

    @app.post(TARGET)
    def answer() -> Response:
        return Response(BODY, content_type="text/xml; charset=utf-8")

    return app
