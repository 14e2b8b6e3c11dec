"""One application behind the line's own server, as a process: `python -m ivr.bench.host NAME`."""

import os
from typing import Any

import click

from ivr.bench import apps
from ivr.commands.parent import end_with_parent
from ivr.commands.serve import Server
from ivr.settings import load_settings

NO_HOOKS = {"post_worker_init": lambda worker: None, "worker_exit": lambda server, worker: None}


class Host(Server):
    """The server of `ivr serve`; what only our own application has is left out for the others."""

    def __init__(self, name: str, changes: dict[str, Any]) -> None:
        """`changes` are settings of the server that differ from `ivr.server`."""
        self._name = name
        super().__init__({**({} if name == apps.OURS else NO_HOOKS), **changes})

    def load(self) -> Any:
        """Make the application."""
        return apps.make(self._name, load_settings())


@click.command()
@click.argument("name", type=click.Choice(apps.NAMES))
@click.option("--socket", type=int, required=True, help="The listening socket to take over.")
@click.option("--workers", type=int, required=True)
@click.option("--cores", required=True, help="The cores to stay on, with commas between.")
@click.option("--preload/--no-preload", default=True)
def host(name: str, socket: int, workers: int, cores: str, preload: bool) -> None:
    """Serve until SIGTERM, or until whoever started this has ended."""
    os.sched_setaffinity(0, {int(core) for core in cores.split(",")})
    end_with_parent()
    Host(name, {"bind": f"fd://{socket}", "workers": workers, "preload_app": preload}).run()


if __name__ == "__main__":
    host()
