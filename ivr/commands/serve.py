"""`ivr serve`: the web process of a real installation."""

import os
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from ivr import server
from ivr.app import create_app
from ivr.commands.start import begin

PRIVATE = 0o077
"""What is written is for this account alone."""


class Server(BaseApplication):
    """Gunicorn with the settings of `ivr.server`."""

    def __init__(self, changes: dict[str, Any]) -> None:
        """`changes` are settings that differ from those."""
        self._changes = changes
        super().__init__()

    def load_config(self) -> None:
        """Take every setting that `ivr.server` names."""
        for name, value in {**vars(server), **self._changes}.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application."""
        return create_app()


@click.command()
@click.option("--bind", metavar="ADDRESS:PORT", help="Where to listen, instead of what PORT says.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes, instead of two a core.")
def serve(bind: str | None, workers: int | None) -> None:
    """Serve the line behind whatever ends https. Ends politely on SIGTERM."""
    os.umask(PRIVATE)
    begin()
    given = {"bind": bind, "workers": workers}
    Server({name: value for name, value in given.items() if value}).run()
