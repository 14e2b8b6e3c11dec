"""How the other end behaves when it is rung: the scripted people and machines of a rehearsal."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What happens at the other end of a dialled leg."""

    PRESSES = "presses"
    SILENT = "silent"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    MACHINE = "machine"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Manner:
    """One behaviour in figures, in seconds: when it picks up, or when the network gives up.

    `outcome` is the network's word where nobody picks up; `greeting` what a machine says;
    `presses` the key that is pressed when the words are over.
    """

    picks_up: float | None = None
    gives_up: float | None = None
    outcome: str = ""
    greeting: str = ""
    presses: str = ""


MANNERS: dict[Answer, Manner] = {
    Answer.PRESSES: Manner(picks_up=4, presses="1"),
    Answer.SILENT: Manner(picks_up=4),
    Answer.BUSY: Manner(gives_up=2, outcome="busy"),
    Answer.NO_ANSWER: Manner(outcome="no-answer"),
    Answer.FAILED: Manner(gives_up=1, outcome="failed"),
    Answer.MACHINE: Manner(
        picks_up=12, greeting="Nobody can take your call now. Leave a message after the tone."
    ),
    Answer.HAND: Manner(),
}


def read_answers(words: str) -> tuple[Answer, ...]:
    """Read `busy,presses`: the first for the first dial, the last for all that follow."""
    known = ", ".join(Answer)
    try:
        answers = tuple(Answer(word.strip()) for word in words.split(","))
    except ValueError:
        raise ValueError(f"{words!r} is not made of: {known}") from None
    return answers
