"""A tour of every page that the table of access knows: a page that is new is on it by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from ivr.console.access import ACCESS, ANYBODY, PARTS, may
from ivr.console.desk import INVITED
from ivr.console.guard import ROOT
from ivr.store import staff
from tests.console.furnished import furnish, people
from tests.console.screen import Screen, press_enter
from tests.console.shift import Shift
from tests.console.staffed import ROLES

STATIC = "/static/<path:filename>"
HOME = ""
"""Leads to the first page of a role, and is none itself."""
NOBODY = "nobody"
OWN = "/callbacks/<int:number>/"


@dataclass(frozen=True)
class Stop:
    """One page, as somebody of one role sees it."""

    rule: str
    role: str


def stops(*, last: bool = False) -> list[Stop]:
    """Every page, each by the first of the roles that may look at it; or by the `last` one, but
    for what is for her alone who has a callback.
    """
    rules = [rule for rule, method in ACCESS if method == "GET" and rule not in {HOME, STATIC}]
    found = [Stop(rule, _roles(rule)[-1 if last else 0]) for rule in rules if rule not in PARTS]
    kept = [one for one in found if not (last and one.rule.startswith(OWN))]
    return sorted(kept, key=lambda one: one.role)


def _roles(rule: str) -> list[str]:
    if ACCESS[rule, "GET"] == ANYBODY:
        return [NOBODY]
    return [role for role in (*ROLES, INVITED) if may(role, rule, "GET")]


class Tour:
    """A line with something of everything, and a talk in which somebody is in danger."""

    def __init__(self, screen: Screen, shift: Shift, language: str) -> None:
        """Furnish it."""
        self.screen, self.language = screen, language
        self.callback = furnish(shift, language)[0]
        desk = shift.house.signed_in("operator")
        for button in ("claim", "call"):
            desk.post(f"/callbacks/{self.callback}/{button}")
        shift.talk(self.callback)
        desk.post(f"/callbacks/{self.callback}/danger")
        with shift.house.store.writing() as connection:
            for role in ROLES:
                staff.set_language(connection, shift.house.person(role).id, language)
        self.invitation = people(shift.house, language)

    def path(self, rule: str) -> str:
        """Where a page is."""
        number = 2 if rule.startswith("/people") else self.callback
        return rule.replace("<int:number>", str(number))

    def walk(self, found: list[Stop], **context: object) -> Iterator[tuple[Stop, Page]]:
        """Open page after page, each of them really the one that was asked for."""
        pages: dict[str, Page] = {}
        for stop in found:
            page = pages.get(stop.role) or self._enter(stop.role, **context)
            pages[stop.role] = page
            reply = page.goto(f"{self.screen.base}{self.path(stop.rule)}")
            assert reply
            assert reply.status == 200, stop
            assert page.url.partition(ROOT)[2].partition("?")[0] == self.path(stop.rule), stop
            yield stop, page

    def _enter(self, role: str, **context: object) -> Page:
        page = self.screen.window(**{**context, "locale": self.language})
        if role == INVITED:
            page.goto(f"{self.screen.base}/sign-in")
            page.fill("#name", "guest")
            page.fill("#password", self.invitation)
            press_enter(page)
            with page.expect_navigation():
                page.click(f'.languages [value="{self.language}"]')
        elif role != NOBODY:
            self.screen.sign_in(page, role)
        return page
