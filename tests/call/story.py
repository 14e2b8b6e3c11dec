"""A telephone for tests: presses keys, waits, and remembers what was heard last."""

from dataclasses import replace
from datetime import timedelta

from ivr.call.actions import Dial, HangUp, Listen, Say, Spoken, Turn
from ivr.call.legs import Call, Inbound, pack, unpack
from ivr.call.machine import answer, step
from ivr.call.signals import Answered, DialEnded, Outcome, Pressed, Signal, Silent
from ivr.call.world import World
from routing.directory import Directory
from tests.worlds import line_number
from tests.worlds import world as shipped_world


class Story:
    """One call, turn by turn; its state goes on a journey between any two of them."""

    def __init__(self, world: World | None = None, number: str = "") -> None:
        """Ring a number of the line; one with a language page unless another is given."""
        self.world = world or shipped_world()
        number = number or line_number(self.world.directory)
        self.turn: Turn = step(self.world, answer(self.world, number), Answered())

    def give(self, signal: Signal) -> "Story":
        """Let something happen on the leg."""
        travelled: Call = unpack(pack(self.turn.call))
        assert travelled == self.turn.call
        self.turn = step(self.world, travelled, signal)
        return self

    def press(self, keys: str) -> "Story":
        """Press keys, one turn each."""
        for key in keys:
            self.give(Pressed(key))
        return self

    def enter(self, digits: str) -> "Story":
        """Key several digits that come in together."""
        return self.give(Pressed(digits))

    def wait(self, times: int = 1) -> "Story":
        """Press nothing."""
        for _ in range(times):
            self.give(Silent())
        return self

    def later(self, seconds: float) -> "Story":
        """Let time pass."""
        self.world = replace(self.world, at=self.world.at + timedelta(seconds=seconds))
        return self

    def meanwhile(self, directory: Directory) -> "Story":
        """Let somebody change the directory."""
        self.world = replace(self.world, directory=directory)
        return self

    def refused(self, outcome: Outcome = Outcome.NO_ANSWER) -> "Story":
        """The leg that was dialled ends without a conversation."""
        return self.give(DialEnded(outcome, bridged=False))

    def talked(self) -> "Story":
        """The leg that was dialled ends after a conversation."""
        return self.give(DialEnded(Outcome.COMPLETED, bridged=True))

    @property
    def call(self) -> Inbound:
        """The state of the caller's leg."""
        assert isinstance(self.turn.call, Inbound)
        return self.turn.call

    @property
    def node(self) -> str:
        """Where the caller is."""
        return self.call.node

    @property
    def spoken(self) -> list[Spoken]:
        """Everything that was heard in this turn."""
        return spoken(self.turn)

    @property
    def prompts(self) -> list[str]:
        """The prompts that were heard in this turn."""
        return [piece.prompt for piece in self.spoken]

    @property
    def languages(self) -> set[str]:
        """The languages that were heard in this turn."""
        return {piece.language for piece in self.spoken}

    @property
    def clear(self) -> bool:
        """Whether it was said more slowly."""
        return any(isinstance(a, Say | Listen) and a.clear for a in self.turn.actions)

    @property
    def dial(self) -> Dial:
        """The dial that this turn ends in."""
        last = self.turn.actions[-1]
        assert isinstance(last, Dial), self.turn.actions
        return last

    @property
    def rings(self) -> str:
        """The centre that is being rung; empty when none is."""
        last = self.turn.actions[-1]
        if not isinstance(last, Dial):
            return ""
        return next(c.id for c in self.world.directory.centres if c.dial == last.target)

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return isinstance(self.turn.actions[-1], HangUp)

    @property
    def covered(self) -> bool:
        """Whether nothing but the ordinary recording is heard."""
        return self.prompts == ["cover.shop"]


def spoken(turn: Turn) -> list[Spoken]:
    """Everything that a turn says."""
    return [
        piece
        for action in turn.actions
        if isinstance(action, Say | Listen)
        for piece in action.pieces
        if isinstance(piece, Spoken)
    ]


def english(world: World | None = None) -> Story:
    """A call that has chosen English."""
    return Story(world).press("4")
