"""What an effect led to, as the words that are kept of it: they never say whose call it was."""

import json
from typing import Any, assert_never

from ivr.call.signals import Checked, Done, Known, NoRing, Note, Noted, Result, Ring


def as_words(result: Result) -> str:
    """Write down a result. Of what was found or may be rung only the fact is kept."""
    match result:
        case Done(ok):
            said: dict[str, Any] = {"done": ok}
        case Noted(how):
            said = {"noted": str(how)}
        case Known(found):
            said = {"known": found.id if found else None}
        case Ring():
            said = {"ring": True}
        case NoRing(why):
            said = {"no ring": why}
        case Checked(right):
            said = {"checked": right}
        case _:
            assert_never(result)
    return json.dumps(said)


def from_words(words: str) -> Result | None:
    """The result that was written down; None for one that has to be looked up again."""
    match json.loads(words):
        case {"done": bool(ok)}:
            return Done(ok)
        case {"noted": str(how)}:
            return Noted(Note(how))
        case {"no ring": str(why)}:
            return NoRing(why)
        case {"checked": bool(right)}:
            return Checked(right)
    return None


def found_in(words: str) -> int | None:
    """The callback that was found, by a result that was written down."""
    found: int | None = json.loads(words)["known"]
    return found
