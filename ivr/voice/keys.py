"""Keys for sealing, derived from the configured secrets, one for each purpose.

HKDF-SHA256 (RFC 5869) gives 64 bytes, which is AES-256 in SIV mode (RFC 5297): the same bytes
seal to the same bytes, and one changed bit opens nothing.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 64
OVERHEAD = 16
"""Bytes that a seal adds to what it seals."""


@lru_cache(maxsize=64)
def derive(secret: bytes, purpose: str) -> AESSIV:
    """The key of one secret for one purpose."""
    info = f"ivr {purpose}".encode()
    return AESSIV(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret))
