"""Webhooks that nobody honest sent: every route, every way of being wrong, as many as asked for."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice

from ivr.voice.form import Fields
from ivr.voice.signature import sign
from tests.voice.telephone import BASE, FORM, REHEARSAL_TOKEN, TWILIO_SID, House, Leg


@dataclass(frozen=True)
class Attempt:
    """One webhook as it is about to be posted."""

    target: str
    fields: Fields
    signature: str
    media: str = FORM


Mutation = Callable[[random.Random, Attempt], Attempt]


def with_fields(change: Callable[[random.Random, Fields], Fields]) -> Mutation:
    """The same signature for another form."""
    return lambda dice, one: replace(one, fields=change(dice, list(one.fields)))


def other_key(dice: random.Random, fields: Fields) -> Fields:
    """Another key than the one that was signed for."""
    return [*fields[:-1], ("Digits", dice.choice("0123456789*#") * 2)]


def other_name(dice: random.Random, fields: Fields) -> Fields:
    """One name written otherwise."""
    place = dice.randrange(len(fields))
    name, value = fields[place]
    return [*fields[:place], (name.swapcase(), value), *fields[place + 1 :]]


def less(dice: random.Random, fields: Fields) -> Fields:
    """One parameter missing."""
    place = dice.randrange(len(fields))
    return fields[:place] + fields[place + 1 :]


def flipped(dice: random.Random, one: Attempt) -> Attempt:
    """One sign of the signature changed."""
    place = dice.randrange(27)
    other = dice.choice([sign for sign in "AZaz09+/" if sign != one.signature[place]])
    return replace(one, signature=f"{one.signature[:place]}{other}{one.signature[place + 1 :]}")


def strangers(dice: random.Random, one: Attempt) -> Attempt:
    """Signed with a token that is nobody's."""
    return replace(one, signature=sign(BASE, one.target, one.fields, f"{dice.random()}"))


MUTATIONS: tuple[Mutation, ...] = (
    flipped,
    strangers,
    lambda _, one: replace(one, signature=sign(BASE, one.target, one.fields, REHEARSAL_TOKEN)),
    lambda _, one: replace(one, signature=sign("http://x", one.target, one.fields, "")),
    lambda _, one: replace(one, signature=""),
    lambda _, one: replace(one, signature=one.signature.lower()),
    lambda _, one: replace(one, signature=f" {one.signature}="),
    lambda dice, one: replace(one, target=one.target + dice.choice(["?", "?a=1", "A", "%00", ";"])),
    lambda _, one: replace(one, target=one.target.replace("/voice/", "/voice//")),
    lambda _, one: replace(one, media="application/json"),
    lambda _, one: replace(one, media="multipart/form-data; boundary=x"),
    with_fields(other_key),
    with_fields(other_name),
    with_fields(less),
    with_fields(lambda _, fields: [*fields, ("AccountSid", TWILIO_SID)]),
    with_fields(lambda dice, fields: [*fields, (f"x{dice.random()}", "1")]),
    with_fields(lambda _, fields: []),
    with_fields(lambda _, fields: [*fields] * 30),
)


def honest(house: House) -> tuple[Attempt, ...]:
    """One honest webhook for every route of the door, as it would be posted."""
    legs = [
        house.call(),
        house.call().says().presses("1"),
        house.call(kind="deadend", target="/voice/deadend/none"),
        house.call(kind="screening", target="/voice/screening/none", parent="CA" + "e" * 32),
        house.call(kind="operator", target="/voice/operator/none"),
        house.call(kind="gate", target="/voice/gate/none", parent="CA" + "e" * 32),
        house.call(target="/voice/status"),
        house.call(target="/voice/attempt/one/status"),
    ]
    return tuple(_attempt(leg) for leg in legs)


def _attempt(leg: Leg) -> Attempt:
    fields = leg.fields(Digits="1")
    return Attempt(leg.target, fields, sign(BASE, leg.target, fields, leg.token))


def forgeries(every: tuple[Attempt, ...], seed: int) -> Iterator[Attempt]:
    """Forgeries without end: every honest webhook with every mutation in turn."""
    dice = random.Random(seed)  # noqa: S311  # no secret is made of it
    for one, mutate in cycle([(one, mutate) for one in every for mutate in MUTATIONS]):
        forged = mutate(dice, one)
        if forged != one:
            yield forged


def post(house: House, one: Attempt) -> int:
    """Post it; the status of the answer."""
    answer = house.post(one.target, one.fields, signature=one.signature, media=one.media)
    assert not answer.data or answer.status_code != 403
    return answer.status_code


def attack(count: int, seed: int = 1) -> Counter[int]:
    """Try so many forgeries; the statuses of the answers. Nothing may have been counted or done."""
    house = House()
    every = honest(house)
    before = len(house.tally.turns)
    statuses = Counter(post(house, one) for one in islice(forgeries(every, seed), count))
    assert len(house.tally.turns) == before
    assert not house.tally.ends
    assert not house.attempts.news
    assert not house.effects.proved
    return statuses


def visit(count: int) -> Counter[int]:
    """So many honest webhooks; the statuses of the answers."""
    house = House()
    return Counter(post(house, one) for one in islice(cycle(honest(house)), count))
