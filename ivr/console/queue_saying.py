"""How a callback is said on a page: its window, what it is about, who has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.callbacks.queue import Waiting
from ivr.console import dates
from ivr.console.access import CALLING
from ivr.console.desk import Desk
from ivr.console.frame import language, language_name
from ivr.console.words import say, words
from ivr.store import staff
from ivr.store.callbacks import Row
from routing.calling import Why
from routing.window import Window

HOUR = 60
AWAY = "away"
_names: dict[str, tuple[str, Mapping[str, str]]] = {}  # by language, of one edition


@dataclass(frozen=True, slots=True)
class Saying:
    """Everything that a template asks about a callback. `at` is the time of the line."""

    edition: Edition
    own: str
    zone: str
    at: datetime
    people: Mapping[int, str]
    spoken: frozenset[str]
    """The languages of those who are here and may call."""

    def day(self, row: Row) -> str:
        """The day of her window: today, tomorrow, Thursday 26 November."""
        return dates.day_of(row.start, self.own, row.zone, self.at)

    def hours(self, row: Row) -> str:
        """The hours of her window, as she chose them."""
        return f"{_clock(row.wall_start)}–{_clock(row.wall_until)}"

    def days(self, windows: Iterable[Window]) -> dict[str, list[tuple[str, Window]]]:
        """Windows on offer by their day, each with a name of its own."""
        found: dict[str, list[tuple[str, Window]]] = {}
        for one in windows:
            day = dates.day_of(one.span()[0], self.own, one.zone, self.at)
            found.setdefault(day, []).append((name_of(one), one))
        return found

    def part(self, window: Window) -> str:
        """The hours of a window on offer."""
        return f"{_clock(window.start)}–{_clock(window.until)}"

    def stretch(self, start: datetime, until: datetime) -> str:
        """A window as its two moments have it."""
        day = dates.day_of(start, self.own, self.zone, self.at)
        ends = self.time(until)
        return f"{day} {self.time(start)}–{'24:00' if ends == '00:00' else ends}"

    def is_past(self, row: Row) -> bool:
        """Whether the day of her window is over."""
        return row.day < self.at.astimezone(ZoneInfo(row.zone)).date()

    def time(self, at: datetime) -> str:
        """A time of day."""
        return dates.time_of(at, self.own, self.zone)

    def moment(self, at: datetime) -> str:
        """A day and time of the line."""
        return dates.moment(at, self.own, self.zone, self.at)

    def left(self, row: Row) -> str:
        """How long her window is still open, in whole minutes."""
        hours, minutes = divmod(max(0, int((row.until - self.at).total_seconds())) // 60, HOUR)
        if hours:
            return say(self.own, "left.long", h=hours, m=minutes)
        return say(self.own, "left.minutes", n=minutes)

    def is_open(self, row: Row) -> bool:
        """Whether her window is open now."""
        return row.start <= self.at < row.until

    def is_covered(self, row: Row) -> bool:
        """Whether somebody who is here speaks her language."""
        return row.language in self.spoken

    def about(self, row: Row) -> str:
        """The language in which she booked, with the topic that she came from."""
        spoken = language_name(row.language, self.own)
        named = spoken[:1].upper() + spoken[1:]
        need = self.need(row)
        return say(self.own, "queue.about", spoken=named, need=need) if need else named

    def need(self, row: Row) -> str:
        """The topic that she came from; empty when she came from none."""
        return need_names(self.edition, self.own).get(row.need, "")

    def region(self, row: Row) -> str:
        """Where she is; empty when she did not say."""
        return say(self.own, f"region.{row.region}") if is_region(row.region) else ""

    def who(self, number: int | None) -> str:
        """Somebody's name."""
        return self.people.get(number or 0, "")

    def why(self, one: Waiting) -> str:
        """Why nobody may ring her now, in words."""
        row = one.row
        if one.why is None:
            return ""
        if one.why is Why.SOON and row.not_before and row.not_before > self.at:
            return say(self.own, "why.soon.until", time=self.time(row.not_before))
        return say(self.own, f"why.{one.why}")


def saying(desk: Desk, connection: sa.Connection) -> Saying:
    """How this page says it."""
    world = desk.line.world(desk.carrier)
    everybody = staff.everybody(connection)
    people = {one.id: one.shown for one in everybody}
    here = (one for one in everybody if one.role in CALLING and one.status != AWAY)
    spoken = frozenset(code for one in here for code in one.speaks)
    return Saying(world.edition, language(), desk.zone, desk.at(), people, spoken)


def need_names(edition: Edition, own: str) -> Mapping[str, str]:
    """What topics are called, in the words of the option that leads to each."""
    known = _names.get(own)
    if known is None or known[0] != edition.digest:
        known = _names[own] = (edition.digest, _needs(edition, own))
    return known[1]


def _needs(edition: Edition, own: str) -> Mapping[str, str]:
    texts = edition.catalogue.texts.get(own, {})
    options = (option for node in edition.menu.nodes.values() for option in node.options)
    return {one.to: texts[one.label].words for one in options if one.label in texts}


def name_of(window: Window) -> str:
    """A window in a form."""
    return f"{window.day.isoformat()}.{window.start}.{window.until}"


def is_region(region: str) -> bool:
    """Whether there is a word for this region."""
    return f"region.{region}" in words("en")


def _clock(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"
