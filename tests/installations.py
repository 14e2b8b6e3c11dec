"""Installations for tests: an environment that is complete, a folder of its own, no network."""

from pathlib import Path

from ivr.settings import Settings, load_settings
from tests import kinds

KEY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OTHER_KEY = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
REHEARSAL_ACCOUNT = "AC00000000000000000000000000000001"
REHEARSAL_TOKEN = "rehearsal-token-rehearsal-token-1"
REAL_ACCOUNT = "AC00000000000000000000000000000002"
REAL_TOKEN = "twilio-token-twilio-token-twilio-2"
NAME = "IVR_DATABASE_URL"
OUTBOUND = "+3220000008"  # an example: nobody's number


def rehearsing(folder: Path, **changes: str) -> dict[str, str]:
    """The environment of a demonstration on this machine; an empty change takes a name away."""
    environ = {
        "IVR_PUBLIC_BASE_URL": "http://127.0.0.1:8000",
        "IVR_SECRET_KEY": KEY,
        "IVR_VAR": str(folder),
        "IVR_REHEARSAL_ACCOUNT_SID": REHEARSAL_ACCOUNT,
        "IVR_REHEARSAL_AUTH_TOKEN": REHEARSAL_TOKEN,
        **database(folder, changes),
    }
    return {name: value for name, value in {**environ, **changes}.items() if value}


def real(folder: Path, **changes: str) -> dict[str, str]:
    """The environment of an installation that real callers ring."""
    environ = {
        "IVR_PUBLIC_BASE_URL": "https://line.example.org",
        "IVR_SECRET_KEY": KEY,
        "IVR_VAR": str(folder),
        "IVR_OUTBOUND_NUMBER": OUTBOUND,
        "TWILIO_ACCOUNT_SID": REAL_ACCOUNT,
        "TWILIO_AUTH_TOKEN": REAL_TOKEN,
        **database(folder, changes),
    }
    return {name: value for name, value in {**environ, **changes}.items() if value}


def database(folder: Path, changes: dict[str, str]) -> dict[str, str]:
    """The setting of its database, where that is not the file which an installation has anyway."""
    kinds.chosen.touched = True  # by another process, if by none of the tests
    if NAME in changes or kinds.chosen.kind == kinds.SQLITE:
        return {}
    return {NAME: kinds.empty(folder)}


def settings(folder: Path, **changes: str) -> Settings:
    """The settings of a demonstration."""
    return load_settings(rehearsing(folder, **changes))
