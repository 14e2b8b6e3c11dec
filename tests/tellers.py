"""Telling a story to a whole application, whatever state the rest of the installation is in."""

from dataclasses import replace
from datetime import time
from pathlib import Path

from flask import Flask

from ivr.carrier.rehearsal.board import Account
from ivr.clock import now
from ivr.editions.ship import keep_directory, shipped_directory
from ivr.settings import Settings, load_settings
from ivr.store.database import Store
from ivr.store.tables import metadata
from routing.directory import Duty, Stretch
from tests.caller import Caller
from tests.installations import REHEARSAL_ACCOUNT, REHEARSAL_TOKEN, rehearsing
from tests.stories import Teller
from tests.story_files import Story

BASE = "https://line.example.org"


def an_installation(folder: Path, **changes: str) -> Settings:
    """A line with a public address that only the rehearsal carrier rings."""
    return load_settings(rehearsing(folder, **{"IVR_PUBLIC_BASE_URL": BASE, **changes}))


def with_operators(settings: Settings) -> None:
    """Put operators to work every day from eight to midnight."""
    roster = tuple(
        Duty(Stretch(day, time(8), time(0)), ("nl", "fr", "de", "en"), 2) for day in range(7)
    )
    with Store(settings.database_url) as store, store.writing() as connection:
        old = shipped_directory()
        keep_directory(connection, replace(old, roster=roster), "a test", at=now(), old=old)


def forget_callbacks(settings: Settings) -> None:
    """Begin with nothing booked and nothing counted."""
    with Store(settings.database_url) as store, store.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name in ("callbacks", "attempts", "caps", "effects", "records"):
                connection.execute(table.delete())


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
