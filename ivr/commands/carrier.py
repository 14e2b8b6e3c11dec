"""`ivr carrier`: the rehearsal carrier, in a process of its own."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import click

from ivr import clock
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.pretended import Pretended
from ivr.carrier.rehearsal.server import Carrier, open_switch, sender
from ivr.commands.children import until_stopped
from ivr.commands.start import begin
from ivr.settings import Settings
from ivr.values import is_loopback

JOURNAL = "rehearsal/journal.jsonl"
"""Where the journal is, in the folder of `IVR_VAR`."""


def make_carrier(settings: Settings, now: Callable[[], datetime] = clock.now) -> Carrier:
    """The carrier of these settings, by a clock. Raises ClickException where it cannot be."""
    if not settings.rehearsal:
        raise click.ClickException("IVR_REHEARSAL_ACCOUNT_SID is not set: there is no account.")
    account = Account(
        settings.rehearsal_account_sid,
        settings.rehearsal_auth_tokens[0],
        frozenset({settings.outbound_number}),
    )
    url = urlsplit(settings.rehearsal_url)
    if not is_loopback(url.hostname or ""):
        raise click.ClickException("IVR_REHEARSAL_URL must be on this machine: 127.0.0.1.")
    base = settings.public_base_url
    numbers = Numbers(f"{base}/voice/incoming", f"{base}/voice/status")
    try:
        switch = open_switch(account, numbers, settings.var / JOURNAL, now, sender())
    except BlockingIOError:
        raise click.ClickException("Another rehearsal carrier writes this journal.") from None
    switch.exchange.ahead = Pretended(settings, now).ahead
    try:
        return Carrier(switch, url.hostname or "127.0.0.1", url.port or 80)
    except OSError as error:
        switch.journal.close()
        raise click.ClickException(
            f"It cannot listen on {settings.rehearsal_url}: {error}"
        ) from None


@click.command()
def carrier() -> None:
    """Carry calls between rehearsal telephones and the line, until SIGTERM or Ctrl-C."""
    settings = begin()
    running = make_carrier(settings)
    with until_stopped() as stopped:
        running.start()
        click.echo(f"The rehearsal carrier listens on {running.url}.")
        stopped.wait()
        running.close()
