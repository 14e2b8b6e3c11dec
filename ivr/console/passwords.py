"""Passwords: Argon2id, with one at a time in a process, so that callers keep the other threads."""

import secrets
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 128
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""OWASP's figures for Argon2id; about 50 ms."""
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "v5lUaI9Z0jBkTq1CwQeX2w$bm8gYnl0ZXMgdGhhdCBhbnkgcGFzc3dvcmQgZ2l2ZXM"
)
"""Stands for the password of a name that nobody has: checking it takes the same time."""
PATIENCE = 1.0
"""Seconds to wait for the one before."""
USUAL = frozenset({
    "passwordpassword", "password1234", "123456789012", "1234567890123", "12345678901234",
    "qwertyuiopas", "qwertyuiop12", "azertyuiopqs", "azertyuiop12", "qwerty123456",
    "wachtwoord12", "wachtwoord123", "wachtwoord1234", "motdepasse12", "motdepasse123",
    "motdepasse1234", "passwort1234", "passwort12345", "hallo1234567", "welkom123456",
    "bonjour12345", "willkommen12", "abcdefghijkl", "abcd12345678", "iloveyou1234",
    "administrator", "administrateur", "helpline1234", "hulplijn1234", "letmein12345",
})  # fmt: skip
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_one = Lock()


class BusyError(Exception):
    """Too many at once; the next second will do."""


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # not before somebody signs in

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def hashed(password: str) -> str:
    """The hash of a password. Raises BusyError."""
    with _Turn():
        return _hasher().hash(password)


def fits(stored: str, password: str) -> bool:
    """Whether a password is the one. What is no hash, as nobody's, takes the same time.

    Raises BusyError.
    """
    from argon2.exceptions import VerificationError

    anybody = stored.startswith("$argon2id$")
    with _Turn():
        try:
            return _hasher().verify(stored if anybody else NOBODY, password[:LONGEST]) and anybody
        except VerificationError:
            return False


def weakness(password: str, name: str) -> str:
    """What is wrong with a new password, as the key of a sentence; empty for nothing."""
    plain = password.lower()
    if len(password) < SHORTEST:
        return "password.short"
    if len(password) > LONGEST:
        return "password.long"
    if plain in USUAL or len(set(plain)) < 5 or name.lower() in plain:
        return "password.usual"
    return ""


def invitation() -> str:
    """A password for once: five groups of four, 99 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(5))
    return "-".join(groups)


class _Turn:
    """One after the other, and not for ever."""

    def __enter__(self) -> None:
        if not _one.acquire(timeout=PATIENCE):
            raise BusyError

    def __exit__(self, *_: object) -> None:
        _one.release()
