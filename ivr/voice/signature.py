"""Whether a webhook was signed with one of our tokens: one fast pass, then the carrier's library.

The carrier signs HMAC-SHA1 over the URL that it asked and the form's names and values, sorted.
Here the URL is the configured one with the raw target of the request: never a header's.
"""

import hmac
import re
from base64 import b64encode

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types
from werkzeug.datastructures import MultiDict

from ivr.voice.form import Fields

_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{27}=")
_PLAIN = re.compile(r"/[A-Za-z0-9._~/-]*")


def sign(base: str, target: str, fields: Fields, token: str) -> str:
    """Sign as the carrier does. `base` is scheme, host and port; `target` begins with a slash."""
    return _signed(_message(base, target, fields), token).decode()


def verify(base: str, target: str, fields: Fields, signature: str, tokens: tuple[str, ...]) -> bool:
    """Whether one of the tokens made this signature; the same work whichever it was.

    Accepts what the library accepts (it also tries the URL with and without its port), but for
    targets that no address of ours has: the library takes some of them for the plain ones.
    """
    if not (_SIGNATURE.fullmatch(signature) and _PLAIN.fullmatch(target)):
        return False
    given = signature.encode()
    message = _message(base, target, fields)
    found = [hmac.compare_digest(_signed(message, token), given) for token in tokens]
    return any(found) or _library_says(base + target, fields, signature, tokens)


def _message(base: str, target: str, fields: Fields) -> bytes:
    said = "".join([name + value for name, value in sorted(set(fields))])
    return f"{base}{target}{said}".encode()


def _signed(message: bytes, token: str) -> bytes:
    return b64encode(hmac.digest(token.encode(), message, "sha1"))


def _library_says(url: str, fields: Fields, signature: str, tokens: tuple[str, ...]) -> bool:
    form = MultiDict(fields)
    found = [RequestValidator(token).validate(url, form, signature) for token in tokens]
    return any(found)
