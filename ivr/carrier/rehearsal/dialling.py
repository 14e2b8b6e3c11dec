"""Ringing, bridging and ending legs: what happens between telephones, not what is said."""

from ivr.carrier.rehearsal.answers import MANNERS, Answer
from ivr.carrier.rehearsal.asking import ask, tell, tell_progress
from ivr.carrier.rehearsal.board import Board
from ivr.carrier.rehearsal.document import Dial
from ivr.carrier.rehearsal.legs import Direction, Kind, Leg, Notices, Status
from ivr.carrier.rehearsal.owners import answer_of


def dial(board: Board, leg: Leg, verb: Dial) -> None:
    """Ring somebody for a leg. The caller ID was checked before."""
    child = board.open(leg.family, Direction.DIAL, verb.caller_id or leg.from_, verb.to)
    child.parent, child.ring = leg.sid, verb.timeout
    child.answer = answer_of(board.owners, leg.family, verb.to, board.at)
    child.notices = Notices(verb.told_url, verb.told_method, verb.told_events)
    leg.dial, leg.child = verb, child.sid
    facts = {"to": verb.to, "child": child.sid, "answer": child.answer.value}
    board.note(leg, "dialled", **facts, ring=verb.timeout, caller_id=child.from_)
    tell_progress(board, child, "initiated")
    ring(board, child)


def ring(board: Board, leg: Leg) -> None:
    """Let a telephone ring, and decide how its owner will behave."""
    move(board, leg, Status.RINGING)
    manner = MANNERS[leg.answer or Answer.PRESSES]
    if manner.picks_up is not None and manner.picks_up < leg.ring:
        board.wait(leg, Kind.PICK_UP, manner.picks_up)
    elif manner.gives_up is not None and manner.gives_up < leg.ring:
        board.wait(leg, Kind.GIVE_UP, manner.gives_up, manner.outcome)
    else:
        board.wait(leg, Kind.RING, leg.ring)


def pick_up(board: Board, leg: Leg) -> None:
    """Somebody, or something, lifts the receiver: the document for this leg comes first."""
    move(board, leg, Status.IN_PROGRESS)
    leg.timer = None
    greeting = MANNERS[leg.answer or Answer.PRESSES].greeting
    board.note(leg, "answered", greeting=greeting)
    parent = board.legs.get(leg.parent)
    if parent is None:
        ask_first(board, leg)
    elif parent.dial is not None and parent.dial.url:
        ask(board, leg, parent.dial.url, parent.dial.url_method, {})
    else:
        bridge(board, leg)


def meet(board: Board, leg: Leg, manner: Answer) -> None:
    """Meet a ringing telephone at once, in a manner that was decided by hand."""
    leg.answer = manner
    outcome = MANNERS[manner].outcome
    if outcome:
        end(board, leg, Status(outcome), f"the other end: {outcome}")
    else:
        pick_up(board, leg)


def ask_first(board: Board, leg: Leg) -> None:
    """Ask how a fresh leg goes on, unless it was told already when it was placed."""
    if leg.twiml:
        board.ready.append(leg)
    else:
        ask(board, leg, leg.url, leg.method, {})


def bridge(board: Board, leg: Leg) -> None:
    """Let a dialled leg and the leg that dialled it hear each other."""
    parent = board.legs[leg.parent]
    if parent.dial is None:
        return
    leg.peer, parent.peer = parent.sid, leg.sid
    leg.bridged, leg.document = True, None
    board.note(parent, "bridged", child=leg.sid, to=leg.to)
    board.wait(parent, Kind.TALK, parent.dial.limit)
    if leg.family.talk is not None:
        board.wait(leg, Kind.TALK, leg.family.talk)


def end(board: Board, leg: Leg, status: Status, reason: str) -> None:
    """End a leg, and what hangs on it; the leg that dialled it goes on."""
    if not leg.live:
        return
    leg.ended = leg.family.moment
    leg.timer, leg.asked, leg.document, leg.gather = None, "", None, None
    leg.verbs.clear()
    leg.wanted.clear()
    board.note(leg, "ended", status=status.value, reason=reason, bridged=leg.bridged)
    move(board, leg, status)
    child = board.legs.get(leg.child)
    if child is not None and child.live:
        answered = child.status is Status.IN_PROGRESS
        end(board, child, Status.COMPLETED if answered else Status.CANCELED, "the caller hung up")
    parent = board.legs.get(leg.parent)
    if parent is not None:
        _dial_over(board, parent, leg)


def _dial_over(board: Board, parent: Leg, child: Leg) -> None:
    """Tell the line how a dial ended; a caller who is still there goes on with the answer."""
    verb = parent.dial
    if verb is None or parent.child != child.sid:
        return
    parent.dial, parent.child, parent.peer, parent.timer = None, "", "", None
    form = {
        "DialCallSid": child.sid,
        "DialCallStatus": child.status.value,
        "DialBridged": "true" if child.bridged else "false",
    }
    if child.started is not None:
        form["DialCallDuration"] = str(child.duration)
    if parent.live and verb.action:
        ask(board, parent, verb.action, verb.method, form)
    elif parent.live:
        board.ready.append(parent)
    elif verb.action:
        tell(board, parent, verb.action, verb.method, form)


def move(board: Board, leg: Leg, status: Status) -> None:
    """Bring a leg to a status, write its record down, and tell who asked to be told."""
    leg.status = status
    if status is Status.IN_PROGRESS and leg.started is None:
        leg.started = leg.family.moment
    board.note(leg, "call", record=record(board, leg))
    event = {Status.QUEUED: "initiated", Status.IN_PROGRESS: "answered"}.get(status, status.value)
    tell_progress(board, leg, event if leg.live else "completed")


def record(board: Board, leg: Leg) -> dict[str, str | int]:
    """What the journal keeps of a leg's state, in plain values."""
    return {
        "sid": leg.sid,
        "parent": leg.parent,
        "account": board.account.sid,
        "direction": leg.direction.value,
        "from": leg.from_,
        "to": leg.to,
        "status": leg.status.value,
        "created": leg.created.isoformat(),
        "started": leg.started.isoformat() if leg.started else "",
        "ended": leg.ended.isoformat() if leg.ended else "",
        "updated": leg.family.moment.isoformat(),
        "duration": leg.duration,
    }
