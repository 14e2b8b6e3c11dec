"""The line that is measured: a whole one, with a database and a secret that nobody else has."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ivr.settings import PREFIX, REAL_ACCOUNT, REAL_TOKEN, Settings, load_settings
from ivr.store import schema

BASE = "https://line.example.org"  # an example; nothing is ever sent there
ACCOUNT = "AC" + "be" * 16
_NOT_OURS = ("PORT", "WEB_CONCURRENCY", REAL_ACCOUNT, REAL_TOKEN)


@dataclass(frozen=True, slots=True)
class Site:
    """One line's settings, and the environment in which its processes find them."""

    settings: Settings
    environ: Mapping[str, str]

    @property
    def token(self) -> str:
        """What its webhooks are signed with."""
        return self.settings.rehearsal_auth_tokens[0]


@contextmanager
def open_site(folder: Path, seed: int) -> Iterator[Site]:
    """Make a line under a folder; it is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="line-", dir=folder) as var:
        given = {
            "IVR_PUBLIC_BASE_URL": BASE,
            "IVR_SECRET_KEY": _digest(f"key {seed}"),
            "IVR_VAR": var,
            "IVR_REHEARSAL_ACCOUNT_SID": ACCOUNT,
            "IVR_REHEARSAL_AUTH_TOKEN": _digest(f"token {seed}"),
        }
        settings = load_settings(given)
        schema.migrate(settings.database_url)
        yield Site(settings, {**bare_environ(), **given})


def bare_environ() -> dict[str, str]:
    """This process's environment without anything that configures a line."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(PREFIX) and name not in _NOT_OURS
    }


def _digest(words: str) -> str:
    return sha256(f"of the benchmark: {words}".encode()).hexdigest()
