"""Where a leg's next webhook goes: the sealed state in an address of ours."""

from datetime import date

from ivr.call.actions import Dial, Turn
from ivr.call.legs import Screening
from ivr.voice.seal import Binding, State, seal
from ivr.voice.twiml import SCREENING


def address(base: str, secrets: tuple[bytes, ...], bound: Binding, state: State) -> str:
    """The address at which a leg goes on from this state."""
    return f"{base}/voice/{bound.kind}/{seal(secrets, bound, state)}"


def address_of_child(
    base: str, secrets: tuple[bytes, ...], bound: Binding, turn: Turn, day: date
) -> str:
    """The address at which whoever picks up the dialled leg is asked; empty when nobody is."""
    for action in turn.actions:
        if isinstance(action, Dial) and action.screening:
            child = Binding(bound.account, SCREENING, bound.call, action.place)
            return address(base, secrets, child, State(action.screening, 0, day))
    return ""


def address_of_proof(
    base: str, secrets: tuple[bytes, ...], account: str, leg: Screening, day: date
) -> str:
    """The address for a test call that we place ourselves: it has no parent. `day` is today's in
    UTC, and it answers until the end of the next.
    """
    return address(base, secrets, Binding(account, SCREENING, ""), State(leg, 0, day))
