"""A shift: operators at their desks, callers who wait, a carrier in memory, and a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import sqlalchemy as sa

from ivr.call.signals import NoRing, Ring
from ivr.callbacks import gate
from ivr.callbacks.context import Context
from ivr.callbacks.following import follow
from ivr.callbacks.means import Means
from ivr.callbacks.ready import ready
from ivr.line import Line
from ivr.store import attempts, callbacks, hers, phones
from ivr.voice.news import News
from routing.window import Window
from tests.callbacks.booked import CODE, asked, context
from tests.callbacks.calling import ACCOUNT, BASE, HER_LEG, StandInCarrier
from tests.console.staffed import NOW, Browser, House

TODAY = Window(NOW.date(), 14 * 60, 16 * 60)
"""Open: it is half past two in Brussels."""
EVENING = Window(NOW.date(), 18 * 60, 20 * 60)
TOMORROW = Window(NOW.date() + timedelta(days=1), 10 * 60, 12 * 60)
PHONE = "+12025550111"  # an example: nobody's number


@dataclass
class Shift:
    """What happens outside of the pages: callers book, telephones ring, keys are pressed."""

    house: House
    carrier: StandInCarrier
    rules: Context
    skew: list[float | None]

    @property
    def at(self) -> datetime:
        """The time."""
        return self.house.clock[0]

    def book(self, window: Window = TODAY, **changes: Any) -> int:
        """Somebody booked."""
        carrier = changes.pop("carrier", self.carrier.name)
        booked_at = changes.pop("at", self.at - timedelta(days=1))
        state = {name: changes.pop(name) for name in ("state", "reason") if name in changes}
        want = asked(window=window, **changes)
        with self.house.store.writing() as connection:
            return hers.insert(
                connection, self.rules.vault, want, carrier=carrier,
                at=booked_at, **state,
            )  # fmt: skip

    def phone(self, name: str, number: str = PHONE) -> None:
        """Somebody said where she is rung."""
        with self.house.store.writing() as connection:
            who = self.house.person(name).id
            keys = self.house.settings.secret_keys
            phones.keep_phone(connection, keys, name, who, number, self.at)

    def row(self, callback: int) -> callbacks.Row:
        """A callback as it stands."""
        with self.house.store.reading() as connection:
            row = callbacks.load(connection, callback)
        assert row
        return row

    def attempt(self, callback: int) -> attempts.Row:
        """The newest attempt of a callback."""
        with self.house.store.reading() as connection:
            return attempts.of_callback(connection, callback)[-1]

    def ready(self, callback: int) -> Ring | NoRing:
        """The operator picks up and presses 1."""
        row = self.attempt(callback)
        with self.house.store.writing() as connection:
            return ready(connection, self.rules, row.token, call=row.sid or "",
                         carrier=row.carrier, at=self.at)  # fmt: skip

    def picks_up(self, callback: int) -> None:
        """Somebody answers her telephone, and meets the gate."""
        self._tell(callback, hers=True, answered=True)

    def keys(self, callback: int, code: str = CODE) -> bool:
        """Four digits at the gate."""
        row = self.attempt(callback)
        with self.house.store.writing() as connection:
            return gate.check(connection, self.rules, row.token, code,
                              carrier=row.carrier, at=self.at).right  # fmt: skip

    def ends(self, callback: int, *, bridged: bool = False) -> None:
        """Both hang up."""
        self._tell(callback, hers=True, over=True, bridged=bridged)
        self._tell(callback, over=True)

    def _tell(self, callback: int, *, hers: bool = False, **news: Any) -> None:
        row = self.attempt(callback)
        sid = row.sid or ""
        given = {"call": HER_LEG if hers else sid, "parent": sid if hers else "", **news}
        with self.house.store.writing() as connection:
            follow(connection, News(row.token, row.carrier, self.at, hers, **given))

    def wait_really(self, seconds: float) -> None:
        """Let something that runs beside the pages go on."""
        sleep(seconds)

    def talk(self, callback: int) -> None:
        """From the operator's ringing telephone to a talk."""
        assert isinstance(self.ready(callback), Ring)
        self.picks_up(callback)
        assert self.keys(callback)

    def trail(self) -> list[tuple[str, str, str, str]]:
        """What the audit has, without signing in and what every test does first."""
        with self.house.store.reading() as connection:
            rows = connection.execute(
                sa.text("SELECT who, what, about, detail FROM audit ORDER BY id")
            )
            return [tuple(row) for row in rows if row.about.startswith(("callback", "roster"))]


def means_for(carrier: StandInCarrier, rules: Context) -> Callable[[Line], Means]:
    """What staff's half of a callback uses, over a carrier in memory."""
    return lambda line: Means(
        store=line.store,
        context=lambda: rules,
        secrets=line.settings.secret_keys,
        base=BASE,
        accounts={carrier.name: ACCOUNT},
        carriers={carrier.name: carrier},
    )


def rules_for(folder: Path, skew: list[float | None], **more: Any) -> Context:
    """The rules, with a key ring of their own."""
    return context(folder / "ring", skew=lambda _: skew[0], **more)


def at_desk(shift: Shift, name: str = "operator") -> Browser:
    """Somebody at her desk."""
    desk = shift.house.signed_in(name)
    desk.get("/queue?language=all")
    return desk


def calling(shift: Shift, desk: Browser) -> int:
    """A callback that she has, and for which her own telephone rings."""
    number = shift.book()
    desk.post(f"/callbacks/{number}/claim")
    desk.post(f"/callbacks/{number}/call")
    return number


def spoken(shift: Shift, desk: Browser) -> int:
    """A talk that is over."""
    number = calling(shift, desk)
    shift.talk(number)
    shift.ends(number, bridged=True)
    return number
