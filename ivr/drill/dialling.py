"""The drill of dialling: the whole line is killed with SIGKILL at every labelled point of a call.

The oracle is the carrier's own journal, never our tables: whatever dies where, her telephone rings
once at most, nobody is let through without her code, and every attempt ends known or with a person.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.callbacks.finishing import LIVE
from ivr.callbacks.points import DIALLING
from ivr.drill.score import Score, count
from ivr.drill.telephones import Case, House, Rehearsal, open_case
from ivr.store import attempts, callbacks
from ivr.store.callback_tables import attempts as table
from ivr.store.database import Store
from routing.callback import State

WHO = ("she", "she", "somebody else", "nobody", "a machine")
"""Who picks up her telephone: what is keyed there, if anything."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One call: where the line dies and who picks up; `lost` says that the carrier's answer is cut
    off, `repeat` how many webhooks come twice, `drop` how many replies are lost and asked again.
    """

    seed: int
    point: str
    nth: int
    who: str
    lost: bool
    repeat: int
    drop: int


def plan(seed: int) -> Plan:
    """The plan of a seed; every so many seeds every point has its turn."""
    dice = random.Random(seed)  # noqa: S311  # no secret is made of it
    point = DIALLING[seed % len(DIALLING)]
    deep = point.startswith(("gate", "outcome"))
    return Plan(
        seed=seed,
        point=point,
        nth=dice.choice((1, 1, 1, 2)) if point.startswith("news") else 1,
        who="she" if deep else dice.choice(WHO),
        lost=point.startswith("lookup") or dice.random() < 0.2,
        repeat=dice.choice((0, 0, 1, 3)),
        drop=dice.choice((0, 0, 1, 2)),
    )


def drill(url: str, folder: Path, *, seeds: Sequence[int], fault: str = "") -> Score:
    """Let one call of each seed die. The database is at the newest migration and empty; `folder`
    takes the journal and the key ring. `fault` plants one that has to be found.
    """
    with Rehearsal(url, folder) as rehearsal:
        return count(_try(rehearsal, plan(seed), fault) for seed in seeds)


def _try(rehearsal: Rehearsal, planned: Plan, fault: str) -> str:
    case = open_case(rehearsal, planned.seed)
    wrong = list(_play(rehearsal, planned, case, fault))
    where = f"seed {planned.seed}, {planned.point}: "
    return where + "; ".join(wrong) if wrong else ""


def _play(rehearsal: Rehearsal, planned: Plan, case: Case, fault: str) -> Iterator[str]:
    """Call her until it dies; then another line, where the operator presses again, and again."""
    with rehearsal.house(planned.point, planned.nth, fault) as house:
        rehearsal.telephone.own(case.hers, "machine" if planned.who == "a machine" else "hand")
        rehearsal.telephone.set_faults(
            withhold=int(planned.lost), repeat=planned.repeat, drop=planned.drop
        )
        house.ask("claim", case)
        _once(rehearsal, planned, case, house)
        if not house.died():
            yield "it did not die"
    rehearsal.telephone.set_faults()
    with rehearsal.house("", 0, fault) as house:
        _once(rehearsal, planned, case, house)
        house.ask("sweep", case, after=90)
        _once(rehearsal, planned, case, house)
        for after in (90, 200, 1000):
            house.ask("sweep", case, after=after)
        yield from _wrong(rehearsal, planned, case)


def _once(rehearsal: Rehearsal, planned: Plan, case: Case, house: House) -> None:
    """Press the button, meet what rings, look for what was lost, and say how it went."""
    house.ask("call", case)
    if planned.lost:
        house.ask("sweep", case, after=25)
    rehearsal.meet(case, planned.who)
    house.ask("sweep", case, after=90)
    house.ask("give", case, attempt=case.last_attempt(rehearsal.url))


def _wrong(rehearsal: Rehearsal, planned: Plan, case: Case) -> Iterator[str]:
    """What the journal says against it, and what nobody would ever know."""
    seen = Counter(rehearsal.seen(case))
    if seen["rung"] > 1:
        yield f"her telephone rang {seen['rung']} times"
    if seen["bridged"] and planned.who != "she":
        yield f"{planned.who} was let through"
    if seen["live"]:
        yield "something still rings"
    with Store(rehearsal.url) as store, store.reading() as connection:
        row = callbacks.load(connection, case.callback)
        made = attempts.where(connection, table.c.callback == case.callback)
    unknown = row is not None and row.state is State.UNKNOWN
    for one in made:
        if one.state in LIVE and not (unknown and one.sid is None):
            yield f"an attempt is left as {one.state}"
    if len([one for one in made if one.dialled_at]) < seen["rung"]:
        yield "a ring was not counted"
    if len(made) < seen["placed"]:
        yield f"the operator's rang {seen['placed']} times for {len(made)} presses"
