"""Every story in `calls/`, in every language it is told in, through real HTTP with real audio."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ivr.app import create_app
from ivr.carrier.rehearsal.board import Account
from ivr.clock import now
from ivr.settings import Settings, load_settings
from ivr.store import schema
from tests.caller import Caller
from tests.stories import Story, Teller, stories

BASE = "https://line.example.org"
ACCOUNT = "AC" + "5e" * 16  # an example
TOKEN = "example-token-of-the-rehearsal-carrier-only"  # noqa: S105 (an example, signs nothing real)
TOLD = [(story, language) for story in stories() for language in story.languages]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A line of its own, with everything else as it ships."""
    return load_settings(
        {
            "IVR_PUBLIC_BASE_URL": BASE,
            "IVR_SECRET_KEY": bytes(range(7, 250, 7)).hex(),
            "IVR_VAR": str(tmp_path_factory.mktemp("var")),
            "IVR_REHEARSAL_ACCOUNT_SID": ACCOUNT,
            "IVR_REHEARSAL_AUTH_TOKEN": TOKEN,
        }
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application."""
    schema.migrate(settings.database_url)
    app = create_app(settings)
    yield app
    app.extensions["line"].stop()


@pytest.mark.parametrize(("story", "language"), TOLD, ids=[f"{s.name}-{la}" for s, la in TOLD])
def test_a_call_goes_as_it_is_told(
    app: Flask, settings: Settings, story: Story, language: str
) -> None:
    line = app.extensions["line"]
    world = line.world("rehearsal", now())
    caller = Caller(
        app.test_client(),
        Account(ACCOUNT, TOKEN),
        base=BASE,
        secrets=settings.secret_keys,
        edition=world.edition,
        at=story.at,
    )
    Teller(story, language, caller, world.directory).tell()


def test_there_are_stories_enough() -> None:
    assert len(stories()) >= 30
    assert all(Path(f"tests/calls/{story.name}.toml").exists() for story in stories())
