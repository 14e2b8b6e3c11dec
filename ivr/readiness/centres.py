"""Whether callers can be put through: every centre reached by a test call, and looked at lately."""

from collections.abc import Iterator
from datetime import date, timedelta

from ivr.readiness import Finding
from routing.directory import Centre, Directory
from routing.guard import No, may_dial

FRESH = timedelta(days=183)


def examine(directory: Directory, carrier: str, today: date) -> Iterator[Finding]:
    """Find the centres that callers would only be told of, and rows that may have aged."""
    active = [one for one in directory.centres if one.active]
    proved = directory.proved.get(carrier, frozenset())
    for centre in active:
        if centre.dial:
            yield from _dialled(centre, directory, proved)
    old = [one.id for one in active if not one.checked_on or today - one.checked_on > FRESH]
    if old:
        yield Finding(
            f"Nobody has looked for half a year whether these are still right: {', '.join(old)}.",
            "Ask the centres, and write the day into checked_on.",
        )


def _dialled(centre: Centre, directory: Directory, proved: frozenset[str]) -> Iterator[Finding]:
    allowed = may_dial(centre.dial, directory)
    if isinstance(allowed, No):
        yield Finding(
            f"{centre.id} cannot be rung: {allowed.reason}.", "Correct its number in the directory."
        )
    elif centre.dial not in proved:
        yield Finding(
            f"{centre.id} was never reached by a test call: its number is told, not rung.",
            f"Agree on a moment with them and run `ivr prove {centre.dial}`.",
        )
