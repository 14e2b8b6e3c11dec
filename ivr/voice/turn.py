"""One turn, from a webhook whose signature held to the document that answers it.

Read the signal, unseal, step, carry an effect out and step once more, seal, render, count.
Whatever breaks on the way, the leg gets an answer that leads somewhere.
"""

from functools import partial

from ivr.call.actions import Turn
from ivr.call.legs import NAMES, Call
from ivr.call.signals import Answered, HungUp, Signal
from ivr.call.world import World
from ivr.voice.address import address, address_of_child, address_of_news
from ivr.voice.clips import sounds
from ivr.voice.desk import Desk
from ivr.voice.effects import caller_of, effect_of, speech_of
from ivr.voice.memory import LOST, in_its_edition, look, recall
from ivr.voice.news import of_turn
from ivr.voice.report import report
from ivr.voice.request import Webhook
from ivr.voice.seal import Binding, State, UnreadableError
from ivr.voice.signals import Heard, read_signal
from ivr.voice.twiml import SCREENING, render


def take_turn(desk: Desk, webhook: Webhook, kind: str, token: str = "") -> bytes:
    """Answer a webhook. `kind` is the leg that its address names, `token` the sealed state; a new
    call has none.
    """
    try:
        heard = read_signal(webhook.fields)
        world, today = look(desk, webhook, heard)
        bound, state = recall(desk, world, webhook, heard, kind, token, today)
        world = in_its_edition(desk, world, state.call)
        return _answer(desk, world, heard, bound, state)
    except Exception as error:
        report(error, kind, webhook.account.carrier)
        return desk.last.get(kind, desk.last[SCREENING])


def _answer(desk: Desk, world: World, heard: Heard, bound: Binding, state: State) -> bytes:
    signal = _signal(heard, state)
    try:
        turn = _play(desk, world, heard, state, signal)
        reply = _speak(desk, world, bound, state, turn)
    except Exception as error:
        report(error, bound.kind, world.carrier)
        turn = desk.machine.fail(world, state.call)
        reply = _speak(desk, world, bound, state, turn)
    _count(desk, world, state.call, heard.dialled or signal, turn)
    _tell(desk, world, heard, state.call)
    return reply


def _signal(heard: Heard, state: State) -> Signal:
    """What happened: on the first step of a leg, that it was answered."""
    return heard.signal if state.step or isinstance(heard.signal, HungUp) else Answered()


def _play(desk: Desk, world: World, heard: Heard, state: State, signal: Signal) -> Turn:
    """Step; and once more with the result when there is an effect."""
    if state.step == LOST:
        raise UnreadableError
    turn = desk.machine.step(world, state.call, signal)
    effect = effect_of(turn)
    if effect is None:
        return turn
    done = desk.effects.carry_out(
        effect,
        call=heard.call,
        step=state.step,
        carrier=world.carrier,
        caller=caller_of(state.call),
        at=world.at,
    )
    after = desk.machine.step(world, turn.call, done)
    return Turn(after.call, (*speech_of(turn), *speech_of(after)))


def _speak(desk: Desk, world: World, bound: Binding, state: State, turn: Turn) -> bytes:
    edition = world.edition
    bound = bound._replace(kind=NAMES[type(turn.call)])  # the dead end may become a caller's leg
    clips, said = f"{desk.base}/audio/", partial(sounds, edition, desk.secrets)
    news = address_of_news(desk.base, turn)
    document = (
        render(turn.actions, bound.kind, clips, said)  # it holds her number: it is not kept
        if news
        else desk.documents.get(
            (edition.number, edition.digest, bound.kind, turn.actions),
            lambda: render(turn.actions, bound.kind, clips, said),
        )
    )
    following = State(turn.call, state.step + 1, state.day)
    return document.fill(
        address(desk.base, desk.secrets, bound, following),
        address_of_child(desk.base, desk.secrets, bound, turn, state.day),
        news,
    )


def _count(desk: Desk, world: World, before: Call, signal: Signal, turn: Turn) -> None:
    try:
        desk.tally.turn(world, before, signal, turn)
    except Exception as error:  # what cannot be counted is answered all the same
        report(error, "", world.carrier)


def _tell(desk: Desk, world: World, heard: Heard, before: Call) -> None:
    for news in of_turn(before, heard, world.carrier, world.at):
        try:
            desk.attempts.take(news)
        except Exception as error:  # the sweeps ask the carrier for what was missed here
            report(error, "", world.carrier)
