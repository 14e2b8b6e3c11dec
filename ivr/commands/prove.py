"""`ivr prove`: ring a centre's number once, so that callers can be put through to it.

The centre hears what this is and presses 1; the line's own webhook writes the proof. A number
that is no centre's, or that the guard refuses, is not rung.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import sleep

import click

from ivr import clock
from ivr.call.legs import Screening
from ivr.carrier import OVER, Carrier, Found, Lost, Order, Placed, Refused, opening
from ivr.commands.start import begin
from ivr.line import Line
from ivr.settings import Settings
from ivr.store import proofs
from ivr.voice.address import address_of_proof
from routing.directory import Centre, Directory
from routing.numbers import No, may_dial

RING = 40
LONGEST = 120
"""Seconds: a test call is some words and one key."""
LOOK = 1.0
SPEAKS = "nl"


@click.command()
@click.argument("number")
@click.option("--carrier", "name", type=click.Choice(["twilio", "rehearsal"]),
              help="On which carrier; else Twilio where it is set up.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Ring without asking first.")
def prove(number: str, name: str | None, yes: bool) -> None:
    """Ring NUMBER (E.164, or a centre's id) and keep that somebody there pressed 1."""
    settings = begin()
    line = Line(settings)
    line.refresh(clock.now())
    carrier, account = open_carrier(settings, name)
    world = line.world(carrier.name)
    centre = find_centre(world.directory, number)
    if carrier.name == "twilio" and not yes:
        click.confirm(f"This rings {centre.said} now. Does somebody there know of it?", abort=True)
    call = screening(centre, world.edition.number)
    url = address_of_proof(
        settings.public_base_url, settings.secret_keys, account, call,
        world.at.astimezone(UTC).date(),
    )  # fmt: skip
    order = Order(centre.dial, settings.outbound_number, url, ring=RING, longest=LONGEST)
    click.echo(f"Ringing {centre.said} from {settings.outbound_number} …")
    placed = ring(carrier, order, clock.now())
    ended = follow(carrier, placed, lambda: sleep(LOOK))
    with line.store.reading() as connection:
        proved = centre.dial in proofs.load(connection).get(carrier.name, frozenset())
    line.store.close()
    tell(centre, ended, proved=proved)


def open_carrier(settings: Settings, name: str | None) -> tuple[Carrier, str]:
    """The carrier of that name, or the one that is set up, with its account."""
    wanted = name or settings.carrier
    try:
        return opening.Carriers(settings)[wanted], opening.accounts_of(settings)[wanted]
    except KeyError:
        missing = "TWILIO_ACCOUNT_SID" if wanted == "twilio" else "IVR_REHEARSAL_ACCOUNT_SID"
        raise click.ClickException(f"{missing} is not set.") from None


def find_centre(directory: Directory, number: str) -> Centre:
    """The centre that has this number or id, when the guard lets it be dialled."""
    for centre in directory.centres:
        if centre.dial and number in (centre.dial, centre.id):
            answer = may_dial(centre.dial, directory)
            if isinstance(answer, No):
                raise click.ClickException(f"{centre.dial} is not dialled: {answer.reason}")
            return centre
    raise click.ClickException(f"{number} is no number of a centre in the directory.")


def screening(centre: Centre, edition: int) -> Screening:
    """What whoever picks up there hears: that this is a test, in the centre's own language."""
    language = centre.screening or SPEAKS
    return Screening(centre.dial, language, language, edition, proof=True)


def ring(carrier: Carrier, order: Order, at: datetime) -> Placed:
    """Ask for the call, once. Where the answer was lost, look for it; never ask again."""
    answer = carrier.place(order)
    if isinstance(answer, Lost):
        since = at - timedelta(seconds=5)
        found = carrier.find(to=order.to, from_=order.from_, since=since)
        if isinstance(found, Found) and found.calls:
            return found.calls[0]
        raise click.ClickException(
            f"The carrier's answer was lost ({answer.reason}). It may be ringing: ask there before"
            " you try again."
        )
    if isinstance(answer, Refused):
        raise click.ClickException(f"The carrier refuses ({answer.code}): {answer.reason}")
    return answer


def follow(carrier: Carrier, call: Placed, wait: Callable[[], None]) -> Placed:
    """Look until the call is over, or it should have been."""
    for _ in range(int((RING + LONGEST) / LOOK)):
        if call.stage in OVER:
            return call
        wait()
        seen = carrier.look_up(call.sid)
        call = seen if isinstance(seen, Placed) else call
    return call


def tell(centre: Centre, call: Placed, *, proved: bool) -> None:
    """Say what came of it; status 1 where the number is not proved."""
    if not proved:
        raise click.ClickException(
            f"Not proved: the call ended as {call.stage}, and nobody pressed 1."
            " Callers hear the number, and are not put through."
        )
    click.echo(f"Proved: somebody at {centre.id} pressed 1. Callers can be put through.")
