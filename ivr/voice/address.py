"""Where a leg's next webhook goes: the sealed state in an address of ours."""

from datetime import date

from ivr.call.actions import Dial, Turn
from ivr.call.legs import NAMES, Gate, OperatorLeg, Screening
from ivr.voice.seal import Binding, State, seal
from ivr.voice.twiml import OPERATOR, SCREENING


def address(base: str, secrets: tuple[bytes, ...], bound: Binding, state: State) -> str:
    """The address at which a leg goes on from this state."""
    return f"{base}/voice/{bound.kind}/{seal(secrets, bound, state)}"


def address_of_child(
    base: str, secrets: tuple[bytes, ...], bound: Binding, turn: Turn, day: date
) -> str:
    """The address at which whoever picks up the dialled leg is asked; empty when nobody is."""
    for action in turn.actions:
        if isinstance(action, Dial) and action.screening:
            kind = NAMES[type(action.screening)]
            child = Binding(bound.account, kind, bound.call, action.place)
            return address(base, secrets, child, State(action.screening, 0, day))
    return ""


def address_of_news(base: str, turn: Turn) -> str:
    """The address that is told how her telephone's leg goes; empty where she is not rung."""
    for action in turn.actions:
        if isinstance(action, Dial) and isinstance(action.screening, Gate):
            return address_of_attempt(base, action.screening.attempt)
    return ""


def address_of_attempt(base: str, attempt: str) -> str:
    """The address that is told how the legs of an attempt go, by the attempt's random token."""
    return f"{base}/voice/attempt/{attempt}/status"


def address_of_operator(
    base: str, secrets: tuple[bytes, ...], account: str, leg: OperatorLeg, day: date
) -> str:
    """The first address of the operator's leg, made before the call has a SID: every later one is
    bound to that. `day` is today's in UTC.
    """
    return address(base, secrets, Binding(account, OPERATOR, ""), State(leg, 0, day))


def address_of_fallback(base: str) -> str:
    """What the carrier asks where an address of the operator's leg has no answer: it holds no
    state, so it gets that leg's own error reply.
    """
    return f"{base}/voice/{OPERATOR}/fallback"


def address_of_proof(
    base: str, secrets: tuple[bytes, ...], account: str, leg: Screening, day: date
) -> str:
    """The address for a test call that we place ourselves: it has no parent. `day` is today's in
    UTC, and it answers until the end of the next.
    """
    return address(base, secrets, Binding(account, SCREENING, ""), State(leg, 0, day))
