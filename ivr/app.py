"""The web application: a plain WSGI callable that mounts the doors, and nothing else."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask import Flask

from ivr import clock
from ivr.call import machine
from ivr.voice import routes as voice
from routing.choice import choose
from routing.days import public_holidays

if TYPE_CHECKING:
    from ivr.line import Line
    from ivr.settings import Settings

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer carries, unless a door says something narrower of its own."""
HSTS = "max-age=63072000; includeSubDomains"
MOST_BYTES = 256 * 1024
MEGABYTE = 1_000_000


def create_app(settings: "Settings | None" = None) -> Flask:
    """Make the application. What has no door is 404, whatever the method.

    The line is at `app.extensions["line"]`: start it in the process that answers. Database,
    sound and settings are loaded here, once before workers part, and not by importing the doors.
    """
    from ivr.line import Line
    from ivr.settings import load_settings

    settings = settings or load_settings()
    line = Line(settings)
    line.refresh(clock.now())
    _warm(line)
    line.store.close()  # what forks from here opens connections of its own
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions["line"] = line
    _mount(app, line, settings)
    app.wsgi_app = protected(app.wsgi_app, _headers(settings))  # type: ignore[assignment,method-assign]  # Flask says so
    return app


def _warm(line: "Line") -> None:
    """Load what the first dial of a call would load, so that no caller waits for it, and workers
    share it: the calendar of public holidays and the numbering plans.
    """
    world = line.world("rehearsal")
    public_holidays(world.at.year)
    choose(world.directory, need="", region="", language="nl", carrier="rehearsal", at=world.at)


def _mount(app: Flask, line: "Line", settings: "Settings") -> None:
    """Mount the doors: the caller's, the staff's; and the telephone's, where nobody else comes."""
    from audio.shelf import SHIPPED, Shelf
    from ivr.callbacks.cutting import soon
    from ivr.callbacks.following import Following
    from ivr.callbacks.means import means_of
    from ivr.counts import Tally
    from ivr.voice.stored import StoredEffects

    app.register_blueprint(
        voice.door(
            line,
            settings,
            machine=machine,
            shelf=Shelf(
                SHIPPED,
                settings.var / "audio",
                elsewhere=line.clips,
                most_bytes=settings.audio_cache_mb * MEGABYTE,
            ),
            effects=StoredEffects(line.store, line.context, soon(means_of(line), clock.now)),
            attempts=Following(line.store),
            tally=Tally(line.counts, clock.now, rehearsals=not settings.real),
        )
    )
    console = import_module("ivr.console.door")  # not before it is needed: importing is measured
    app.register_blueprint(console.door(line, settings))
    if settings.rehearsal:
        telephone = import_module("ivr.phone.routes")  # never loaded where only real callers ring
        app.register_blueprint(telephone.door(line, settings))


def protected(app: Wsgi, headers: tuple[tuple[str, str], ...]) -> Wsgi:
    """Add the headers that an answer does not set itself; below Flask, so that none is missed."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def begin(status: str, own: list[tuple[str, str]], *error: Any) -> Any:
            named = {name.lower() for name, _ in own}
            more = [row for row in headers if row[0].lower() not in named]
            return start(status, own + more, *error)

        return app(environ, begin)

    return answer


def _headers(settings: "Settings") -> tuple[tuple[str, str], ...]:
    rows = tuple(HEADERS.items())
    if settings.public_base_url.startswith("https:"):
        return (*rows, ("Strict-Transport-Security", HSTS))
    return rows
