"""What tests about calling her back begin with: a callback that waits, an operator, a carrier."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ivr.call.signals import NoRing, Ring
from ivr.callbacks import attempts as button
from ivr.callbacks import claims
from ivr.callbacks.attempts import Operator
from ivr.callbacks.context import Context
from ivr.callbacks.following import follow
from ivr.callbacks.means import Means
from ivr.callbacks.outcomes import give
from ivr.callbacks.ready import ready
from ivr.carrier import OVER, Deleted, Found, Lost, Order, Placed, Refused, Stage
from ivr.store import attempts, callbacks, hers, lasting, staff_tables
from ivr.store.database import Store
from ivr.store.hers import Asked
from ivr.store.sealing import Place
from ivr.voice.news import News
from routing.callback import Outcome, State
from tests.callbacks.booked import SECRET, TOMORROW, asked, context

START, UNTIL = TOMORROW.span()
IN_TIME = START + timedelta(minutes=10)
PHONE = "+12025550111"  # an example: nobody's number
ANN = Operator(1, PHONE, "nl", 1)
BEA = Operator(2, "+12025550112", "fr", 1)
ACCOUNT = "AC" + "1" * 32
BASE = "https://line.example.org"
HER_LEG = "CA" + "b" * 32


@dataclass
class StandInCarrier:
    """A carrier in memory: it answers as it is told to, and keeps a record of every call."""

    name: str = "rehearsal"
    answer: Any = None
    orders: list[Order] = field(default_factory=list)
    calls: dict[str, Placed] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hidden: bool = False
    at: datetime = IN_TIME

    def place(self, order: Order) -> Placed | Refused | Lost:
        """Ring, unless the answer is a refusal; a lost answer rings all the same."""
        self.orders.append(order)
        if isinstance(self.answer, Refused):
            return self.answer
        sid = f"CA{len(self.calls):032x}"
        self.calls[sid] = Placed(sid, order.to, order.from_, Stage.RINGING, self.at, 0)
        return self.answer or self.calls[sid]

    def look_up(self, sid: str) -> Placed | Refused | Lost:
        """How it is."""
        self.asked.append(f"look {sid}")
        return self.calls.get(sid) or Refused(20404, "no call")

    def find(self, *, to: str, from_: str, since: datetime) -> Found | Refused | Lost:
        """What fits."""
        self.asked.append(f"find {to}")
        fit = [one for one in self.calls.values() if (one.to, one.from_) == (to, from_)]
        return Found(() if self.hidden else tuple(one for one in fit if one.started >= since))

    def children(self, sid: str) -> Found | Refused | Lost:
        """What it dialled."""
        return Found(tuple(self.calls[one] for one, parent in self.parents.items()
                           if parent == sid and one in self.calls))  # fmt: skip

    def cancel(self, sid: str) -> Placed | Refused | Lost:
        """End it."""
        self.asked.append(f"cancel {sid}")
        if sid not in self.calls or self.calls[sid].stage in OVER:
            return Refused(21220, "over already")
        self.ends(sid, Stage.CANCELLED)
        return self.calls[sid]

    def delete(self, sid: str) -> Deleted | Refused | Lost:
        """Forget it."""
        self.asked.append(f"delete {sid}")
        if sid not in self.calls:
            return Refused(20404, "no call")
        if self.calls[sid].stage not in OVER:
            return Refused(20009, "it goes on")
        del self.calls[sid]
        return Deleted()

    def ends(self, sid: str, stage: Stage = Stage.COMPLETED) -> None:
        """It is over."""
        self.calls[sid] = replace(self.calls[sid], stage=stage)


class Desk:
    """An operator's desk: a store, a carrier, a clock that a test sets."""

    def __init__(self, store: Store, folder: Path, **more: Any) -> None:
        self.store, self.at, self.skew = store, IN_TIME, 0.0
        self.carrier = StandInCarrier()
        self.rules = context(folder / "ring", skew=lambda _: self.skew, **more)
        self.means = Means(
            store=store,
            context=lambda: self.rules,
            secrets=(SECRET,),
            base=BASE,
            accounts={"rehearsal": ACCOUNT},
            carriers={"rehearsal": self.carrier},
        )
        self.steps = 0

    @property
    def context(self) -> Context:
        """The rules of now."""
        return self.rules

    def book(self, state: State = State.WAITING, **changes: Any) -> int:
        """A callback as she asked for it."""
        carrier = changes.pop("carrier", "rehearsal")
        want: Asked = asked(**changes)
        with self.store.writing() as connection:
            return hers.insert(connection, self.rules.vault, want, carrier=carrier,
                               at=START - timedelta(days=1), state=state)  # fmt: skip

    def claim(self, callback: int, operator: Operator = ANN) -> bool:
        """An operator takes it."""
        with self.store.writing() as connection:
            return claims.claim(connection, callback, operator.id, self.at)

    def call(self, callback: int, operator: Operator = ANN) -> Any:
        """She presses the button."""
        return button.call(self.means, callback, operator, lambda: self.at)

    def calling(self, **changes: Any) -> attempts.Row:
        """A callback whose operator is being rung."""
        callback = self.book(**changes)
        assert self.claim(callback)
        started = self.call(callback)
        assert isinstance(started, button.Started), started
        return self.attempt(started.attempt)

    def ready(self, row: attempts.Row, *, call: str = "", again: bool = False) -> Ring | NoRing:
        """The operator presses 1."""
        with self.store.writing() as connection:
            return ready(connection, self.rules, row.token, call=call or row.sid or "",
                         carrier=row.carrier, at=self.at, again=again)  # fmt: skip

    def rung(self, **changes: Any) -> attempts.Row:
        """An attempt in which her telephone rings."""
        row = self.calling(**changes)
        assert isinstance(self.ready(row), Ring)
        return self.attempt(row.id)

    def tell(self, row: attempts.Row, *, hers: bool = False, **news: Any) -> attempts.Row:
        """News of one of its legs; how the attempt stands then."""
        sid = (row.sid or "") if not hers else HER_LEG
        given = {"call": sid, "parent": (row.sid or "") if hers else "", **news}
        with self.store.writing() as connection:
            follow(connection, News(row.token, row.carrier, self.at, hers, **given))
        return self.attempt(row.id)

    def over(self, row: attempts.Row, *, bridged: bool = False) -> attempts.Row:
        """Both legs end."""
        self.tell(row, hers=True, over=True, bridged=bridged)
        return self.tell(row, over=True)

    def give(self, row: attempts.Row, outcome: Outcome, operator: Operator = ANN) -> State:
        """The operator says how it went."""
        with self.store.writing() as connection:
            return give(connection, self.rules, row.id, outcome, operator.id, self.at)

    def attempt(self, number: int) -> attempts.Row:
        """An attempt as it stands."""
        with self.store.reading() as connection:
            row = attempts.load(connection, number)
        assert row
        return row

    def row(self, callback: int) -> callbacks.Row:
        """A callback as it stands."""
        with self.store.reading() as connection:
            row = callbacks.load(connection, callback)
        assert row
        return row

    def employ(self, operator: Operator = ANN) -> None:
        """Write the operator down, with the telephone that she is rung on."""
        sealed = lasting.seal((SECRET,), Place("staff", operator.id, "phone"),
                              operator.phone.encode())  # fmt: skip
        row = {"id": operator.id, "name": f"o{operator.id}", "shown": "O", "role": "operator",
               "language": "nl", "speaks": "nl", "password": "x", "status": "here",
               "made_at": START, "phone": sealed}  # fmt: skip
        with self.store.writing() as connection:
            connection.execute(sa.insert(staff_tables.staff).values(**row))
