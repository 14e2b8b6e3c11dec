"""A line with something of everything on every page."""

from ivr.store import approvals, staff
from ivr.store.hers import Wishes
from routing.callback import State
from tests.console.shift import EVENING, TOMORROW, Shift
from tests.console.staffed import House, hire, invite
from tests.shipping import ship_to


def furnish(shift: Shift, language: str) -> list[int]:
    """Callbacks in every state and many languages, the first of them free."""
    house = shift.house
    ship_to(house.store, shift.at)
    with house.store.writing() as connection:
        for name in ("operator", "supervisor"):
            staff.set_language(connection, house.person(name).id, language)
    wishes = Wishes(voicemail=True, redial=True, retry=True, woman=True)
    made = [shift.book(young=True, wishes=wishes, need="papers.first", region="brussels")]
    states = (State.FROZEN, State.MISSED, State.PAUSED, State.UNKNOWN, State.WAITING)
    for place, state in enumerate(states):
        reason = "no key" if state in (State.FROZEN, State.PAUSED) else None
        made.append(shift.book(number=f"+32200001{place:02}", language="ar", state=state,
                               reason=reason))  # fmt: skip
    shift.book(EVENING, number="+3220000120")
    shift.book(TOMORROW, number="+3220000121", language="ro")
    return made


def people(house: House, language: str) -> str:
    """Somebody invited, somebody off, something asked for; the invitation of `guest`."""
    invitation = invite(house, "guest")
    number = hire(house, "gone", "operator", speaks=("ro", "ar", "nl"))
    with house.store.writing() as connection:
        staff.disable(connection, "test", number, "left", house.clock[0])
        for name in ("supervisor", "admin", "second"):
            staff.set_language(connection, house.person(name).id, language)
        by = house.person("second").id
        for what, name in (("role", "operator"), ("reset", "auditor")):
            approvals.ask(
                connection, "second", by, what, house.person(name).id,
                "supervisor" if what == "role" else "", "because", house.clock[0],
            )  # fmt: skip
    return invitation
