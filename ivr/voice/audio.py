"""The recordings as the carrier fetches them: by sealed name alone, to be kept for ever."""

from hashlib import sha256
from io import BytesIO
from typing import Protocol

from flask import Response, abort, send_file

from ivr.voice.clips import open_name
from ivr.voice.report import report

FOREVER = 31_536_000
WAV = "audio/wav"


class Shelf(Protocol):
    """Where clips come from."""

    def clip(self, packed: bytes) -> bytes:
        """The WAV of a packed recipe. Raises for one that cannot be made."""


def serve_clip(shelf: Shelf, secrets: tuple[bytes, ...], name: str) -> Response:
    """One clip, whole or in ranges; 404 for a name that is not ours, or that cannot be made."""
    packed = open_name(secrets, name)
    if packed is None:
        abort(404)
    try:
        wav = shelf.clip(packed)
    except Exception as error:  # a recording that was taken away, or a full disk
        report(error, "", "")
        abort(404)
    response = send_file(
        BytesIO(wav), WAV, conditional=True, etag=sha256(packed).hexdigest(), max_age=FOREVER
    )
    response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
    return response
