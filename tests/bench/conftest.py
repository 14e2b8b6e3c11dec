"""One line that is measured, for all tests of this room."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ivr.bench import apps
from ivr.bench.calls import Call, record
from ivr.bench.site import Site, open_site
from ivr.bench.webhooks import ask


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A line of its own."""
    with open_site(tmp_path_factory.mktemp("bench"), seed=7) as site:
        yield site


@pytest.fixture(scope="session")
def ours(site: Site) -> Iterator[Flask]:
    """Our own application."""
    app = apps.make(apps.OURS, site.settings)
    yield app
    app.extensions["line"].stop()


@pytest.fixture(scope="session")
def calls(site: Site, ours: Flask) -> list[Call]:
    """A few calls through it."""
    return record(lambda one: ask(ours, one), site, apps.number_of(ours), count=24, seed=7)
