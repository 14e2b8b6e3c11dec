"""What the answers to our requests do: documents run, sounds are measured, notices are noted."""

from dataclasses import replace

from ivr.carrier.rehearsal import executor, wav
from ivr.carrier.rehearsal.board import Board
from ivr.carrier.rehearsal.legs import Leg
from ivr.carrier.rehearsal.wire import Answered, Lost, Purpose, Reply, Request

LATE = 15.0
"""Seconds after which a reply counts for nothing (Twilio's own bound)."""
OK = 200


def take_answer(board: Board, request_id: str, answer: Answered) -> None:
    """Give an answer to the leg that waits for it; one that came too late is only written down."""
    request = board.asked.pop(request_id)
    leg = board.legs.get(request.call)
    if leg is None:
        return
    if request.purpose is Purpose.SOUND:
        _take_sound(board, leg, request, answer)
        return
    _note_reply(board, leg, request, answer)
    if request.purpose is Purpose.DOCUMENT:
        _take_document(board, leg, request, answer)


def _take_sound(board: Board, leg: Leg, request: Request, answer: Answered) -> None:
    problem = ""
    try:
        board.sounds[request.url] = seconds = _measure(answer)
        board.note(leg, "fetched", url=request.url, seconds=seconds)
    except ValueError as error:
        problem = str(error)
        board.note(leg, "not fetched", url=request.url, problem=problem)
    if request.id not in leg.wanted:
        return
    leg.wanted.discard(request.id)
    if problem:
        executor.fail(board, leg, 11200, f"the sound {request.url} cannot be played: {problem}")
    elif not leg.wanted:
        executor.begin(board, leg)


def _measure(answer: Answered) -> float:
    if isinstance(answer, Lost):
        raise ValueError(answer.reason)
    problem = _problem(answer)
    kind = answer.type.partition(";")[0].strip().lower()
    if problem:
        raise ValueError(problem)
    if kind not in {"audio/wav", "audio/x-wav"}:
        raise ValueError(f"its content type is {kind or 'missing'}, not audio/wav")
    return wav.seconds(answer.body)


def _problem(reply: Reply) -> str:
    if reply.seconds > LATE:
        return f"the answer took {reply.seconds:.1f} s; {LATE:.0f} s are allowed"
    if reply.status != OK:
        return f"the answer was {reply.status}, not {OK}"
    return ""


def _take_document(board: Board, leg: Leg, request: Request, answer: Answered) -> None:
    if board.faults.drop and isinstance(answer, Reply):
        board.faults.drop -= 1
        board.note(leg, "dropped", request=request.id)
        leg.asked = _again(board, leg, request, Purpose.DOCUMENT) if leg.live else ""
        return
    if request.repeats:
        again = _again(board, leg, request, Purpose.NOTICE)
        board.first[again] = answer.body if isinstance(answer, Reply) else b""
    if leg.asked != request.id or not leg.live:
        return
    leg.asked = ""
    if isinstance(answer, Lost):
        executor.fail(board, leg, 11205, answer.reason)
    elif _problem(answer):
        executor.fail(board, leg, 11200, _problem(answer))
    else:
        executor.read(board, leg, answer.type, answer.body)


def _again(board: Board, leg: Leg, request: Request, purpose: Purpose) -> str:
    """Send the very same request once more, with its idempotency token."""
    again = replace(request, id=board.name("RQ"), purpose=purpose, repeats=False)
    board.asked[again.id] = again
    board.outbox.append(again)
    board.note(leg, "again", request=again.id, of=request.id, url=request.url)
    return again.id


def _note_reply(board: Board, leg: Leg, request: Request, answer: Answered) -> None:
    facts = {"request": request.id, "purpose": request.purpose.value, "url": request.url}
    first = board.first.pop(request.id, None)
    if isinstance(answer, Lost):
        board.note(leg, "lost", **facts, reason=answer.reason)
        return
    if first is not None:
        board.note(leg, "repeated", **facts, same=first == answer.body)
    body = answer.body[: executor.MOST_NOTED].decode(errors="replace")
    board.note(leg, "reply", **facts, status=answer.status, type=answer.type, body=body,
               seconds=round(answer.seconds, 3))  # fmt: skip
