"""What happened, as lines that somebody can read."""

from typing import Any

import pytest

from ivr.call.legs import DeadEnd, Inbound, Screening
from ivr.phone.relay import indented
from ivr.phone.transcript import document, lines, place
from ivr.phone.words import LANGUAGES
from tests.phone.lines import clip, ear
from tests.phone.test_hearing import SID, a_call
from tests.phone.test_hearing import document as sends_on
from tests.worlds import shipped_directory

OTHER = "CA" + "2" * 32


def entry(what: str, call: str = SID, **facts: Any) -> dict[str, Any]:
    return {"n": 7, "at": "", "moment": "2026-03-04T12:00:00+00:00", "call": call, "what": what,
            **facts}  # fmt: skip


def told(what: str, call: str = SID, language: str = "en", **facts: Any) -> tuple[str, str]:
    listener = ear()
    (line,) = lines(listener, SID, [entry(what, call, **facts)])
    return line.who, line.tell(listener, language)


def test_what_the_line_says_is_said_by_the_line_or_to_the_other_end() -> None:
    heard = entry("heard", kind="clip", sound=clip(("en", "main.now")), language="")
    (line,) = lines(ear(), SID, [heard])
    assert (line.n, line.who, line.kind, line.said[0].prompt) == (7, "line", "says", "main.now")
    (line,) = lines(ear(), SID, [{**heard, "call": OTHER}])
    assert line.who == "centre"


def test_a_carriers_voice_is_a_line_too_and_a_pause_is_none() -> None:
    (line,) = lines(ear(), SID, [entry("heard", kind="say", sound="Sorry", language="en")])
    assert line.said[0].words == "Sorry"
    assert not list(lines(ear(), SID, [entry("heard", kind="pause", sound="", language="")]))


def test_every_kind_of_line_is_told_in_every_language() -> None:
    centre = next(one for one in shipped_directory().centres if one.dial)
    entries = [
        entry("pressed", key="#", taken=True, tones=True),
        entry("pressed", key="#", taken=False, tones=True),
        entry("pressed", key="#", taken=False, tones=False),
        entry("silence", seconds=8.0),
        entry("error", code=12200, message="no"),
        entry("dialled", to=centre.dial),
        entry("dialled", to="+12025550177"),  # an example
        entry("answered", OTHER, greeting=""),
        entry("answered", OTHER, greeting="Beep"),
        entry("bridged"),
        entry("ended", status="completed", reason=""),
        *(entry("ended", OTHER, status=status, reason="")
          for status in ("completed", "busy", "no-answer", "failed", "canceled")),
    ]  # fmt: skip
    for language in LANGUAGES:
        listener = ear()
        texts = [line.tell(listener, language) for line in lines(listener, SID, entries)]
        assert len(texts) == len(entries)
        assert all(text and "{" not in text for text in texts)


@pytest.mark.parametrize(
    ("what", "call", "facts", "line"),
    [
        ("pressed", SID, {"key": "1", "taken": True, "tones": True}, ("caller", "Key 1")),
        ("pressed", OTHER, {"key": "1", "taken": True, "tones": True}, ("other", "Key 1")),
        ("silence", SID, {"seconds": 8.0}, ("caller", "Silence for 8 seconds")),
        ("dialled", SID, {"to": "+1"}, ("carrier", "Rings somebody: +1")),
        ("ended", OTHER, {"status": "busy", "reason": ""}, ("carrier", "Busy.")),
        ("ended", SID, {"status": "completed", "reason": ""}, ("carrier", "The call is over.")),
        ("answered", OTHER, {"greeting": "Beep"}, ("other", "A machine picks up: “Beep”")),
    ],
)
def test_lines_say_who_did_what(
    what: str, call: str, facts: dict[str, Any], line: tuple[str, str]
) -> None:
    assert told(what, call, **facts) == line


@pytest.mark.parametrize("what", ["call", "document", "reply", "fetched", "listening", "notice"])
def test_what_only_machines_care_about_is_no_line(what: str) -> None:
    assert not list(lines(ear(), SID, [entry(what)]))
    assert not list(lines(ear(), SID, [entry("answered", SID, greeting="")]))


def reply(body: str, call: str = SID, purpose: str = "document") -> dict[str, Any]:
    return entry("reply", call, body=body, purpose=purpose)


def test_the_place_is_where_the_last_document_leads() -> None:
    entries = [reply(sends_on(a_call("main"), "inbound")), reply(sends_on(a_call(), "inbound")),
               reply("<Response><Hangup/></Response>")]  # fmt: skip
    where = place(ear(), SID, entries)
    assert where is not None
    assert (where.leg, where.node, where.language, where.covered) == (
        "inbound",
        "info",
        "nl",
        False,
    )
    assert place(ear(), SID, []) is None


def test_a_cover_and_a_dead_end_are_places_and_a_screening_is_none() -> None:
    covered = Inbound("+3280000001", 1, 0, covered=5)
    where = place(ear(), SID, [reply(sends_on(covered, "inbound"))])
    assert where is not None
    assert where.covered
    where = place(ear(), SID, [reply(sends_on(DeadEnd("+1", "nl", 1), "deadend"))])
    assert where is not None
    assert where.leg == "deadend"
    screening = Screening("+1", "nl", "nl", 1)
    assert place(ear(), SID, [reply(sends_on(screening, "screening"))]) is None
    assert place(ear(), SID, [reply(sends_on(a_call(), "inbound"), OTHER)]) is None


def test_the_document_shown_is_the_callers_own_and_the_last() -> None:
    entries = [reply("<a/>"), reply("<b/>", OTHER), reply("<c/>", purpose="notice")]
    assert document(SID, entries) == "<a/>"
    assert document(SID, []) == ""


def test_a_document_is_shown_line_by_line_or_as_it_came() -> None:
    body = '<?xml version="1.0"?><Response><Play>a</Play><Hangup/></Response>'
    assert indented(body).splitlines() == [
        "<Response>",
        "  <Play>a</Play>",
        "  <Hangup/>",
        "</Response>",
    ]
    assert indented("no <XML") == "no <XML"
    assert indented("") == ""
