"""The settings of a demonstration: those that the environment lacks are made, and kept in a file.

The file is written as a shell reads it, so that another terminal can have the same settings.
"""

import errno
import fcntl
import os
import secrets
import socket
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import click

from ivr.editions.files import write
from ivr.settings import REAL_ACCOUNT
from ivr.values import is_loopback, read_folder

FILE = "demo.env"
RUNNING = "up.lock"
"""Held by the `ivr up` that runs in a folder; says where it answers."""
TRIES = 50
SECRET, URL = "IVR_SECRET_KEY", "IVR_PUBLIC_BASE_URL"
ACCOUNT, TOKEN = "IVR_REHEARSAL_ACCOUNT_SID", "IVR_REHEARSAL_AUTH_TOKEN"
REHEARSAL = "IVR_REHEARSAL_URL"


class Alone:
    """The only `ivr up` in a folder, until it ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Raises ClickException where another runs: with its address, and how to end it."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / RUNNING).open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            address, _, process = self._file.read().strip().partition(" ")
            self._file.close()
            raise click.ClickException(_runs(address, process)) from None

    def __enter__(self) -> Self:
        """It is the only one already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the next one run."""
        self._file.close()

    def tell(self, address: str) -> None:
        """Say to a second one where this one answers."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{address} {os.getpid()}")
        self._file.flush()


def _runs(address: str, process: str) -> str:
    if not address:
        return "It is already starting in this folder."
    return (
        f"It already runs at {address}. To end it: Ctrl-C in its terminal, or `kill {process}`."
        " A second one needs a folder of its own: set IVR_VAR."
    )


def folder_of(given: Mapping[str, str]) -> Path:
    """The folder of a demonstration, by the settings that are given."""
    return read_folder(given.get("IVR_VAR") or "var")


def complete(given: Mapping[str, str], port: int) -> dict[str, str]:
    """The settings given, with what is missing: kept from the last time, or made now."""
    settings = {name: value for name, value in given.items() if value}
    folder = read_folder(settings.setdefault("IVR_VAR", "var"))
    made = _kept(folder / FILE)
    settings["IVR_VAR"] = str(folder)
    settings.setdefault(SECRET, made.get(SECRET) or secrets.token_hex(32))
    if REAL_ACCOUNT not in settings and ACCOUNT not in settings:
        settings[ACCOUNT] = made.get(ACCOUNT) or f"AC{secrets.token_hex(16)}"
        settings[TOKEN] = made.get(TOKEN) or secrets.token_hex(16)
    web = free_port(port, ())
    settings.setdefault(URL, f"http://localhost:{web}")
    if ACCOUNT in settings:
        settings.setdefault(REHEARSAL, f"http://127.0.0.1:{free_port(web + 1, {web})}")
    return settings


def keep(settings: Mapping[str, str], given: Collection[str]) -> Path:
    """Write down what was made; what was given stays where it came from."""
    path = Path(settings["IVR_VAR"]) / FILE
    names = ("IVR_VAR", SECRET, URL, ACCOUNT, TOKEN, REHEARSAL)
    made = [name for name in names if name in settings and name not in given]
    lines = [f"export {name}='{settings[name]}'" for name in made]
    write(path, "\n".join([*lines, ""]).encode())
    return path


def port_of(settings: Mapping[str, str], port: int) -> int:
    """The port on which the web process listens: its address's own on loopback."""
    url = urlsplit(settings[URL])
    own = url.port or 80
    if not is_loopback(url.hostname or "") or url.scheme == "https":
        return free_port(port, ())
    if not is_free(own):
        raise click.ClickException(f"{URL} says port {own}, but another program has it.")
    return own


def free_port(first: int, taken: Iterable[int]) -> int:
    """The first free port from this one on."""
    for port in range(first, first + TRIES):
        if port not in set(taken) and is_free(port):
            return port
    raise click.ClickException(f"No port from {first} to {first + TRIES - 1} is free.")


def is_free(port: int) -> bool:
    """Whether nothing listens on a port of this machine, by its older or its newer address."""
    return _binds(socket.AF_INET, "127.0.0.1", port) and _binds(socket.AF_INET6, "::1", port)


def _binds(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno != errno.EADDRINUSE  # a machine without the newer kind of address
    return True


def _kept(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.removeprefix("export ").partition("=") for line in lines)
    return {name: value.strip("'") for name, _, value in pairs}


def port_in(url: str) -> int:
    """The port of an address."""
    return urlsplit(url).port or 80


def made_key(folder: Path) -> bytes:
    """The key that `ivr up` made in this folder; empty where it made none."""
    return bytes.fromhex(_kept(folder / FILE).get(SECRET, ""))
