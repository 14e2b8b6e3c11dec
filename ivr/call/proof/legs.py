"""Rules about the other legs: what a centre hears, and who rings the number that we show."""

from collections.abc import Iterator

from ivr.call.actions import Listen, Say, Spoken, Turn
from ivr.call.legs import Screening
from ivr.call.machine import answer, step
from ivr.call.proof.finding import Finding
from ivr.call.signals import Answered, Done, Pressed
from ivr.call.world import World
from routing.directory import Purpose


def legs(world: World) -> Iterator[Finding]:
    """Everything that cannot be spoken on a leg that is not a caller's."""
    for access in world.directory.access:
        if access.purpose is Purpose.OUTBOUND:
            turn = step(world, answer(world, access.number), Answered())
            yield from _unspeakable(world, f"access number {access.number}", turn)
    for centre in world.directory.centres:
        if centre.active and centre.dial and centre.screening:
            where = f"centre {centre.id}, asked in {centre.screening}"
            for turn in _screenings(world, centre.screening):
                yield from _unspeakable(world, where, turn)
            if centre.screening not in world.edition.by_code:
                yield Finding(
                    "everything said is speakable",
                    where,
                    "The line does not have that language.",
                    "Ask in another one.",
                )


def _screenings(world: World, code: str) -> Iterator[Turn]:
    number = world.edition.number
    for caller in world.edition.offered(rehearsal=world.rehearsal):
        for mute, young in ((False, False), (True, False), (False, True)):
            leg = Screening("", code, caller.code, number, mute, young)
            yield step(world, leg, Answered())
            yield step(world, leg, Pressed("1"))
    proof = Screening("", code, "", number, proof=True)
    yield step(world, proof, Answered())
    yield step(world, proof, Done(ok=True))


def _unspeakable(world: World, where: str, turn: Turn) -> Iterator[Finding]:
    for action in turn.actions:
        for piece in action.pieces if isinstance(action, Say | Listen) else ():
            if isinstance(piece, Spoken) and not world.edition.speakable(
                piece.prompt, piece.language, rehearsal=world.rehearsal
            ):
                yield Finding(
                    "everything said is speakable",
                    where,
                    f"{piece.prompt} cannot be spoken in {piece.language}.",
                    "Approve and record it.",
                )
