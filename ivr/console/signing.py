"""Short texts that a browser carries for us, signed so that it cannot change them."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from ivr.store.lasting import Secrets
from ivr.store.sealing import keyed


def sign(secrets: Secrets, purpose: str, text: str, tie: str = "") -> str:
    """The text with its signature, good for one purpose, and with what it is tied to."""
    return f"{text}.{_mac(secrets[0], purpose, text, tie)}"


def signed(secrets: Secrets, purpose: str, given: str, tie: str = "") -> str:
    """The text of a signed one; empty when we did not sign it for this."""
    text, _, mac = given.rpartition(".")
    right = [_mac(secret, purpose, text, tie) for secret in secrets]
    fits = [hmac.compare_digest(one.encode(), mac.encode()) for one in right]
    return text if any(fits) else ""


def _mac(secret: bytes, purpose: str, text: str, tie: str) -> str:
    return encode(keyed(secret, purpose, b"", f"{len(tie)}|{tie}|{text}"))


def encode(raw: bytes) -> str:
    """Bytes in base64url, without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Bytes of base64url. Raises ValueError for anything else."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
