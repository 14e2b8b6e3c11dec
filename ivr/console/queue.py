"""The queue: whose window is open now, the one that closes first on top; then what comes later."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from ivr.callbacks import queue
from ivr.callbacks.queue import Queue, Waiting
from ivr.console.board_since import since
from ivr.console.desk import Desk, current
from ivr.console.frame import number, page
from ivr.console.live import fragment
from ivr.console.queue_saying import Saying, saying
from ivr.store import queues
from ivr.store.queues import Which
from routing.checks import LANGUAGES, REGIONS

COOKIE = "queue"
ALL, OWN = "all", "own"


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody wants to see: `own` languages, all, or one; one region, or all."""

    language: str = OWN
    region: str = ALL

    def query(self, **other: str) -> str:
        """As the query of an address, with something else in its place."""
        return urlencode({"language": self.language, "region": self.region, **other})


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/queue")
    def queue_page() -> Response:
        """The whole page."""
        wanted = _filter(desk)
        answer = page("queue.html", **_given(desk, wanted), since=since(desk))
        desk.cookies.give(answer, COOKIE, f"{wanted.language}.{wanted.region}", keep=None)
        return answer

    @routes.get("/queue/rows")
    def queue_rows() -> Response:
        """What of it changes."""
        return fragment("queue_rows.html", **_given(desk, _filter(desk)))


def _given(desk: Desk, wanted: Filter) -> dict[str, Any]:
    after = _after(request.args.get("after", ""))
    with desk.store.reading() as connection:
        told = saying(desk, connection)
        found = queue.draw(connection, desk.context, _which(desk, wanted), told.at, after)
        languages = queues.languages(connection, desk.carrier)
    today, further = _by_day(found, told)
    return {
        "queue": found,
        "today": today,
        "further": further,
        "say": told,
        "wanted": wanted,
        "languages_here": sorted({*languages, *current().speaks}),
        "regions": REGIONS,
        "after": request.args.get("after", "") if after else "",
        "more": wanted.query(after=_key(found.more)) if found.more else "",
        "nothing": not (found.own or found.now or found.later),
        "free": sum(one.holder(told.at) is None and not one.why for one in found.now),
    }


def _by_day(found: Queue, told: Saying) -> tuple[list[Waiting], list[Waiting]]:
    """Later today, and further."""
    day = told.at.astimezone(ZoneInfo(told.zone)).date()
    today = [one for one in found.later if one.row.day == day]
    return today, [one for one in found.later if one.row.day != day]


def _which(desk: Desk, wanted: Filter) -> Which:
    who = current()
    spoken = who.speaks or ("",)
    languages = {ALL: (), OWN: spoken}.get(wanted.language, (wanted.language,))
    region = "" if wanted.region == ALL else wanted.region
    return Which(desk.carrier, who.id, languages, region)


def _filter(desk: Desk) -> Filter:
    """What was chosen now, else what was chosen last; without languages of her own, all."""
    kept, _, region = desk.cookies.read(request, COOKIE).partition(".")
    language = request.args.get("language", kept)
    region = request.args.get("region", region)
    usual = OWN if current().speaks else ALL
    if language not in {*LANGUAGES, ALL, OWN}:
        language = usual
    return Filter(language, region if region in REGIONS else ALL)


def _key(key: tuple[datetime, int]) -> str:
    return f"{int(key[0].timestamp())}.{key[1]}"


def _after(given: str) -> tuple[datetime, int] | None:
    """The key that a page goes on after; None for what is none."""
    seconds, _, row = given.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10 and number(row)):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), number(row)
