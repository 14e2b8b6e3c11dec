"""Passkeys (WebAuthn): made and used in the browser, checked here.

A challenge is signed rather than stored: it carries its moment and is tied to one browser. It is
good for ten minutes, and once, because the passkey keeps the moment of the last one it answered.
"""

import json
import secrets as chance
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ivr.console.signing import decode, encode, sign, signed
from ivr.settings import Settings
from ivr.store.factors import Passkey
from ivr.store.sealing import keyed

GOOD = timedelta(minutes=10)
MOST = 8192
"""Characters of an answer; the largest seen have about 2000."""
_NAME = "Line"


@dataclass(frozen=True, slots=True)
class Site:
    """The site that passkeys belong to, by its host name."""

    host: str
    origin: str
    secrets: tuple[bytes, ...]

    @classmethod
    def of(cls, settings: Settings, host: str) -> "Site":
        """The one that the settings name."""
        return cls(host, settings.public_base_url, settings.secret_keys)


@dataclass(frozen=True, slots=True)
class Answered:
    """A passkey that answered a challenge: of which moment (ms), its count of uses."""

    moment: int
    counter: int


def challenge(site: Site, browser: str, at: datetime) -> bytes:
    """A new one for this browser."""
    text = f"{_milliseconds(at)}-{chance.token_hex(16)}"
    return sign(site.secrets, "challenge", text, browser).encode()


def moment_of(site: Site, browser: str, given: bytes, at: datetime) -> int:
    """When a challenge was made, in milliseconds; 0 unless we made it, for this browser, lately."""
    text = signed(site.secrets, "challenge", given.decode(errors="replace"), browser)
    made = int(text.partition("-")[0] or 0)
    lately = 0 <= _milliseconds(at) - made < GOOD / timedelta(milliseconds=1)
    return made if lately else 0


def making(
    site: Site, browser: str, person: int, name: str, shown: str, known: list[Passkey], at: datetime
) -> str:
    """What a browser needs to make a passkey, as JSON; not a second one on the same device."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=_NAME,
        user_id=keyed(site.secrets[0], "passkey owner", b"", str(person)),
        user_name=name,
        user_display_name=shown,
        challenge=challenge(site, browser, at),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=decode(one.id)) for one in known
        ],
    )
    return webauthn.options_to_json(options)


def asking(site: Site, browser: str, at: datetime) -> str:
    """What a browser needs to use one, as JSON: it names nobody, so it tells nothing of names."""
    import webauthn

    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=challenge(site, browser, at)
    )
    return webauthn.options_to_json(options)


def made(site: Site, browser: str, answer: str, at: datetime) -> Passkey | None:
    """The passkey that a browser made; None for anything else."""
    import webauthn

    given = _read(answer)
    asked = _challenge_in(given)
    if given is None or not moment_of(site, browser, asked, at):
        return None
    try:
        right = webauthn.verify_registration_response(
            credential=given,
            expected_challenge=asked,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except Exception:  # whatever a browser sends, it is either right or not
        return None
    key = encode(right.credential_public_key)
    return Passkey(encode(right.credential_id), key, right.sign_count)


def used(site: Site, browser: str, passkey: Passkey, answer: str, at: datetime) -> Answered | None:
    """Whether this passkey answered a challenge of ours."""
    import webauthn

    given = _read(answer)
    asked = _challenge_in(given)
    moment = moment_of(site, browser, asked, at)
    if given is None or not moment or given.get("id") != passkey.id:
        return None
    try:
        right = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=asked,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=decode(passkey.key),
            credential_current_sign_count=passkey.counter,
        )
    except Exception:  # whatever a browser sends, it is either right or not
        return None
    return Answered(moment, right.new_sign_count)


def _read(answer: str) -> dict[str, Any] | None:
    if len(answer) > MOST:
        return None
    try:
        given = json.loads(answer)
    except ValueError:
        return None
    return given if isinstance(given, dict) else None


def _challenge_in(given: dict[str, Any] | None) -> bytes:
    """The challenge that an answer says it answers; whether it does is checked with its own key."""
    try:
        told = json.loads(decode(str((given or {})["response"]["clientDataJSON"])))
        return decode(str(told["challenge"]))
    except (ValueError, KeyError, TypeError):
        return b""


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
