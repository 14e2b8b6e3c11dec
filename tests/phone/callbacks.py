"""A demonstration in which callbacks can be made: what an operator does in the queue, done here."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ivr import clock
from ivr.call.actions import Wanted
from ivr.call.signals import Note
from ivr.callbacks import attempts, booking, claims
from ivr.callbacks.attempts import Answer, Operator
from ivr.callbacks.means import means_of
from ivr.carrier.rehearsal.pretended import Pretended
from ivr.phone.pair import OPERATOR
from ivr.store import staff
from ivr.store.callback_tables import callbacks as table
from routing.window import Window
from tests.phone.lines import Running

CODE = "2580"
ZONE = ZoneInfo("Europe/Brussels")


def tomorrow(hour: int, minute: int = 0) -> datetime:
    """A moment that no test waits for: a demonstration pretends it."""
    day = clock.now().astimezone(ZONE).date() + timedelta(days=1)
    return datetime.combine(day, time(hour, minute), ZONE)


def pretend(stage: Running, at: datetime | None) -> Pretended:
    pretended = Pretended(stage.settings)
    pretended.be(at)
    return pretended


def book(stage: Running, number: str, *, voicemail: bool = False) -> None:
    """A caller has asked to be called at this number, between ten and twelve tomorrow."""
    window = Window(tomorrow(10).date(), 10 * 60, 12 * 60, "Europe/Brussels")
    wanted = Wanted(number, window, CODE, "en", own=True, voicemail=voicemail)
    with stage.line.store.writing() as connection:
        context = stage.line.context()
        at = tomorrow(9)
        note = booking.book(
            connection, context, wanted, calling="", carrier="rehearsal", at=at
        )  # fmt: skip
    assert note is Note.NOTED


def call_back(stage: Running) -> Answer:
    """An operator claims the newest callback in the queue, and presses Call."""
    line, now = stage.line, Pretended(stage.settings).now
    with line.store.writing() as connection:
        newest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
        noor = staff.find(connection, "noor")
        assert noor
        assert claims.claim(connection, newest, noor.id, now())
    who = Operator(noor.id, OPERATOR, "en", line.world("rehearsal").edition.number)
    return attempts.call(means_of(line), newest, who, now)
