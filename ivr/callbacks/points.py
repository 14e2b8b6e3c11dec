"""The labelled points at which a process may die, so that a drill can kill it exactly there.

`reach` does nothing unless the process itself was armed, by code of its own: no setting does it.
"""

from collections.abc import Callable

BOOKING = (
    "booking.asked",  # nothing was begun
    "booking.begun",  # a transaction, and whoever books at the same time waits
    "booking.allowed",  # not too many
    "booking.searched",  # what there is for this number and code
    "booking.offered",  # the time can still be kept
    "booking.written",  # the callback's row, its key on the disk
    "booking.counted",
    "booking.result",  # all of it, and not committed
    "booking.committed",  # durably; nobody was told
    "booking.answered",  # the result is on its way to her
)
"""Where a booking may be cut off, in their order."""

DIALLING = (
    "call.pressed",  # the button, and nothing was asked
    "call.allowed",
    "call.changed",  # claimed -> calling, not committed
    "call.noted",  # and the attempt
    "call.committed",  # durably; nobody was asked for a call
    "call.asking",  # still allowed
    "call.asked",  # the operator's telephone rings, or the answer was lost
    "call.answered",  # what the carrier said is written, not committed
    "call.done",
    "ready.asked",  # the operator pressed 1, and nothing was begun
    "ready.pressed",
    "ready.allowed",
    "ready.written",  # her Dial counts from here, not committed
    "ready.result",  # all of it, and not committed
    "ready.committed",  # durably; no document was written
    "ready.answered",  # the document that rings her is on its way
    "gate.asked",  # four digits came
    "gate.keyed",
    "gate.passed",  # the code was hers, not committed
    "gate.result",
    "gate.committed",
    "gate.answered",
    "news.heard",
    "news.written",  # not committed
    "lookup.asked",  # the carrier was asked what became of it
    "lookup.written",  # not committed
    "outcome.given",
    "outcome.written",  # not committed
)
"""Where an attempt to call her may be cut off, in their order."""

PUBLISHING = (
    "publish.begun",  # judged, and nothing was begun
    "publish.secured",  # the bytes of its recordings are kept
    "publish.saved",  # the edition's document, not committed
    "publish.told",  # and what became of the draft
    "publish.written",  # and the audit, not committed
    "publish.committed",  # durably; nobody was told
)
"""Where publishing an edition may be cut off, in their order."""

_hooks: list[Callable[[str], None]] = []


def reach(name: str) -> None:
    """Say that this point is reached."""
    for hook in _hooks:
        hook(name)


def arm(hook: Callable[[str], None]) -> None:
    """Call `hook` with every name from here on: a drill's own process does this to itself."""
    _hooks[:] = [hook]


def disarm() -> None:
    """Do nothing again."""
    _hooks.clear()
