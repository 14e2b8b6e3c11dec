"""The cookies of the staff's door: who is signed in, which browser, which one is known.

The signed-in one carries the moment of the last activity: who was idle too long is out, and no
page has to write that into the database. A cookie with `__Host-` comes from this very host by
https; on loopback without https browsers refuse that name, so a demonstration uses a plain one.
"""

import secrets as chance
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Request
from werkzeug.wrappers import Response

from ivr.console.signing import sign, signed

IDLE = timedelta(minutes=15)
KNOWN = timedelta(days=400)
"""How long a browser that signed in stays known; browsers keep no cookie longer."""
_AHEAD = timedelta(minutes=1)  # of another machine's clock


@dataclass(frozen=True, slots=True)
class Cookies:
    """All of them. `secure` is whether the site is reached by https."""

    secrets: tuple[bytes, ...]
    secure: bool

    def name(self, word: str) -> str:
        """What a cookie is called."""
        return f"__Host-{word}" if self.secure else word

    def give(self, response: Response, word: str, value: str, *, keep: timedelta | None) -> None:
        """Hand a cookie to the browser; `keep` None is until it closes."""
        response.set_cookie(
            self.name(word),
            value,
            max_age=keep,
            secure=self.secure,
            httponly=True,
            samesite="Strict",
        )

    def take_away(self, response: Response, word: str) -> None:
        """Let the browser forget one."""
        response.delete_cookie(
            self.name(word), secure=self.secure, httponly=True, samesite="Strict"
        )

    def read(self, request: Request, word: str) -> str:
        """What the browser holds; empty for nothing."""
        return request.cookies.get(self.name(word), "")

    def stamp(self, response: Response, token: str, at: datetime) -> None:
        """Note activity in the cookie of who is signed in."""
        text = f"{token}.{int(at.timestamp())}"
        self.give(response, "session", sign(self.secrets, "session", text), keep=None)

    def token(self, request: Request, at: datetime) -> str:
        """The token of who is signed in; empty when she was idle too long."""
        text = signed(self.secrets, "session", self.read(request, "session"))
        token, _, seen = text.rpartition(".")
        if not token:
            return ""
        idle = at - datetime.fromtimestamp(int(seen), UTC)
        return token if -_AHEAD < idle < IDLE else ""

    def know(self, response: Response, name: str) -> None:
        """Remember that somebody signed in with this browser: see `ivr.store.throttles`."""
        text = f"{name}.{chance.token_urlsafe(16)}"
        self.give(response, "known", sign(self.secrets, "known", text), keep=KNOWN)

    def known(self, request: Request, name: str) -> str:
        """What this browser is called, when this person signed in with it before; else empty."""
        text = signed(self.secrets, "known", self.read(request, "known"))
        owner, _, browser = text.rpartition(".")
        return browser if owner == name else ""

    def visitor(self, request: Request) -> str:
        """What ties a form to a browser in which nobody is signed in; empty before the first."""
        return signed(self.secrets, "visitor", self.read(request, "visitor"))

    def meet(self, response: Response, visitor: str) -> None:
        """Give that to a browser."""
        self.give(response, "visitor", sign(self.secrets, "visitor", visitor), keep=None)
