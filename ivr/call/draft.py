"""The draft: what she has keyed for a callback so far, on its journey with the call.

It is kept nowhere else until she says yes, and is gone as soon as she leaves the dialogue.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ivr.call.actions import Wanted
from ivr.call.legs import Inbound
from routing.window import Window


class Draft(NamedTuple):
    """Everything asked in booking and in *my callback*, in fields that travel.

    `number` is E.164; `own` says that it is the telephone she holds. `window`, `heard` and
    `standing` are windows as `write` has them: what she chose, what she was offered last (so that
    a key means what she heard, however late it comes), and the one of her own callback. `day` is
    an ordinal. `first` is the code keyed once, `code` keyed twice. `callback` is her own one's id.
    """

    topic: str = ""
    region: str = ""
    young: bool = False
    number: str = ""
    own: bool = False
    window: str = ""
    heard: str = ""
    day: int = 0
    first: str = ""
    code: str = ""
    voicemail: bool = False
    redial: bool = False
    retry: bool = False
    woman: bool = False
    callback: int = 0
    standing: str = ""


WISHES = ("voicemail", "redial", "retry", "woman")


def draft_of(call: Inbound) -> Draft:
    """What a call has drafted; nothing, where it has no draft."""
    return Draft(*call.draft)  # type: ignore[arg-type]  # the tuple is a draft's own


def keep(call: Inbound, draft: Draft) -> Inbound:
    """The call with another draft."""
    return call._replace(draft=tuple(draft))


def put(call: Inbound, **changes: str | int | bool) -> Inbound:
    """The call with some fields of its draft changed."""
    return keep(call, draft_of(call)._replace(**changes))  # type: ignore[arg-type]  # by name


def write(windows: Iterable[Window]) -> str:
    """Windows as text: the day's ordinal, then both ends in minutes."""
    return " ".join(f"{one.day.toordinal()}.{one.start}.{one.until}" for one in windows)


def read(written: str, zone: str) -> tuple[Window, ...]:
    """Windows as they were written."""
    rows = (tuple(map(int, one.split("."))) for one in written.split())
    return tuple(Window(date.fromordinal(day), start, until, zone) for day, start, until in rows)


def wanted(draft: Draft, language: str, zone: str) -> Wanted | None:
    """The callback that a whole draft asks for; None while something is missing."""
    windows = read(draft.window, zone)
    if not (windows and draft.number and draft.code):
        return None
    return Wanted(
        number=draft.number,
        window=windows[0],
        code=draft.code,
        language=language,
        own=draft.own,
        need=draft.topic,
        region=draft.region,
        young=draft.young,
        voicemail=draft.voicemail,
        redial=draft.redial,
        retry=draft.retry,
        woman=draft.woman,
    )
