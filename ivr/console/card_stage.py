"""How far an attempt has come, in the words that its operator needs at that moment."""

from collections.abc import Sequence
from enum import StrEnum

from ivr.callbacks import finishing
from ivr.callbacks.following import is_reached
from ivr.store import attempts


class Stage(StrEnum):
    """What is going on."""

    NONE = "none"
    RINGS_YOU = "rings-you"  # her own telephone: press 1 when ready
    READY = "ready"  # she pressed 1, and it was not allowed any more
    RINGS_HER = "rings-her"
    GATE = "gate"  # somebody picked up: say hello and no more
    TALKING = "talking"  # the code was right
    UNKNOWN = "unknown"
    FAILED = "failed"  # her own telephone did not ring, or she did not press 1
    SPOKE = "spoke"  # over
    UNREACHED = "unreached"  # over
    TOLD = "told"  # and how it went is said

    @property
    def live(self) -> bool:
        """Whether something rings or somebody speaks."""
        return self in (
            Stage.RINGS_YOU, Stage.READY, Stage.RINGS_HER, Stage.GATE, Stage.TALKING,
        )  # fmt: skip

    @property
    def untold(self) -> bool:
        """Whether it is over, and she has to say how it went."""
        return self in (Stage.SPOKE, Stage.UNREACHED)


def own_of(made: Sequence[attempts.Row], operator: int) -> attempts.Row | None:
    """The attempt of an operator that the card is about: the last one of which she has yet to say
    how it went, else the newest one where it is hers.
    """
    own = [one for one in made if one.operator == operator]
    untold = [one for one in own if stage_of(one).untold]
    return untold[-1] if untold else next((one for one in made[-1:] if one in own), None)


def stage_of(attempt: attempts.Row | None) -> Stage:
    """How far it has come."""
    if attempt is None:
        return Stage.NONE
    if attempt.outcome:
        return Stage.TOLD
    if attempt.dialled_at is None:
        return _before_her(attempt)
    if attempt.ended_at:
        return Stage.SPOKE if is_reached(attempt) else Stage.UNREACHED
    if attempt.passed_at:
        return Stage.TALKING
    return Stage.GATE if attempt.gate_at else Stage.RINGS_HER


def _before_her(attempt: attempts.Row) -> Stage:
    match attempt.state:
        case finishing.Stage.FAILED | finishing.Stage.OVER:
            return Stage.FAILED
        case finishing.Stage.UNKNOWN:
            return Stage.UNKNOWN
        case _:
            return Stage.READY if attempt.ready_at else Stage.RINGS_YOU
