"""What a demonstration begins with, all of it made up and marked: a roster, staff, callbacks.

Made where it is missing, once; never where real callers can ring.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from ivr.call.actions import Wanted
from ivr.call.signals import Note
from ivr.callbacks.booking import book
from ivr.callbacks.claims import claim
from ivr.console.demo import PEOPLE, make_examples
from ivr.editions.ship import keep_directory
from ivr.line import Line
from ivr.phone.pair import OPERATOR
from ivr.settings import Settings
from ivr.store import phones, staff
from ivr.store.callback_tables import callbacks as table
from routing.directory import Directory, Duty, Stretch
from routing.offer import offers
from routing.window import Window

WHO = "ivr up"
MARK = "example: made up by `ivr up` for the demonstration"
LANGUAGES = ("nl", "fr", "de", "en")
DAY = (time(8), time(0))
SOON = timedelta(minutes=5)
"""A window that is over sooner than this is no example of one that is open."""
AT_THE_PHONES = 4
"""How many the example roster has at work, day after day: enough for every window to be offered."""


@dataclass(frozen=True, slots=True)
class Example:
    """One callback: in the first window from now on, or the `later`th one (-1: in the last that is
    over, so that it was missed); booked some hours before it began. Its number belongs to nobody
    and is in no numbering plan. `claimed` says that a colleague has it.
    """

    later: int
    language: str
    need: str
    wishes: tuple[str, ...] = ()
    region: str = ""
    young: bool = False
    claimed: bool = False
    number: str = ""
    code: str = "2580"


EXAMPLES = (
    Example(0, "en", "happening.work", region="brussels"),
    Example(0, "fr", "papers.status", ("voicemail",), "wallonia"),
    Example(0, "nl", "", young=True, region="flanders"),
    Example(1, "de", "papers.first", claimed=True),
    Example(1, "fr", "happening.love", ("woman", "redial")),
    Example(2, "nl", "papers.report", ("retry",), "flanders"),
    Example(3, "en", "help.around"),
    Example(3, "fr", "", number="+32000000771", code="2581"),
    Example(4, "fr", "", number="+32000000771", code="8520"),  # two codes: both are frozen
    Example(6, "nl", "self.phone"),
    Example(-1, "fr", "papers.first", number="+32000000760"),
    Example(9, "en", "happening.forced", ("woman",), "brussels"),
)


def make(settings: Settings, at: datetime) -> None:
    """Make what is missing. Raises `database.Away` and OSError; nothing where it is no demo."""
    if not settings.demo:
        return
    line = Line(settings)
    try:
        line.refresh(at)
        _make_roster(line, at)
        line.refresh(at)
        fresh = _make_staff(line, at)
        if fresh:
            _make_callbacks(line, at)
    finally:
        line.store.close()


def _make_roster(line: Line, at: datetime) -> None:
    """Give the directory a roster, unless it has one: without it nothing could be promised."""
    directory = line.world("rehearsal").directory
    if directory.roster:
        return
    with line.store.writing() as connection:
        keep_directory(connection, with_roster(directory), MARK, at=at, old=directory)


def with_roster(directory: Directory) -> Directory:
    """The same directory with people at work all day, in every language of the line."""
    roster = tuple(Duty(Stretch(day, *DAY), LANGUAGES, AT_THE_PHONES) for day in range(7))
    return replace(directory, roster=roster)


def _make_staff(line: Line, at: datetime) -> bool:
    """The people, each with the telephone of the page; whether this was the first time."""
    with line.store.reading() as connection:
        fresh = all(staff.find(connection, one.name) is None for one in PEOPLE)
    make_examples(line.settings, at)
    secrets = line.settings.secret_keys
    with line.store.writing() as connection:
        for person in (staff.find(connection, one.name) for one in PEOPLE):
            if person and person.role in {"operator", "supervisor"} and not person.has_phone:
                phones.keep_phone(connection, secrets, WHO, person.id, OPERATOR, at)
    return fresh


def _make_callbacks(line: Line, at: datetime) -> None:
    """Fill the queue by the same code that keeps a caller's wish."""
    windows = around(line.world("rehearsal").directory, at)
    for number, example in enumerate(EXAMPLES):
        window = windows[example.later]
        begins = window.span()[0]
        booked_at = min(at, begins) - timedelta(hours=1, minutes=7 * number)
        wanted = _wanted(example, number, window)
        with line.store.writing() as connection:
            note = book(
                connection, line.context(), wanted, calling="", carrier="rehearsal", at=booked_at
            )
            if note is Note.NOTED and example.claimed:
                _claim(connection, at)


def around(directory: Directory, at: datetime) -> Sequence[Window]:
    """The windows from the one that is open at a moment on, also when it began before; and at
    their end the last one that is over.
    """
    since = at - timedelta(days=1)
    found = offers(directory, language=LANGUAGES[0], booked={}, at=since)
    over = [one for one in found if one.span()[1] <= at]
    coming = [one for one in found if one.span()[1] > at + SOON]
    return [*coming, *over[-1:]]


def _wanted(example: Example, number: int, window: Window) -> Wanted:
    wishes = dict.fromkeys(example.wishes, True)
    return Wanted(
        number=example.number or f"+32000000{700 + number}",
        window=window,
        code=example.code,
        language=example.language,
        own=True,
        need=example.need,
        region=example.region,
        young=example.young,
        **wishes,
    )


def _claim(connection: sa.Connection, at: datetime) -> None:
    """A colleague has taken the newest callback."""
    newest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
    colleague = staff.find(connection, "samir")
    if colleague:
        claim(connection, newest, colleague.id, at)
