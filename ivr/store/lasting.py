"""What has to outlive its day, sealed: an operator's own telephone, and what makes her codes.

The key comes from `IVR_SECRET_KEY` alone. While that is changed the first one seals and all open;
what an older one sealed is sealed anew when it is used.
"""

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ivr.store.sealing import LostError, Place, derive

LENGTH = 128
"""Bytes that every value is filled up to, so that its length tells nothing."""
_NONCE_BYTES = 12
_END = b"\x80"
_PURPOSE = "staff column"

Secrets = tuple[bytes, ...]


def seal(secrets: Secrets, place: Place, plain: bytes) -> bytes:
    """Seal a value for one row and column. Raises ValueError when it is too long."""
    if len(plain) >= LENGTH:
        raise ValueError(f"too long for {place.column}")
    nonce = token_bytes(_NONCE_BYTES)
    padded = (plain + _END).ljust(LENGTH, b"\0")
    return nonce + AESGCM(derive(secrets[0], _PURPOSE)).encrypt(nonce, padded, _tie(place))


def unseal(secrets: Secrets, place: Place, sealed: bytes) -> tuple[bytes, bool]:
    """What was sealed here, and whether an older secret did. Raises LostError."""
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    for secret in secrets:
        try:
            padded = AESGCM(derive(secret, _PURPOSE)).decrypt(nonce, rest, _tie(place))
        except InvalidTag:
            continue
        return padded.rstrip(b"\0").removesuffix(_END), secret != secrets[0]
    raise LostError("altered, from another place, or sealed with a secret that is gone")


def _tie(place: Place) -> bytes:
    return f"{place.table}|{place.row}|{place.column}".encode()
