"""Every story in `calls/`, in every language it is told in, through real HTTP with real audio."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ivr.app import create_app
from ivr.clock import now
from ivr.settings import Settings
from ivr.store import schema
from tests.story_files import Story, stories
from tests.tellers import an_installation, forget_callbacks, tell, with_operators

TOLD = [(story, language) for story in stories() for language in story.languages]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A line of its own, with everything else as it ships."""
    return an_installation(tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application."""
    schema.migrate(settings.database_url)
    app = create_app(settings)
    yield app
    app.extensions["line"].stop()


@pytest.fixture(scope="session")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Settings]]:
    """Another one, where operators work."""
    settings = an_installation(tmp_path_factory.mktemp("staffed"))
    schema.migrate(settings.database_url)
    with_operators(settings)
    app = create_app(settings)
    app.extensions["line"].refresh(now())
    yield app, settings
    app.extensions["line"].stop()


@pytest.mark.parametrize(("story", "language"), TOLD, ids=[f"{s.name}-{la}" for s, la in TOLD])
def test_a_call_goes_as_it_is_told(
    app: Flask,
    settings: Settings,
    at_work: tuple[Flask, Settings],
    story: Story,
    language: str,
) -> None:
    if story.staffed:
        app, settings = at_work
        forget_callbacks(settings)
    tell(app, settings, story, language)


def test_there_are_stories_enough() -> None:
    assert len(stories()) >= 30
    assert all(Path(f"tests/calls/{story.name}.toml").exists() for story in stories())
