"""Lines for telephones in tests: one in this process with words but no sound, and one that runs."""

import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from audio.recipe import Pause, Recipe, Rendering
from ivr import clock
from ivr.app import create_app
from ivr.call.edition import Edition
from ivr.call.world import World
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.server import Carrier
from ivr.commands import examples
from ivr.commands.carrier import make_carrier
from ivr.line import Line
from ivr.phone.hearing import Ear
from ivr.settings import Settings, load_settings
from ivr.store import schema
from ivr.voice.clips import seal_name
from prompts import Text, TextState
from tests import installations
from tests.carrier.running import serving
from tests.worlds import shipped_edition, world

SECRETS = (bytes.fromhex(installations.KEY),)
BASE = "http://127.0.0.1:8000"
ACCOUNT = Account(installations.REHEARSAL_ACCOUNT, installations.REHEARSAL_TOKEN)
NUMBERS = Numbers(f"{BASE}/voice/incoming", f"{BASE}/voice/status")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@dataclass(frozen=True)
class StillLine:
    """A line at one moment."""

    held: World

    def world(self, carrier: str) -> World:
        """The world of that moment."""
        return self.held

    def edition(self, number: int) -> Edition:
        """The only edition there is."""
        return self.held.edition


def with_states(states: Mapping[tuple[str, str], TextState]) -> Edition:
    """The shipped edition with other states of some texts, by language and prompt."""
    edition = shipped_edition()
    texts = {language: dict(rows) for language, rows in edition.catalogue.texts.items()}
    for (language, prompt), state in states.items():
        old = texts[language][prompt]
        texts[language][prompt] = Text(prompt, old.words, state)
    return replace(edition, catalogue=replace(edition.catalogue, texts=texts), digest="changed")


def ear(edition: Edition | None = None, at: datetime | None = None) -> Ear:
    """An ear on a still line."""
    held = world(at or datetime.now(UTC), edition=edition)
    return Ear(StillLine(held), SECRETS, installations.REHEARSAL_ACCOUNT)


def clip(
    *prompts: tuple[str, str], clear: bool = False, secrets: tuple[bytes, ...] = SECRETS
) -> str:
    """The address of a clip that speaks these (language, prompt)."""
    recordings = shipped_edition().recordings
    pieces = [recordings[language][prompt].digest for language, prompt in prompts]
    rendering = Rendering.CLEAR if clear else Rendering.NORMAL
    recipe = Recipe((Pause(0.4), *pieces), rendering)
    return f"{BASE}/audio/{seal_name(secrets, recipe.pack())}.wav"


@dataclass(frozen=True)
class Running:
    """A whole demonstration that runs: where it answers, its settings, carrier, line and app."""

    url: str
    settings: Settings
    carrier: Carrier
    line: Line
    app: Flask


@contextmanager
def running(
    folder: Path, now: Callable[[], datetime] = clock.now, *, staffed: bool = False
) -> Iterator[Running]:
    """The application and the rehearsal carrier, each on a free port, with the shipped audio;
    `staffed`: with a database, and people at work, so that callbacks can be promised and made.
    """
    web, network = free_port(), free_port()
    settings = load_settings(
        installations.rehearsing(
            folder,
            IVR_PUBLIC_BASE_URL=f"http://127.0.0.1:{web}",
            IVR_REHEARSAL_URL=f"http://127.0.0.1:{network}",
        )
    )
    if staffed:
        schema.migrate(settings.database_url)
        examples.make(settings, now())
    app = create_app(settings)
    line: Line = app.extensions["line"]
    carrier = make_carrier(settings, now)
    with ExitStack() as stack:
        url = stack.enter_context(serving(app, web))
        stack.callback(carrier.close)
        stack.callback(line.stop)
        carrier.start()
        line.skews.measure()
        yield Running(url, settings, carrier, line, app)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
