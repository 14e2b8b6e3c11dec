"""One webhook as it is sent: to a WSGI callable in this process, or over HTTP to a server."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

from ivr.voice.signature import sign

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
SIGNATURE = "X-Twilio-Signature"
_FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A signed POST: `target` is its path, `body` its form as it crosses the wire."""

    target: str
    body: bytes
    headers: Mapping[str, str]

    def environ(self) -> dict[str, Any]:
        """A new WSGI environment, as gunicorn makes one."""
        named = {
            f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()
        }
        return named | {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": self.target,
            "QUERY_STRING": "",
            "RAW_URI": self.target,
            "CONTENT_TYPE": named.pop("HTTP_CONTENT_TYPE", _FORM),
            "CONTENT_LENGTH": str(len(self.body)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def wire(self) -> bytes:
        """The request as it crosses the wire, on a connection that stays open."""
        lines = [f"POST {self.target} HTTP/1.1", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + self.body

    def forged(self) -> "Webhook":
        """The same with one character of its signature changed."""
        right = self.headers[SIGNATURE]
        wrong = ("B" if right.startswith("A") else "A") + right[1:]
        return replace(self, headers={**self.headers, SIGNATURE: wrong})

    def sent_to(self, base: str, target: str, token: str, form: Mapping[str, str]) -> "Webhook":
        """The same form, sent to another address and signed for it."""
        signature = sign(base, target, list(form.items()), token)
        return replace(self, target=target, headers={**self.headers, SIGNATURE: signature})


def make_webhook(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Webhook:
    """A webhook as the carrier signs it."""
    parts = urlsplit(url)
    return Webhook(parts.path, urlencode(form).encode(), {"Host": parts.netloc, **headers})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(app: Wsgi, webhook: Webhook) -> Answer:
    """Send a webhook to an application in this process."""
    began: list[Any] = []
    body = b"".join(app(webhook.environ(), lambda *given: began.append(given)))
    status, headers = began[0][:2]
    return Answer(int(status.split()[0]), dict(headers), body)
