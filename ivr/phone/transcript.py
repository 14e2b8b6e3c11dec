"""What happened in a call, as lines that a person can read: who spoke, which words, which keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ivr.call.legs import DeadEnd, Inbound, Screening
from ivr.carrier.rehearsal.legs import Entry
from ivr.phone.hearing import Ear, Said
from ivr.phone.words import words


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `who` is line (it speaks to the caller), caller, other (whoever was rung), centre
    (the line speaks to them) or carrier. `kind` says what it is; `facts` what belongs to it.
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
    return found


def _place(ear: Ear, entry: Entry) -> Place | None:
    match ear.call(str(entry["body"]), str(entry["call"])):
        case Inbound() as leg:
            return Place("inbound", leg.node, leg.language, bool(leg.covered))
        case DeadEnd() as leg:
            return Place("deadend", "", leg.language, False)
        case Screening() | None:
            return None


def document(call: str, entries: Iterable[Entry]) -> str:
    """The last document that the caller's leg was given; empty where there is none."""
    replies = [
        str(entry["body"])
        for entry in entries
        if entry["what"] == "reply" and entry["call"] == call and entry["purpose"] == "document"
    ]
    return replies[-1] if replies else ""


def lines(ear: Ear, call: str, entries: Iterable[Entry]) -> Iterator[Line]:
    """The lines of some entries of the call that began with the leg `call`."""
    for entry in entries:
        line = _line(ear, entry, own=entry["call"] == call)
        if line is not None:
            yield line


def _line(ear: Ear, entry: Entry, *, own: bool) -> Line | None:
    """What is heard and pressed on one telephone."""
    who = "caller" if own else "other"
    match entry["what"]:
        case "heard" if entry["kind"] != "pause":
            return _make(entry, "line" if own else "centre", "says", said=_said(ear, entry))
        case "pressed":
            kind = "pressed" if entry["taken"] else "dead" if entry["tones"] else "toneless"
            return _make(entry, who, kind, key=entry["key"])
        case "silence":
            return _make(entry, who, "silence", seconds=f"{entry['seconds']:.0f}")
        case "error":
            return _make(entry, "carrier", "error", code=entry["code"], message=entry["message"])
        case _:
            return _between(ear, entry, own=own)


def _between(ear: Ear, entry: Entry, *, own: bool) -> Line | None:
    """What happens between two telephones."""
    match entry["what"]:
        case "dialled":
            return _make(entry, "carrier", "rings", to=entry["to"], place=_whose(ear, entry))
        case "answered" if not own and entry["greeting"]:
            return _make(entry, "other", "machine", greeting=entry["greeting"])
        case "answered" if not own:
            return _make(entry, "other", "answers")
        case "bridged":
            return _make(entry, "carrier", "together")
        case "ended":
            kind = "over" if own else f"gone.{entry['status']}"
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
