"""What is keyed on a walk where digits are asked for, and which drafts are alike for it."""

from datetime import date

from ivr.call import booking, managing
from ivr.call.dialogue import step_of
from ivr.call.draft import WISHES, draft_of, keep, write
from ivr.call.keyed import EASY
from ivr.call.legs import Inbound
from ivr.call.proof.examples import CALLERS
from ivr.call.screen import options
from ivr.call.world import World
from prompts import Node, NodeKind
from routing.window import Window

CODE, OTHER = "2580", "2581"
RESERVED = ("0", "9", "*", "#", f"{CODE[0]}#")
CODES = (CODE, OTHER, CODE[:2], EASY[0])
WINDOW = write((Window(date(2026, 1, 1), 14 * 60, 16 * 60),))
CHOOSING = (booking.TIME, booking.DAY, managing.MOVED, managing.DAY)
"""Where a key means what she has just heard."""
PARTS = (booking.PART, managing.PART)
"""The same for one day: what is heard there was looked at on the way in, and all days are alike."""
WISHING = (booking.CONFIRM, booking.WISHED)
COUNTING = (managing.WHICH, managing.NUMBER, managing.CODED)
"""Where it matters how often she has tried."""
NUMBERS = (f"00{CALLERS[0][1:]}", "101", "0090055555555")


def what_to_key(state: Inbound, name: str) -> tuple[str, ...]:
    """The entries that are tried at a step: good ones, each kind of bad one, the reserved keys."""
    return (*(NUMBERS if name.endswith(".number") else CODES), *RESERVED)


def useless(world: World, state: Inbound, node: Node) -> str:
    """A key that does nothing here; the others do what they do before any silence."""
    if node.kind is NodeKind.STEP:
        known = {row.key for row in step_of(node).rows(world, state, node)}
    else:
        known = {option.key for option in options(world, state, node)}
    return next((key for key in "87654321" if key not in known), "9")


def _heard(name: str, heard: str) -> str:
    return heard if name in CHOOSING else WINDOW if name in PARTS else ""


def common(call: Inbound) -> Inbound:
    """The call with a draft that stands for all those like it: the machine asks whether something
    was chosen, and says it; what exactly it was decides nothing.
    """
    call = call._replace(told=tuple(name for name in call.told if name != booking.PHONE))
    if not call.draft:
        return call._replace(tries=0)
    draft = draft_of(call)
    wished = call.node in WISHING and any(getattr(draft, wish) for wish in WISHES)
    alike = draft._replace(
        topic="",
        region="",
        young=False,
        number=draft.number and CALLERS[0],
        own=False,
        code=draft.code and CODE,
        first=CODE if call.node == booking.AGAIN else "",
        window=draft.window and WINDOW,
        standing=draft.standing and WINDOW,
        heard=_heard(call.node, draft.heard),
        day=date(2026, 1, 1).toordinal() if call.node in PARTS else 0,
        voicemail=wished,
        redial=wished,
        retry=wished,
        woman=wished,
    )
    return keep(call if call.node in COUNTING else call._replace(tries=0), alike)
