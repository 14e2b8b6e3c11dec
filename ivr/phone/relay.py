"""What the page is told of a call: the carrier's view, put into words and places of the line."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.dom import minidom

from ivr.carrier.rehearsal.telephone import View, Wait
from ivr.phone.hearing import Ear, Said
from ivr.phone.transcript import Line, document, lines, place
from ivr.phone.words import words

Told = dict[str, Any]


def tell(ear: Ear, view: View, language: str) -> Told:
    """One answer for the page. `language` is the page's own."""
    where = place(ear, view.call, view.entries)
    found = lines(ear, view.call, view.entries, placed=view.placed)
    said = [_line(ear, line, language) for line in found]
    return {
        "call": view.call,
        "placed": view.placed,
        "from": view.from_,
        "to": view.to,
        "phase": view.phase,
        "moment": view.moment,
        "last": view.last,
        "other": {
            "leg": view.other,
            "to": view.other_to,
            "from": view.other_from,
            "status": view.other_status,
        },
        "waiting": view.waiting and _waiting(view, view.waiting),
        "lines": said,
        "place": where and {"leg": where.leg, "node": where.node, "covered": where.covered},
        "document": indented(document(view.call, view.entries, placed=view.placed)),
    }


def indented(body: str) -> str:
    """A document with a line for each verb; one that is no XML as it came."""
    if not body:
        return ""
    try:
        pretty = minidom.parseString(body).toprettyxml(indent="  ")  # noqa: S318 (our own line's)
    except Exception:  # whatever it is, somebody curious wants to see it
        return body
    return "\n".join(row for row in pretty.splitlines()[1:] if row.strip())


def _waiting(view: View, wait: Wait) -> Told:
    """What the browser has to do: play a clip of a telephone that is its own, or let time pass."""
    mine = wait.call == view.call or view.placed
    return {
        "id": wait.id,
        "leg": wait.call,
        "mine": mine,
        "kind": wait.kind.value,
        "left": wait.left,
        "clip": _own_path(wait.what) if mine and wait.kind.value == "clip" else "",
        "words": wait.what if mine and wait.kind.value == "say" else "",
        "language": wait.language,
        "keys": mine and wait.keys,
    }


def _own_path(url: str) -> str:
    """A clip's address on the site that the page is on, by whatever name the browser knows it."""
    return urlsplit(url).path


def _line(ear: Ear, line: Line, language: str) -> Told:
    return {
        "n": line.n,
        "who": line.who,
        "kind": line.kind,
        "key": dict(line.facts).get("key", "") if line.kind == "pressed" else "",
        "text": "" if line.said or line.kind == "says" else line.tell(ear, language),
        "said": [_said(one, words(language)) for one in line.said],
    }


def _said(said: Said, texts: Mapping[str, str]) -> Told:
    marks = [texts["state.clear"]] if said.clear else []
    unapproved = texts.get(f"state.{said.state}", "")
    return {
        "words": said.words,
        "language": said.language,
        "prompt": said.prompt,
        "mark": unapproved,
        "clear": bool(marks),
    }
