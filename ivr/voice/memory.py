"""What a turn begins with: the world as it is now, and the call as it was left."""

from dataclasses import replace
from datetime import UTC, date

from ivr.call.legs import NAMES, Call, DeadEnd, Gate, Inbound, OperatorLeg, Screening
from ivr.call.world import World
from ivr.voice.account import REHEARSAL
from ivr.voice.desk import Desk
from ivr.voice.form import Fields, caller_of, number_of
from ivr.voice.request import Webhook
from ivr.voice.seal import Binding, State, UnreadableError, unseal
from ivr.voice.signals import Heard
from ivr.voice.twiml import DIALLED, INBOUND, OPERATOR
from routing.directory import AccessNumber

LOST = -1
"""The step of a leg whose state could not be read: it gets its own error reply."""


def look(desk: Desk, webhook: Webhook, heard: Heard) -> tuple[World, date]:
    """The world of this turn, and the day (UTC) of the real clock, which seals go by."""
    world = desk.line.world(webhook.account.carrier)
    today = world.at.astimezone(UTC).date()
    if heard.pretend and desk.pretends and webhook.account.carrier == REHEARSAL:
        world = replace(world, at=heard.pretend)
    return world, today


def recall(
    desk: Desk, world: World, webhook: Webhook, heard: Heard, kind: str, token: str, today: date
) -> tuple[Binding, State]:
    """The call as its last turn left it, or as it begins."""
    call = heard.parent if kind in DIALLED else heard.call
    bound = Binding(webhook.account.sid, kind, call)
    if token:
        try:
            return _left(desk, bound, token, today)
        except UnreadableError:
            if kind != INBOUND:
                return bound, State(_blank(world, kind), LOST, today)
    begun = _begun(desk, world, webhook.fields, again=bool(token))
    return bound._replace(kind=NAMES[type(begun)]), State(begun, 0, today)


def _left(desk: Desk, bound: Binding, token: str, today: date) -> tuple[Binding, State]:
    """The state in an address. A call that we placed had no SID when its first one was made, so
    that one is bound to none; from there on it is bound to the call that asked. Raises
    UnreadableError.
    """
    try:
        return unseal(desk.secrets, bound, token, today)
    except UnreadableError:
        if bound.kind != OPERATOR:
            raise
    found, state = unseal(desk.secrets, bound._replace(call=""), token, today)
    if state.step or not bound.call:
        raise UnreadableError
    return found._replace(call=bound.call), state


def in_its_edition(desk: Desk, world: World, call: Call) -> World:
    """A running call ends in the edition that it began in, as long as that is at hand."""
    if call.edition == world.edition.number:
        return world
    edition = desk.line.edition(call.edition)
    return replace(world, edition=edition) if edition else world


def _begun(desk: Desk, world: World, fields: Fields, *, again: bool) -> Call:
    """A leg of somebody who rings us; one that begins again skips the page of languages."""
    try:
        number = number_of(fields)
    except ValueError:  # no number of ours has this shape: the machine takes it for an ordinary one
        number = ""
    call = desk.machine.answer(world, number, caller_of(fields))
    if not (again and isinstance(call, Inbound)):
        return call
    access = world.directory.by_number.get(number) or AccessNumber(number)
    return call._replace(language=call.language or access.language, node="main")


def _blank(world: World, kind: str) -> Call:
    """A leg of this kind of which nothing is known. Raises KeyError for no kind of ours."""
    edition = world.edition.number
    blank: dict[str, Call] = {
        "screening": Screening(target="", language="", caller="", edition=edition),
        "operator": OperatorLeg(attempt="", language="", caller="", edition=edition),
        "gate": Gate(attempt="", language="", edition=edition),
        "deadend": DeadEnd(access="", language="", edition=edition),
    }
    return blank[kind]
