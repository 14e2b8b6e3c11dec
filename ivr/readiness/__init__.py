"""What is not ready for real calls, in plain words, each with what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as real callers need it: what it is, and what to do.

    A `reminder` is what no program can see: it is told, and does not count as a problem.
    """

    what: str
    do: str
    reminder: bool = False
