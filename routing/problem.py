"""One thing that is wrong with a directory, told so that whoever wrote it can put it right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Where something is wrong (`centre payoke, ring`), and what is wrong and what to do."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class DirectoryError(ValueError):
    """A document that is no good directory. `problems` holds every one of its problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def places(what: str, names: Sequence[str]) -> list[str]:
    """Name the rows of a list; those that share a name are told apart by their row."""
    return [
        f"{what} {name}" if names.count(name) == 1 else f"{what} {name} (row {row})"
        for row, name in enumerate(names, start=1)
    ]


def among(at: str, found: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """Complain of every word that is not among the known ones."""
    for one in found:
        if one not in known:
            yield Problem(at, f'does not know "{one}": use one of {", ".join(sorted(known))}')
