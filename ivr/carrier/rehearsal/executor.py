"""Runs documents: one verb after the other, each key and each silence where it belongs."""

from collections import deque
from typing import assert_never

from ivr.carrier.rehearsal.answers import MANNERS
from ivr.carrier.rehearsal.asking import ask, fetch
from ivr.carrier.rehearsal.board import Board
from ivr.carrier.rehearsal.dialling import bridge, dial, end, move
from ivr.carrier.rehearsal.document import (
    Dial,
    Document,
    Gather,
    Hangup,
    Pause,
    Play,
    Redirect,
    Say,
    Sound,
    Verb,
)
from ivr.carrier.rehearsal.grammar import RefusedReplyError, Source, read_document
from ivr.carrier.rehearsal.legs import Direction, Kind, Leg, Status

SORRY = "We are sorry, an application error has occurred. Goodbye."
"""What a caller hears of a real carrier when a reply cannot be run."""
CHARACTERS_A_SECOND = 14
MOST_NOTED = 70_000
"""Bytes of a reply that are written down."""
FINGER = 1.0
"""Seconds from the end of the words to the key of whoever picked up."""


def read(board: Board, leg: Leg, content_type: str, body: bytes) -> None:
    """Take in a reply; its sounds are fetched before the first word, so that none is missing."""
    source = Source(leg.url, dial=leg.direction is not Direction.DIAL)
    try:
        leg.document = read_document(source, content_type, body)
    except RefusedReplyError as refused:
        fail(board, leg, refused.code, refused.message)
        return
    for url in leg.document.urls:
        if url not in board.sounds:
            fetch(board, leg, url)
    if not leg.wanted:
        begin(board, leg)


def begin(board: Board, leg: Leg) -> None:
    """Run the document from its first verb, now that all its sounds are at hand."""
    document = leg.document or Document(())
    if leg.status is not Status.IN_PROGRESS:
        move(board, leg, Status.IN_PROGRESS)
    leg.verbs, leg.gather, leg.digits = deque(document.verbs), None, ""
    board.ready.append(leg)


def proceed(board: Board, leg: Leg) -> None:
    """Run verbs until one of them takes time, or the document is over."""
    while leg.live and not (leg.timer or leg.asked or leg.dial or leg.peer):
        if leg.twiml:
            twiml, leg.twiml = leg.twiml, ""
            read(board, leg, "text/xml", twiml.encode())
            return
        if not leg.verbs:
            _run_off(board, leg)
            return
        _start(board, leg, leg.verbs.popleft())


def _start(board: Board, leg: Leg, verb: Verb) -> None:
    match verb:
        case Say() | Play() | Pause():
            leg.sounds = deque(_repeated(verb))
            _next_sound(board, leg)
        case Gather():
            leg.gather, leg.digits = verb, ""
            leg.sounds = deque(one for sound in verb.sounds for one in _repeated(sound))
            _next_sound(board, leg)
        case Redirect():
            ask(board, leg, verb.url, verb.method, {})
        case Hangup():
            end(board, leg, Status.COMPLETED, "the line hung up")
        case Dial():
            _dial(board, leg, verb)
        case _:
            assert_never(verb)


def _repeated(sound: Sound) -> tuple[Sound, ...]:
    return (sound,) if isinstance(sound, Pause) else (sound,) * sound.loop


def _next_sound(board: Board, leg: Leg) -> None:
    """Play the next sound; after the last one of a Gather the silence counts, otherwise go on."""
    if not leg.sounds:
        if leg.gather is None:
            board.ready.append(leg)
        else:
            _listen(board, leg, leg.gather)
        return
    sound = leg.sounds.popleft()
    match sound:
        case Play():
            board.wait(leg, Kind.CLIP, board.sounds[sound.url], sound.url)
        case Say():
            seconds = max(1.0, len(sound.text) / CHARACTERS_A_SECOND)
            board.wait(leg, Kind.SAY, seconds, sound.text, sound.language)
        case Pause():
            board.wait(leg, Kind.PAUSE, sound.length)
        case _:
            assert_never(sound)
    _note_sound(board, leg)


def _note_sound(board: Board, leg: Leg) -> None:
    timer = leg.timer
    if timer is not None:
        facts = {"timer": timer.id, "seconds": timer.seconds, "language": timer.language}
        listening = leg.gather is not None
        board.note(leg, "heard", kind=timer.kind.value, sound=timer.what, **facts,
                   listening=listening)  # fmt: skip


def _listen(board: Board, leg: Leg, gather: Gather) -> None:
    """Wait for a key; whoever was rung and presses does it a moment after the words."""
    key = MANNERS[leg.answer].presses if leg.answer else ""
    if key and not leg.digits and gather.timeout > FINGER:
        board.wait(leg, Kind.PRESS, FINGER, key)
    else:
        board.wait(leg, Kind.SILENCE, gather.timeout)
    board.note(leg, "listening", seconds=gather.timeout, digits=leg.digits)


def press(board: Board, leg: Leg, key: str) -> None:
    """One key. It counts only where a Gather is running; it interrupts what is being said."""
    gather = leg.gather
    tones = leg.family.tones or leg.direction is not Direction.INBOUND
    taken = gather is not None and tones
    board.note(leg, "pressed", key=key, taken=taken, tones=tones)
    if not taken or gather is None:
        return
    leg.sounds.clear()
    if key in gather.finish:
        _gathered(board, leg, gather, key)
        return
    leg.digits += key
    if len(leg.digits) == gather.digits:
        _gathered(board, leg, gather, "")
    else:
        board.wait(leg, Kind.SILENCE, gather.timeout)


def _gathered(board: Board, leg: Leg, gather: Gather, finished_on: str) -> None:
    """End a Gather: its action, with keys or where silence is an answer; else the next verb."""
    digits, leg.gather, leg.digits, leg.timer = leg.digits, None, "", None
    if digits or gather.on_empty:
        form = {"Digits": digits, "FinishedOnKey": finished_on, "msg": "Gather End"}
        ask(board, leg, gather.action, gather.method, form)
    else:
        board.ready.append(leg)


def sounded(board: Board, leg: Leg) -> None:
    """A sound, or the silence after the sounds of a Gather, is over."""
    timer, leg.timer = leg.timer, None
    if timer is not None and timer.kind is Kind.SILENCE and leg.gather is not None:
        board.note(leg, "silence", seconds=timer.seconds, digits=leg.digits)
        _gathered(board, leg, leg.gather, "")
    else:
        _next_sound(board, leg)


def _run_off(board: Board, leg: Leg) -> None:
    """A document is over: whoever picked up is bridged, every other leg is hung up."""
    if leg.direction is Direction.DIAL and not leg.failing:
        bridge(board, leg)
    else:
        end(board, leg, Status.COMPLETED, "the document ran off its end")


def _dial(board: Board, leg: Leg, verb: Dial) -> None:
    shown = verb.caller_id or leg.from_
    owned = board.account.owned
    if verb.caller_id != leg.from_ and owned and shown not in owned:
        fail(board, leg, 13214, f"{shown!r} cannot be shown: the account does not own it")
    else:
        dial(board, leg, verb)


def fail(board: Board, leg: Leg, code: int, message: str) -> None:
    """A reply cannot be run: try the fallback once, else a caller hears that, and the leg ends."""
    board.note(leg, "error", code=code, message=message, url=leg.url)
    leg.wanted.clear()
    leg.document, leg.asked, leg.gather, leg.timer = None, "", None, None
    if leg.direction is Direction.DIAL:
        end(board, leg, Status.COMPLETED, "its document failed")
    elif leg.fallback:
        fallback, leg.fallback = leg.fallback, ""
        method = leg.fallback_method
        ask(board, leg, fallback, method, {"ErrorCode": str(code), "ErrorUrl": leg.url})
    else:
        leg.failing = True
        if leg.status is not Status.IN_PROGRESS:
            move(board, leg, Status.IN_PROGRESS)
        leg.verbs = deque([Say(SORRY, "", "en", 1), Hangup()])
        board.ready.append(leg)
