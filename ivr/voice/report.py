"""What is written down when a turn broke: kinds and places, never a value that came from a call."""

from traceback import walk_tb

from ivr import logs
from ivr.call.legs import KINDS

DEEPEST = 6


def report(error: Exception, kind: str, carrier: str) -> None:
    """Log an exception by what it is and where: its message may hold a number, so it stays out."""
    frames = [
        f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{line}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    logs.get("voice").error(
        "a turn broke",
        leg=kind if kind in KINDS else "other",
        carrier=carrier,
        error=type(error).__name__,
        places=frames[-DEEPEST:],
    )
