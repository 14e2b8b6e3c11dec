"""The command as somebody types it, in an environment of its own."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from ivr.commands import main
from tests.installations import rehearsing

Ivr = Callable[..., Result]


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting of whoever runs the tests, and no log that a command set up."""
    for name in [one for one in os.environ if one.startswith(("IVR_", "TWILIO_"))]:
        monkeypatch.delenv(name)
    before = logging.root.handlers, logging.root.level
    yield
    logging.root.handlers, logging.root.level = before
    structlog.reset_defaults()


@pytest.fixture
def ivr(tmp_path: Path) -> Ivr:
    """Say a verb: its exit status and everything that it printed."""

    def say(*words: str, environ: dict[str, str] | None = None, answers: str = "") -> Result:
        given = rehearsing(tmp_path / "var") if environ is None else environ
        return CliRunner().invoke(main, words, env=given, input=answers)

    return say
