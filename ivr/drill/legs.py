"""The drill of legs: every error at every step of every leg but hers who rings us.

No leg may ever say what belongs on another one, nobody may be let through without the code or the
key, and no telephone may be rung but by an operator who pressed 1. What each leg may say is listed
here by hand, and how a document ends is read from the document.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any
from xml.etree import ElementTree as ET

from ivr.call.actions import Bridge, Check, Say, Turn
from ivr.call.actions import Spoken as Words
from ivr.call.legs import DeadEnd, Gate, OperatorLeg, Screening
from ivr.call.signals import Checked
from ivr.drill.exchange import (
    AT,
    CODE,
    HERS,
    OURS,
    SECRET,
    SID,
    Form,
    Parts,
    ask,
    onward,
    open_door,
    said_in,
)
from ivr.drill.score import Score, count
from ivr.logs import quiet
from ivr.voice.desk import Desk
from ivr.voice.seal import Binding, State, seal

CALL, PARENT, STRANGER = "CA" + "a" * 32, "CA" + "b" * 32, "CA" + "c" * 32
COVER, HIS = "fr", "nl"
ALLOWED: dict[str, tuple[str, ...]] = {
    "gate": ("gate.hello", "gate.wrong", "gate.message"),
    "screening": ("screen.", "speaks.", "key.1"),
    "operator": ("operator.", "speaks.", "key.1"),
    "deadend": ("deadend.closed",),
}
"""What may be heard on a leg, by the beginning of its key."""
PASSES: dict[str, tuple[str, ...]] = {"gate": (CODE,), "screening": ("1",), "operator": ("1",)}
"""The keys that let somebody through, or let her telephone ring."""
CHILDREN = ("gate", "screening")
KEYED = ("", "1", "0", "*", "#", CODE, "1174", "4", "47114711")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """One step of one leg: the kind and the state of its address, as its own call asks it."""

    kind: str
    token: str
    form: tuple[tuple[str, str], ...]

    @property
    def given(self) -> Form:
        """The form without keys."""
        return dict(self.form)


def beginnings(secrets: tuple[bytes, ...] = (SECRET,)) -> Iterator[Spot]:
    """Every leg at its first step."""
    day = AT.astimezone(UTC).date()
    legs = (
        (Gate("a" * 43, COVER, 0), PARENT, 1),
        (Gate("a" * 43, COVER, 0, voicemail=True), PARENT, 1),
        (Screening("+12025550177", HIS, "en", 0), PARENT, 1),
        (Screening("+12025550177", HIS, "en", 0, mute=True), PARENT, 1),
        (OperatorLeg("a" * 43, HIS, "en", 0), "", 0),
        (DeadEnd(OURS, COVER, 0, caller=HERS), CALL, 0),
        (DeadEnd(OURS, COVER, 0), CALL, 0),
    )
    kinds: dict[type[Any], str] = {Gate: "gate", Screening: "screening", OperatorLeg: "operator",
                                   DeadEnd: "deadend"}  # fmt: skip
    for leg, call, place in legs:
        kind = kinds[type(leg)]
        bound = Binding(SID, kind, call, place)
        form = [("CallSid", CALL), ("CallStatus", "in-progress"), ("From", HERS), ("To", OURS)]
        if kind in CHILDREN:
            form.append(("ParentCallSid", PARENT))
        yield Spot(kind, seal(secrets, bound, State(leg, 0, day)), tuple(form))


def spots() -> list[Spot]:
    """Every step of every leg that keys and silences lead to."""
    desk = open_door(Parts())
    found = {(one.kind, one.token): one for one in beginnings()}
    last = list(found.values())
    for _ in range(DEEPEST):
        following = [new for one in last for new in _after(desk, one)]
        last = [one for one in following if (one.kind, one.token) not in found]
        found |= {(one.kind, one.token): one for one in last}
    return list(found.values())


def _after(desk: Desk, spot: Spot) -> Iterator[Spot]:
    for keys in KEYED:
        kind, token = onward(ask(desk, spot.kind, spot.token, {**spot.given, "Digits": keys}))
        if kind in ALLOWED and kind == spot.kind:
            yield replace(spot, token=token)


Trouble = tuple[str, frozenset[str], Callable[[Spot, str], tuple[str, str, Form]]]


def troubles(every: list[Spot]) -> list[Trouble]:
    """Every way in which a turn can go wrong: something breaks, or an address or a form is odd."""

    def as_it_is(spot: Spot, keys: str) -> tuple[str, str, Form]:
        return spot.kind, spot.token, {**spot.given, "Digits": keys}

    def form(**changes: str) -> Callable[[Spot, str], tuple[str, str, Form]]:
        return lambda spot, keys: (
            spot.kind, spot.token, {**spot.given, "Digits": keys, **changes},
        )  # fmt: skip

    def token(change: Callable[[str], str]) -> Callable[[Spot, str], tuple[str, str, Form]]:
        return lambda spot, keys: (
            spot.kind, change(spot.token), {**spot.given, "Digits": keys},
        )  # fmt: skip

    def kind(name: str) -> Callable[[Spot, str], tuple[str, str, Form]]:
        return lambda spot, keys: (name, spot.token, {**spot.given, "Digits": keys})

    parts = ("step", "effect", "world", "edition", "news", "count", "answer")
    broken = [(one, frozenset({one}), as_it_is) for one in parts]
    both = [(f"{one} and fail", frozenset({one, "fail"}), as_it_is) for one in parts]
    foreign = [token(lambda _, other=other: other.token) for other in every[:: len(every) // 8 + 1]]  # type: ignore[misc]  # a lambda with its own copy
    return [
        ("nothing", frozenset(), as_it_is),
        *broken,
        *both,
        ("no token", frozenset(), token(lambda _: "none")),
        ("a cut token", frozenset(), token(lambda one: one[:-4])),
        ("a turned token", frozenset(), token(lambda one: one[:-5] + one[-5:][::-1])),
        *(("another's token", frozenset[str](), one) for one in foreign),
        *((f"as {name}", frozenset[str](), kind(name)) for name in (*ALLOWED, "nonsense")),
        ("another call", frozenset(), form(CallSid=STRANGER)),
        ("another parent", frozenset(), form(ParentCallSid=STRANGER)),
        ("no call", frozenset(), form(CallSid="x")),
        ("odd keys", frozenset(), form(Digits="²")),
        ("hung up", frozenset(), form(CallStatus="completed")),
        ("a dial ended", frozenset(), form(DialCallStatus="completed", DialBridged="true")),
    ]


def drill(*, most: int = 10**9, fault: str = "") -> Score:
    """Every trouble at every step, with every key; up to so many. `fault` plants one."""
    every = spots()
    tries = [
        (spot, trouble, keys)
        for trouble in troubles(every) for spot in every for keys in KEYED
    ]  # fmt: skip
    dice = random.Random(len(tries))  # noqa: S311  # no secret is made of it
    parts: Parts = FAULTS[fault]() if fault else Parts()
    desk = open_door(parts)
    with quiet():
        return count(_try(desk, parts, *one) for one in dice.sample(tries, min(most, len(tries))))


def _try(desk: Desk, parts: Parts, spot: Spot, trouble: Trouble, keys: str) -> str:
    name, broken, change = trouble
    kind, token, form = change(spot, keys)
    parts.broken = set(broken)
    try:
        reply = ask(desk, kind, token, form)
    finally:
        parts.broken = set()
    wrong = "; ".join(_wrong(kind, reply, form.get("Digits", "")))
    return f"{spot.kind}, {name}, {keys!r}: {wrong}" if wrong else ""


def _wrong(kind: str, reply: bytes, keys: str) -> Iterator[str]:
    """What is wrong with a reply on a leg of this kind, whoever made it."""
    allowed = ALLOWED.get(kind, ())
    for prompt, language in said_in(reply):
        if not prompt.startswith(allowed or ("nothing",)):
            yield f"it says {prompt} in {language}"
        elif kind == "gate" and language != COVER:
            yield f"it says {prompt} in {language}, which is not the cover's"
    verbs = [verb.tag for verb in ET.fromstring(reply)]  # noqa: S314  # the line's own
    passed = any(one in keys for one in PASSES.get(kind, ()))
    if kind != "operator" and kind != "deadend" and not _ends(verbs) and not passed:
        yield "it runs off its end, and bridges"
    if "Dial" in verbs and not (kind == "operator" and passed):
        yield "it dials"
    if HERS.encode() in reply and "Dial" not in verbs:
        yield "it shows her number"


def _ends(verbs: list[str]) -> bool:
    return bool(verbs) and verbs[-1] == "Hangup"


WRONG_WORDS, OPEN_GATE, ANY_CODE = "another leg's words", "an open gate", "any code is right"


class _WrongWords(Parts):
    """Every leg that breaks says what the caller's would."""

    def fail(self, world: Any, call: Any) -> Turn:
        """The words of the inbound leg."""
        return Turn(call, (Say((Words("hello.welcome", "nl"),)),))


class _OpenGate(Parts):
    """Silence at the gate lets somebody through."""

    def step(self, world: Any, call: Any, signal: Any) -> Any:
        """The real machine, but for that."""
        turn = super().step(world, call, signal)
        waited = isinstance(call, Gate) and call.said > 1
        return Turn(call, (Bridge(),)) if waited else turn


class _AnyCode(Parts):
    """Whatever is keyed is taken for her code."""

    def carry_out(self, effect: Any, **given: Any) -> Any:
        """Right whatever it is."""
        return Checked(True) if isinstance(effect, Check) else super().carry_out(effect, **given)


FAULTS: dict[str, type[Parts]] = {
    WRONG_WORDS: _WrongWords,
    OPEN_GATE: _OpenGate,
    ANY_CODE: _AnyCode,
}
