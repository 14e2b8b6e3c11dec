"""Codes of an app (TOTP, RFC 6238): six digits, good once, within half a minute either side."""

from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from pyotp import TOTP

ISSUER = "Line"
STEP = 30
"""Seconds that a code is good."""
DIGITS = 6


def new_secret() -> str:
    """A secret for an app, 160 bits in base32."""
    import pyotp  # not before somebody signs in

    return pyotp.random_base32()


def step_of(secret: str, code: str, at: datetime, used: int) -> int:
    """The step that a code belongs to; 0 for a wrong one, and for one that was used already."""
    given = "".join(code.split())
    if len(given) != DIGITS or not given.isascii() or not given.isdigit():
        return 0
    now = int(at.timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        if step > used and _totp(secret).verify(given, for_time=step * STEP):
            return step
    return 0


def code_at(secret: str, at: datetime) -> str:
    """The code of a moment, as an app shows it."""
    return _totp(secret).at(at)


def next_code(secret: str, used: int, at: datetime) -> str:
    """The first code that would be taken now, for a demonstration; empty: wait half a minute."""
    now = int(at.timestamp()) // STEP
    step = max(now, used + 1)
    return _totp(secret).at(step * STEP) if step <= now + 1 else ""


def address(secret: str, name: str, host: str) -> str:
    """What an app reads from the picture."""
    return _totp(secret).provisioning_uri(name=f"{name}@{host}", issuer_name=ISSUER)


def picture(secret: str, name: str, host: str) -> Markup:
    """That address as a QR code, to be scanned."""
    import segno

    code = segno.make(address(secret, name, host), error="m")
    drawn = code.svg_inline(scale=4, border=3, dark="#000", light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 (made by segno, from our own address)


def grouped(secret: str) -> str:
    """The secret as somebody types it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _totp(secret: str) -> "TOTP":
    import pyotp

    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
