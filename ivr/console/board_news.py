"""What everybody is told on every page, without content: what stops calls, what will be missed."""

from dataclasses import dataclass

from ivr.callbacks import hold, promises
from ivr.console.access import CALLING, SUPERVISOR
from ivr.console.desk import Desk, current
from ivr.store import alarms, shifts


@dataclass(frozen=True, slots=True)
class News:
    """Something to look at: the key of its sentence, how many, where to, and how it is drawn."""

    word: str
    many: int
    path: str
    kind: str = "doubt"


def news(desk: Desk) -> list[News]:
    """What this person is told now, the most urgent first."""
    who = current()
    if who.role not in CALLING:
        return []
    found: list[News] = []
    with desk.store.reading() as connection:
        at, carrier = desk.at(), desk.carrier
        if who.role == SUPERVISOR:
            danger = len(alarms.unseen(connection))
            alert = len(promises.closing(connection, carrier, at, alert=True))
            late = len(promises.late_outcomes(connection, carrier, at, promises.ALERTS))
            heavy = len(shifts.heavy(connection))
            found += [
                News("news.danger", danger, "/board", "stop"),
                News("news.alert", alert, "/board", "stop"),
                News("news.late", late, "/board"),
                News("news.heavy", heavy, "/board"),
            ]
        if hold.is_on(connection):
            found.append(News("news.hold", 1, "/hold", "stop"))
        soon = promises.closing(connection, carrier, at, alert=False)
    spoken = sum(one.language in who.speaks for one in soon)
    found.append(News("news.closing", spoken, "/queue"))
    return [one for one in found if one.many]
