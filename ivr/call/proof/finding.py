"""One thing that is wrong with an edition: which rule, where, what, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken promise of the line, said so that whoever edits the line can mend it.

    `language` is the only language that it concerns; empty: it concerns them all.
    """

    rule: str
    where: str
    what: str
    do: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.do} [{self.rule}]"
