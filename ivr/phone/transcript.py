"""What happened in a call, as lines that a person can read: who spoke, which words, which keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ivr.call.legs import DeadEnd, Gate, Inbound, OperatorLeg, Screening
from ivr.carrier.rehearsal.legs import Entry
from ivr.phone.hearing import Ear, Said
from ivr.phone.words import words
from routing.directory import Purpose


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `who` did it: caller, operator, other (somebody else who was rung), carrier; or
    whom the line speaks to: line (the caller), gate (whoever picks up her telephone when it was
    rung), headset (the operator), centre (others). `kind` says what it is; `facts` what belongs
    to it.
    """

    n: int
    moment: str
    who: str
    kind: str
    said: tuple[Said, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    def tell(self, ear: Ear, language: str) -> str:
        """What a line that is not speech says, in the words of the page."""
        facts = dict(self.facts)
        text = words(language)[f"kind.{self.kind}"]
        if self.kind == "rings":
            facts["place"] = ear.name_of(facts["place"], language) or facts["to"]
        return text.format_map(facts)


@dataclass(frozen=True, slots=True)
class Side:
    """One telephone of a call: who holds it, what to call what is heard on it, whether it was the
    `first`, and whether it was `rung` (or rang us).
    """

    who: str
    heard: str
    first: bool
    rung: bool


CALL = {True: Side("caller", "line", True, False), False: Side("other", "centre", False, True)}
CALLBACK = {
    True: Side("operator", "headset", True, True),
    False: Side("caller", "gate", False, True),
}
"""The two telephones of a call, the first leg's by True: she rings us, or is called back."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call stands: the kind of leg, the node of the menu, the caller's language, whether
    an ordinary recording covers it.
    """

    leg: str
    node: str
    language: str
    covered: bool


def place(ear: Ear, call: str, entries: Iterable[Entry]) -> Place | None:
    """Where the caller stands after the last document of these entries; None where none says so."""
    found = None
    for entry in entries:
        if entry["what"] == "reply" and entry["call"] == call:
            found = _place(ear, entry) or found
        elif entry["what"] == "call" and entry["call"] == call:
            found = found or _rung(ear, entry["record"])
    return found


def _rung(ear: Ear, record: Entry) -> Place | None:
    """Where a call stands by the number that it rang, whatever its documents tell."""
    access = ear.line.world("rehearsal").directory.by_number.get(record["to"])
    dead = access is not None and access.purpose is Purpose.OUTBOUND
    return Place("deadend", "", access.language, False) if access and dead else None


def _place(ear: Ear, entry: Entry) -> Place | None:
    match ear.call(str(entry["body"]), str(entry["call"])):
        case Inbound() as leg:
            return Place("inbound", leg.node, leg.language, bool(leg.covered))
        case DeadEnd() as leg:
            return Place("deadend", "", leg.language, False)
        case Screening() | OperatorLeg() | Gate() | None:
            return None


def document(call: str, entries: Iterable[Entry], *, placed: bool = False) -> str:
    """The last document that the caller's leg was given, or either leg of a call to her; empty
    where there is none.
    """
    replies = [
        str(entry["body"])
        for entry in entries
        if entry["what"] == "reply"
        and (placed or entry["call"] == call)
        and entry["purpose"] == "document"
    ]
    return replies[-1] if replies else ""


def lines(ear: Ear, call: str, entries: Iterable[Entry], *, placed: bool = False) -> Iterator[Line]:
    """The lines of some entries of the call that began with the leg `call`; where it was `placed`
    that leg is the operator's, and the one that it dialled the caller's. Its end comes last.
    """
    sides = CALLBACK if placed else CALL
    last = None
    for entry in entries:
        line = _line(ear, entry, sides[entry["call"] == call])
        if line is not None and line.kind == "over":
            last = line
        elif line is not None:
            yield line
    if last is not None:
        yield last


def _line(ear: Ear, entry: Entry, side: Side) -> Line | None:
    """What is heard and pressed on one telephone."""
    who = side.who
    match entry["what"]:
        case "heard" if entry["kind"] != "pause":
            return _make(entry, side.heard, "says", said=_said(ear, entry))
        case "pressed":
            kind = "pressed" if entry["taken"] else "dead" if entry["tones"] else "toneless"
            return _make(entry, who, kind, key=entry["key"])
        case "silence":
            return _make(entry, who, "silence", seconds=f"{entry['seconds']:.0f}")
        case "error":
            return _make(entry, "carrier", "error", code=entry["code"], message=entry["message"])
        case _:
            return _between(ear, entry, side)


def _between(ear: Ear, entry: Entry, side: Side) -> Line | None:
    """What happens between two telephones."""
    match entry["what"]:
        case "dialled" if side is CALLBACK[True]:
            return _make(entry, "carrier", "rings.back", to=entry["to"])
        case "dialled":
            return _make(entry, "carrier", "rings", to=entry["to"], place=_whose(ear, entry))
        case "answered" if side.rung and entry["greeting"]:
            return _make(entry, side.who, "machine", greeting=entry["greeting"])
        case "answered" if side.rung:
            return _make(entry, side.who, "answers")
        case "bridged":
            return _make(entry, "carrier", "together" if side is CALL[True] else "together.back")
        case "ended":
            kind = "over" if side.first else f"gone.{entry['status']}"
            return _make(entry, "carrier", kind, reason=entry["reason"])
        case _:
            return None


def _make(entry: Entry, who: str, kind: str, said: tuple[Said, ...] = (), **facts: object) -> Line:
    told = tuple((name, str(value)) for name, value in facts.items())
    return Line(int(entry["n"]), str(entry["moment"]), who, kind, said, told)


def _said(ear: Ear, entry: Entry) -> tuple[Said, ...]:
    sound = str(entry["sound"])
    if entry["kind"] == "clip":
        return ear.clip(sound)
    return ear.voice(sound, str(entry["language"]))


def _whose(ear: Ear, entry: Entry) -> str:
    """The centre that is rung, by its id; empty where the number is none of the directory's."""
    for centre in ear.line.world("rehearsal").directory.centres:
        if centre.dial == entry["to"]:
            return centre.id
    return ""
