"""Telling a story to a whole application, whatever state the rest of the installation is in."""

from pathlib import Path

from flask import Flask

from ivr.carrier.rehearsal.board import Account
from ivr.clock import now
from ivr.settings import Settings, load_settings
from tests.caller import Caller
from tests.installations import REHEARSAL_ACCOUNT, REHEARSAL_TOKEN, rehearsing
from tests.stories import Teller
from tests.story_files import Story

BASE = "https://line.example.org"


def an_installation(folder: Path, **changes: str) -> Settings:
    """A line with a public address that only the rehearsal carrier rings."""
    return load_settings(rehearsing(folder, **{"IVR_PUBLIC_BASE_URL": BASE, **changes}))


def tell(app: Flask, settings: Settings, story: Story, language: str) -> None:
    """Play a story from its first step to its last."""
    world = app.extensions["line"].world("rehearsal", now())
    caller = Caller(
        app.test_client(),
        Account(REHEARSAL_ACCOUNT, REHEARSAL_TOKEN),
        base=BASE,
        secrets=settings.secret_keys,
        edition=world.edition,
        at=story.at,
    )
    Teller(story, language, caller, world.directory).tell()
