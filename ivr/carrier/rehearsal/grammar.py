"""Reads a reply as the strictest carrier would: what is not known to be right is an error.

The codes are Twilio's own, so that what is learnt here can be looked up there. The elements are
those that every compatible engine runs: Say, Play, Pause, Gather, Redirect, Hangup, Dial.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from ivr.carrier.rehearsal.document import (
    Dial,
    Document,
    Gather,
    Hangup,
    Pause,
    Play,
    Redirect,
    Say,
    Verb,
)

MOST_BYTES = 64 * 1024
TYPES = {"text/xml", "application/xml"}
HOUR = 3600


class RefusedReplyError(Exception):
    """Why a carrier will not run a reply: Twilio's error code and a plain sentence."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the code and the sentence."""
        super().__init__(message)
        self.code, self.message = code, message


def _whole(low: int, high: int) -> Callable[[str], bool]:
    return lambda text: bool(re.fullmatch(r"[0-9]{1,6}", text)) and low <= int(text) <= high


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda text: bool(re.fullmatch(pattern, text))


_METHOD = _like("GET|POST")
_BOOLEAN = _like("true|false")
_URL = _like(r"[!-~]+")
_LOOP = _whole(1, 1000)
_WORD = _like(r"[A-Za-z0-9._-]+")
_PHONE = _like(r"\+[1-9][0-9]{6,14}")

Rules = Mapping[str, Callable[[str], bool]]
_STEP = "(initiated|ringing|answered|completed)"
_TOLD: Rules = {
    "statusCallback": _URL,
    "statusCallbackMethod": _METHOD,
    "statusCallbackEvent": _like(f"{_STEP}( {_STEP}){{0,3}}"),
}
ATTRIBUTES: Mapping[str, Rules] = {
    "Response": {},
    "Say": {"voice": _WORD, "language": _like("[a-z]{2,3}(-[A-Za-z]{2,4})?"), "loop": _LOOP},
    "Play": {"loop": _LOOP},
    "Pause": {"length": _whole(1, 600)},
    "Gather": {
        "input": _like("dtmf"),
        "action": _URL,
        "method": _METHOD,
        "timeout": _whole(1, 600),
        "finishOnKey": _like("[0-9*#]*"),
        "numDigits": _whole(1, 100),
        "actionOnEmptyResult": _BOOLEAN,
    },
    "Redirect": {"method": _METHOD},
    "Hangup": {},
    "Dial": {
        "action": _URL,
        "method": _METHOD,
        "timeout": _whole(1, 600),
        "timeLimit": _whole(1, 24 * HOUR),
        "callerId": _PHONE,
        "answerOnBridge": _BOOLEAN,
    },
    "Number": {"url": _URL, "method": _METHOD, **_TOLD},
    "Sip": {"url": _URL, "method": _METHOD, **_TOLD},
}
INSIDE: Mapping[str, frozenset[str]] = {
    "Response": frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Dial"}),
    "Gather": frozenset({"Say", "Play"}),
    "Dial": frozenset({"Number", "Sip"}),
}
SPEAKS: Mapping[str, Callable[[str], bool]] = {
    "Say": _like(r"(?s).{1,4096}"),
    "Play": _like(r"https?://[!-~]+"),
    "Redirect": _URL,
    "Number": _PHONE,
    "Sip": _like(r"sips?:[!-~]+@[!-~]+"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a reply came from: `url` makes relative addresses whole; `dial` says if it may ring."""

    url: str
    dial: bool = True


def read_document(source: Source, content_type: str, body: bytes) -> Document:
    """Read one reply. Raises RefusedReplyError for all that a real carrier would stumble over."""
    if content_type.partition(";")[0].strip().lower() not in TYPES:
        raise RefusedReplyError(12300, f"the content type is {content_type!r}, not text/xml")
    if len(body) > MOST_BYTES:
        raise RefusedReplyError(11750, f"the reply has {len(body)} bytes; {MOST_BYTES} are allowed")
    root = _parse(body)
    if root.tag != "Response":
        raise RefusedReplyError(12100, f"the document is a <{root.tag}>, not a <Response>")
    _check(root)
    return Document(tuple(_verb(source, element) for element in root))


def _parse(body: bytes) -> ElementTree.Element:
    try:
        if "<!" in body.decode().replace("<!--", ""):
            raise RefusedReplyError(12100, "the document declares types or entities")
        return ElementTree.fromstring(body)  # noqa: S314 (no declarations)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise RefusedReplyError(12100, f"the document is not well-formed: {error}") from None


def _check(element: ElementTree.Element) -> None:
    """Check one element with its attributes, its words and everything inside it."""
    name = element.tag
    for attribute, value in element.attrib.items():
        rule = ATTRIBUTES[name].get(attribute)
        if rule is None:
            raise RefusedReplyError(12200, f"<{name}> has no attribute {attribute}")
        if not rule(value):
            raise RefusedReplyError(12200, f"<{name} {attribute}> cannot be {value!r}")
    _check_words(element)
    for child in element:
        if child.tag not in INSIDE.get(name, frozenset()):
            raise RefusedReplyError(12200, f"<{child.tag}> cannot stand inside <{name}>")
        _check(child)


def _check_words(element: ElementTree.Element) -> None:
    rule = SPEAKS.get(element.tag)
    words = (element.text or "").strip()
    stray = words if rule is None else ""
    if stray or any((child.tail or "").strip() for child in element):
        raise RefusedReplyError(12200, f"<{element.tag}> has words of its own")
    if rule is not None and not rule(words):
        raise RefusedReplyError(12200, f"<{element.tag}> cannot hold {words!r}")


def _verb(source: Source, element: ElementTree.Element) -> Verb:
    words, given = (element.text or "").strip(), element.attrib
    match element.tag:
        case "Say":
            voice, language = given.get("voice", ""), given.get("language", "")
            return Say(words, voice, language, int(given.get("loop", "1")))
        case "Play":
            return Play(words, int(given.get("loop", "1")))
        case "Pause":
            return Pause(int(given.get("length", "1")))
        case "Redirect":
            return Redirect(_whole_url(source, words), given.get("method", "POST"))
        case "Gather":
            return _gather(source, element)
        case "Dial":
            return _dial(source, element)
        case _:
            return Hangup()


def _gather(source: Source, element: ElementTree.Element) -> Gather:
    given = element.attrib
    sounds = tuple(_verb(source, child) for child in element)
    return Gather(
        action=_whole_url(source, given.get("action", source.url)),
        method=given.get("method", "POST"),
        timeout=int(given.get("timeout", "5")),
        finish=given.get("finishOnKey", "#"),
        digits=int(given.get("numDigits", "0")),
        on_empty=given.get("actionOnEmptyResult") == "true",
        sounds=tuple(sound for sound in sounds if isinstance(sound, Say | Play)),
    )


def _dial(source: Source, element: ElementTree.Element) -> Dial:
    if not source.dial:
        raise RefusedReplyError(13200, "whoever picked up a dialled leg meets a <Dial>")
    if len(element) != 1:
        raise RefusedReplyError(13201, f"<Dial> rings {len(element)} numbers, not one")
    given, noun = element.attrib, element[0]
    action = given.get("action", "")
    screening, told = noun.attrib.get("url", ""), noun.attrib.get("statusCallback", "")
    return Dial(
        to=(noun.text or "").strip(),
        url=_whole_url(source, screening) if screening else "",
        url_method=noun.attrib.get("method", "POST"),
        caller_id=given.get("callerId", ""),
        timeout=int(given.get("timeout", "30")),
        limit=int(given.get("timeLimit", str(4 * HOUR))),
        answer_on_bridge=given.get("answerOnBridge") == "true",
        action=_whole_url(source, action) if action else "",
        method=given.get("method", "POST"),
        told_url=_whole_url(source, told) if told else "",
        told_method=noun.attrib.get("statusCallbackMethod", "POST"),
        told_events=frozenset(noun.attrib.get("statusCallbackEvent", "completed").split()),
    )


def _whole_url(source: Source, url: str) -> str:
    """Make an address whole, as carriers do. Raises RefusedReplyError where it is none."""
    try:
        whole = urljoin(source.url, url)
        if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname:
            return whole
    except ValueError:
        pass
    raise RefusedReplyError(11100, f"{url!r} is no address that can be asked")
