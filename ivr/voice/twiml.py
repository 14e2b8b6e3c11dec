"""Actions as documents for the carrier: the one place that knows the carrier's markup.

Only verbs that every compatible engine runs: Say, Play, Gather, Dial with Number or Sip,
Redirect, Hangup, and Pause outside Gather.
"""

import math
import re
from collections.abc import Callable, Iterable
from typing import assert_never

from twilio.twiml import voice_response as markup  # type: ignore[import-untyped]  # no types

from ivr.call.actions import Action, Bridge, Dial, Effect, HangUp, Listen, Pieces, Say
from ivr.call.legs import Gate
from ivr.voice.clips import Clip, Quiet, Sound, Voiced
from ivr.voice.document import CHILD, NEXT, TOLD, Document, clean, cut
from ivr.voice.news import EVENTS

LONGEST_CALL = 4 * 60 * 60
"""Seconds after which a bridged call is cut: the carrier's own limit, said plainly."""
SHORTEST_PAUSE = 0.5
INBOUND = "inbound"
SCREENING = "screening"
OPERATOR = "operator"
GATE = "gate"
DIALLED = (SCREENING, GATE)
"""The legs that a Dial began: nobody is dialled from them, and running off their end bridges."""
DIALLING = (INBOUND, OPERATOR)
"""The legs that dial others, and that go on when something was said."""
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_SIP = re.compile(r"sips?:[!-~]{1,250}")

Sounds = Callable[[Pieces, bool], Iterable[Sound]]


def render(actions: tuple[Action, ...], kind: str, clips: str, sounds: Sounds) -> Document:
    """Render what a leg of this kind does. `clips` is the address under which clips are served.

    Raises ValueError for what must never be said to a carrier.
    """
    response = markup.VoiceResponse()
    for action in actions:
        _render(response, action, clips, sounds)
    if kind not in DIALLING and any(isinstance(one, Dial) for one in actions):
        raise ValueError("a leg that was dialled dials nobody, and neither does the dead end")
    _end(response, actions, kind)
    return cut(str(response))


def farewell(sounds: Iterable[Sound]) -> Document:
    """A document that speaks and ends, and needs nothing from us any more."""
    response = markup.VoiceResponse()
    _speak(response, sounds, "")
    response.hangup()
    return cut(str(response))


def _render(response: markup.VoiceResponse, action: Action, clips: str, sounds: Sounds) -> None:
    match action:
        case Say(pieces, clear):
            _speak(response, sounds(pieces, clear), clips)
        case Listen():
            _listen(response, action, sounds(action.pieces, action.clear), clips)
        case Dial():
            _dial(response, action)
        case HangUp():
            response.hangup()
        case Bridge():  # the end of a screened leg
            pass
        case _:
            never: Effect = action  # done already
            del never


def _speak(parent: markup.TwiML, sounds: Iterable[Sound], clips: str) -> None:
    for sound in sounds:
        match sound:
            case Clip(name):
                parent.play(f"{clips}{name}.wav")
            case Voiced(words, voice, tag):
                parent.say(clean(words), voice=clean(voice), language=clean(tag))
            case Quiet(seconds):
                if isinstance(parent, markup.VoiceResponse) and seconds >= SHORTEST_PAUSE:
                    parent.pause(length=math.ceil(seconds))
            case _:
                assert_never(sound)


def _listen(
    response: markup.VoiceResponse, listen: Listen, sounds: Iterable[Sound], clips: str
) -> None:
    gather = response.gather(
        input="dtmf",
        finish_on_key="",
        num_digits=listen.digits,
        timeout=listen.seconds,
        action_on_empty_result=True,
        action=NEXT,
        method="POST",
    )
    _speak(gather, sounds, clips)
    response.redirect(NEXT, method="POST")


def _dial(response: markup.VoiceResponse, dial: Dial) -> None:
    if not _NUMBER.fullmatch(dial.caller_id):
        raise ValueError("without a number of ours to show, hers would be shown")
    verb = response.dial(
        action=NEXT,
        method="POST",
        answer_on_bridge=True,
        timeout=dial.ring,
        time_limit=LONGEST_CALL,
        caller_id=dial.caller_id,
    )
    _target(verb, dial)


def _target(verb: markup.Dial, dial: Dial) -> None:
    screened: dict[str, str] = {"url": CHILD, "method": "POST"} if dial.screening else {}
    if isinstance(dial.screening, Gate):
        screened |= {"status_callback": TOLD, "status_callback_event": " ".join(EVENTS)}
    if _NUMBER.fullmatch(dial.target):
        verb.number(dial.target, **screened)
    elif _SIP.fullmatch(dial.target):
        verb.sip(dial.target, **screened)
    else:
        raise ValueError("neither a number nor a SIP address")


def _end(response: markup.VoiceResponse, actions: tuple[Action, ...], kind: str) -> None:
    """No document runs off its end: a screened leg would be bridged by it, a caller cut off."""
    match actions[-1] if actions else None:
        case HangUp():
            pass
        case Bridge() if kind in DIALLED:  # the one document whose end joins two telephones
            pass
        case Say() if kind in DIALLING:
            response.redirect(NEXT, method="POST")
        case Listen() | Dial() if kind not in DIALLED:
            pass
        case _:
            response.hangup()
