"""A judge of documents that is not our own builder: the typings of the carrier's library for Node.

`VoiceResponse.d.ts` says which verbs there are, what may stand inside which, which attributes each
has, and which values those take. On top of it stand the rules of the portable subset, and the
line's own: where a document may end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

TYPINGS = Path(__file__).parent / "node/node_modules/twilio/lib/twiml/VoiceResponse.d.ts"
MOST_BYTES = 64 * 1024
PORTABLE = {
    "Response": {"Say", "Play", "Gather", "Dial", "Redirect", "Hangup", "Pause"},
    "Gather": {"Say", "Play"},
    "Dial": {"Number", "Sip"},
}
TERMINAL = {"Dial", "Redirect", "Hangup"}
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass
class Verb:
    """One element: its attributes with their types, and what may stand inside it."""

    attributes: dict[str, str] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)


@dataclass
class Grammar:
    """All elements by name, and the named sets of values."""

    verbs: dict[str, Verb]
    values: dict[str, frozenset[str]]


@cache
def grammar() -> Grammar | None:
    """The grammar of the typings; None where the library for Node is not installed."""
    if not TYPINGS.is_file():
        return None
    source = TYPINGS.read_text(encoding="utf-8")
    values = {
        name: frozenset(re.findall(r'"([^"]*)"', row))
        for name, row in re.findall(r"^    type (\w+) = ([^;]+);", source, re.M)
    }
    verbs: dict[str, Verb] = {}
    for name, body in _blocks(source, r"class (\w+) extends TwiML"):
        verb = verbs.setdefault("Response" if name == "VoiceResponse" else name, Verb())
        verb.inside |= set(re.findall(r"\): VoiceResponse\.(\w+);", body))
    for name, body in _blocks(source, r"interface (\w+)Attributes"):
        rows = re.findall(r'^        "?([\w:-]+)"?\?: ([^;]+);', body, re.M)
        verbs.setdefault(name, Verb()).attributes.update(rows)
    return Grammar(verbs, values)


def _blocks(source: str, head: str) -> Iterator[tuple[str, str]]:
    """The classes or interfaces of the typings with their bodies, told by their indentation."""
    for found in re.finditer(
        rf"^( *)(?:export |declare )*{head} \{{\n(.*?)^\1\}}", source, re.M | re.S
    ):
        yield found[2], found[3]


def validate(xml: bytes | str, kind: str = "inbound") -> list[str]:
    """Everything that is wrong with the answer of a leg (`inbound`, `operator`, `screening`,
    `gate`, `deadend`; `bridge`: a dialled leg that was let through, whose end joins telephones).
    """
    raw = xml.encode() if isinstance(xml, str) else xml
    problems = [] if len(raw) <= MOST_BYTES else ["over 64 KB"]
    try:
        root = ET.fromstring(raw)  # noqa: S314  # what the line itself has just written
    except ET.ParseError as error:
        return [*problems, f"not well-formed: {error}"]
    if root.tag != "Response":
        return [*problems, f"begins with {root.tag}"]
    known = grammar()
    return [
        *problems,
        *(_against(known, root) if known else ()),
        *_portable(root),
        *_ends(root, kind),
    ]


def _against(known: Grammar, element: ET.Element) -> Iterator[str]:
    verb = known.verbs[element.tag]
    for name, value in element.attrib.items():
        if name not in verb.attributes:
            yield f"<{element.tag}> has no attribute {name}"
        elif not _fits(known, verb.attributes[name], value):
            yield f"<{element.tag} {name}> cannot be {value!r}"
    for child in element:
        if child.tag not in verb.inside:
            yield f"<{child.tag}> inside <{element.tag}>"
        else:
            yield from _against(known, child)


def _fits(known: Grammar, kind: str, value: str) -> bool:
    if kind.endswith("[]"):
        return all(_fits(known, kind[:-2], one) for one in value.split())
    if kind == "boolean":
        return value in ("true", "false")
    if kind == "number":
        return re.fullmatch(r"[0-9]+", value) is not None
    return kind == "string" or value in known.values[kind]


def _portable(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        allowed = PORTABLE.get(element.tag, set())
        yield from (
            f"<{one.tag}> inside <{element.tag}> is not portable"
            for one in element
            if one.tag not in allowed
        )
        if element.tag in ("Play", "Say", "Redirect", "Number", "Sip") and not element.text:
            yield f"<{element.tag}> without content"
    yield from _keys(root)
    yield from _dials(root)


def _keys(root: ET.Element) -> Iterator[str]:
    wanted = {
        "input": "dtmf",
        "finishOnKey": "",
        "actionOnEmptyResult": "true",
        "method": "POST",
    }
    for place, verb in enumerate(root):
        if verb.tag != "Gather":
            continue
        yield from (f"<Gather {k}> is not {v!r}" for k, v in wanted.items() if verb.get(k) != v)
        if not re.fullmatch("[1-9]|1[0-7]", verb.get("numDigits", "")):
            yield "<Gather> without a number of keys"
        if not verb.get("action") or int(verb.get("timeout", "0")) < 1:
            yield "<Gather> without action or time-out"
        after = root[place + 1] if place + 1 < len(root) else None
        if after is None or after.tag != "Redirect" or after.text != verb.get("action"):
            yield "<Gather> without its <Redirect>"


def _dials(root: ET.Element) -> Iterator[str]:
    for verb in root.iter("Dial"):
        if len(verb) != 1 or (verb.text or "").strip():
            yield "<Dial> to none, to several, or without a noun"
        if verb.get("answerOnBridge") != "true" or not verb.get("timeLimit"):
            yield "<Dial> without answerOnBridge or timeLimit"
        if not NUMBER.fullmatch(verb.get("callerId", "")):
            yield "<Dial> without a caller ID"
        if not verb.get("action") or verb.get("method") != "POST":
            yield "<Dial> without an action that is posted"
        yield from (
            f"<{noun.tag}> screened by GET"
            for noun in verb
            if noun.get("url") and noun.get("method") != "POST"
        )


def _ends(root: ET.Element, kind: str) -> Iterator[str]:
    last = root[-1].tag if len(root) else ""
    if kind not in ("inbound", "operator"):
        if root.findall("Dial"):
            yield f"<Dial> on the leg {kind}"
        if kind == "bridge":
            yield from (
                f"<{verb.tag}> before a bridge" for verb in root if verb.tag not in ("Play", "Say")
            )
        elif kind == "deadend" and last == "Redirect" and root[-2].tag == "Gather":
            pass
        elif last != "Hangup" and not (kind in ("screening", "gate") and not len(root)):
            yield f"the leg {kind} does not end in <Hangup>"
    elif last not in TERMINAL:
        yield "a caller's document that runs off its end"
    ended = [verb.tag for verb in root[:-1] if verb.tag in ("Hangup", "Dial")] if len(root) else []
    yield from (f"nothing after <{tag}> is ever done" for tag in ended)
