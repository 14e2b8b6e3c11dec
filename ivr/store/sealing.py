"""What identifies a caller, as the database may hold it: sealed, or as a keyed hash.

Every key comes from two places, neither of which is the database: `IVR_SECRET_KEY` and the key
ring. While the secret is changed, the first one writes and all read; nothing has to be written
anew, because nothing here outlives its day.
"""

import hmac
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ivr.store.ring import KEY_BYTES, KeyRing

LENGTHS = {"number": 32, "code": 40, "wishes": 32, "note": 1280}
"""Bytes that the columns are filled up to, so that a length tells nothing."""
_DAY_BYTES, _SECRET_BYTES, _NONCE_BYTES = 4, 4, 12
_KEY_ID_BYTES = _DAY_BYTES + _SECRET_BYTES
_END = b"\x80"  # ISO/IEC 7816-4: a one, then zeros


class LostError(Exception):
    """A sealed value that nothing opens: its day's key is destroyed, or it was altered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands: in no other row or column does it open."""

    table: str
    row: int
    column: str


_DECOY = Place("callbacks", 0, "code")


class Vault:
    """What seals, unseals and hashes. Every use may raise OSError, when the ring is away.

    `ring` holds the keys of the days on which callbacks expire; the one in its folder `daily`
    those of the hashes by which is counted how often, today's and yesterday's.
    """

    def __init__(self, folder: Path, secrets: tuple[bytes, ...]) -> None:
        """Open nothing yet."""
        self.ring = KeyRing(folder)
        self.daily_ring = KeyRing(folder / "daily")
        self._secrets = secrets
        self._decoy: tuple[date | None, bytes] = None, b""

    def seal(self, place: Place, plain: bytes, expires: date) -> bytes:
        """Seal a value until the day on which it expires."""
        length = LENGTHS[place.column]
        if len(plain) >= length:
            raise ValueError(f"too long for {place.column}")
        name = _key_id(expires, self._secrets[0])
        key = derive(self._secrets[0], "column", self.ring.key(expires))
        nonce = token_bytes(_NONCE_BYTES)
        padded = (plain + _END).ljust(length + 1, b"\0")
        return name + nonce + AESGCM(key).encrypt(nonce, padded, _tie(place, name))

    def unseal(self, place: Place, sealed: bytes) -> bytes:
        """What was sealed here. Raises LostError."""
        name, rest = sealed[:_KEY_ID_BYTES], sealed[_KEY_ID_BYTES:]
        key = derive(self._secret_of(name[_DAY_BYTES:]), "column", self._key_of(name))
        try:
            padded = AESGCM(key).decrypt(
                rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _tie(place, name)
            )
        except (InvalidTag, ValueError):  # the latter for what is cut short
            raise LostError("altered, or from another place") from None
        return padded.rstrip(b"\0").removesuffix(_END)

    def fingerprint(self, number: str, expires: date) -> bytes:
        """The hash by which a callback is found again, as long as its day's key is there."""
        return keyed(self._secrets[0], "number", self.ring.key(expires), number)

    def fingerprints(self, number: str) -> tuple[bytes, ...]:
        """All hashes under which a number may stand. Their count depends on no number."""
        keys = [key for day in self.ring.days() if (key := self.ring.known(day))]
        return tuple(keyed(one, "number", key, number) for one in self._secrets for key in keys)

    def code(self, callback: int, code: str) -> bytes:
        """The hash of a code, good for one callback alone, after the name of its secret."""
        return _code(self._secrets[0], callback, code)

    def code_is(self, callback: int, code: str, kept: bytes) -> bool:
        """Whether a code is the one that was kept. Raises LostError."""
        return hmac.compare_digest(kept, _code(self._secret_of(kept), callback, code))

    def pretend(self, code: str, times: int) -> None:
        """Do the work of comparing a code where there is nothing to compare it with."""
        days = self.ring.days()
        if not days:
            return
        if self._decoy[0] != days[-1]:
            self._decoy = days[-1], self.seal(_DECOY, self.code(0, ""), days[-1])
        for _ in range(times):
            self.code_is(0, code, self.unseal(_DECOY, self._decoy[1]))

    def daily(self, kind: str, what: str, day: date) -> bytes:
        """A hash for counting, by a key that is gone two days later."""
        return keyed(self._secrets[0], kind, self.daily_ring.key(day), what)

    def dailies(self, kind: str, what: str, days: tuple[date, ...]) -> tuple[bytes, ...]:
        """The hashes under which something may have been counted on these days."""
        keys = [key for day in days if (key := self.daily_ring.known(day))]
        return tuple(keyed(one, kind, key, what) for one in self._secrets for key in keys)

    def destroy(self, today: date) -> int:
        """Destroy the keys of days that are over (of counting: before yesterday's)."""
        yesterday = date.fromordinal(today.toordinal() - 1)
        return self.ring.destroy(today) + self.daily_ring.destroy(yesterday)

    def _secret_of(self, name: bytes) -> bytes:
        for secret in self._secrets:
            if name.startswith(_name_of(secret)):
                return secret
        raise LostError("sealed with a secret that is not configured any more")

    def _key_of(self, name: bytes) -> bytes:
        day = int.from_bytes(name[:_DAY_BYTES], "big")
        if not 1 <= day <= date.max.toordinal():
            raise LostError("altered")
        key = self.ring.known(date.fromordinal(day))
        if key is None:
            raise LostError("the key of its day is destroyed")
        return key


def keyed(secret: bytes, purpose: str, key: bytes, what: str) -> bytes:
    """HMAC-SHA256 of a short text, by a key for one purpose and one day."""
    message = len(key).to_bytes(1, "big") + key + what.encode()
    return hmac.digest(derive(secret, purpose), message, "sha256")


def derive(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A key for one purpose, from a secret and a day's key (HKDF-SHA256, RFC 5869)."""
    if not salt:
        return _fixed(secret, purpose)
    return _hkdf(secret, purpose, salt)


@lru_cache(maxsize=64)
def _fixed(secret: bytes, purpose: str) -> bytes:
    """What comes from the secret alone may stay in memory; what comes from a day's key may not."""
    return _hkdf(secret, purpose, b"")


def _hkdf(secret: bytes, purpose: str, salt: bytes) -> bytes:
    info = f"ivr store {purpose}".encode()
    made: bytes = HKDF(SHA256(), KEY_BYTES, salt or None, info).derive(secret)
    return made


def _code(secret: bytes, callback: int, code: str) -> bytes:
    return _name_of(secret) + keyed(secret, "code", b"", f"{callback}|{code}")


def _key_id(day: date, secret: bytes) -> bytes:
    return day.toordinal().to_bytes(_DAY_BYTES, "big") + _name_of(secret)


def _name_of(secret: bytes) -> bytes:
    return sha256(derive(secret, "name")).digest()[:_SECRET_BYTES]


def _tie(place: Place, name: bytes) -> bytes:
    return f"{place.table}|{place.row}|{place.column}|".encode() + name
