"""What every page shares: its words, its frame, what was just done, and what went wrong."""

from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from ivr.console import dates
from ivr.console.access import links
from ivr.console.board_news import news
from ivr.console.desk import INVITED, Desk
from ivr.console.entry import IDLE
from ivr.console.guard import ROOT, ForeignFormError
from ivr.console.passwords import BusyError
from ivr.console.words import LANGUAGES, choose, say, words
from ivr.store.database import Away
from ivr.store.staff import StaffError

MOST_DIGITS = 9
TROUBLE = {400: "trouble.form", 403: "trouble.role", 404: "trouble.nothing", 405: "trouble.nothing"}
"""What a page says of a status; of any other, that something went wrong."""


def frame(routes: Blueprint, desk: Desk) -> None:
    """Give every template what it needs, and every error a page."""

    @routes.context_processor
    def given() -> dict[str, Any]:
        return context(desk)

    @routes.errorhandler(HTTPException)
    def wrong(error: HTTPException) -> tuple[str, int]:
        key = "trouble.stale" if isinstance(error, ForeignFormError) else ""
        return trouble(key or TROUBLE.get(error.code or 500, "trouble.wrong"), error.code or 500)

    @routes.errorhandler(Away)
    def away(error: Away) -> tuple[str, int]:
        return trouble("trouble.away", 503)

    @routes.errorhandler(BusyError)
    def busy(error: BusyError) -> tuple[str, int]:
        return trouble("trouble.busy", 503)

    @routes.errorhandler(StaffError)
    def refused(error: StaffError) -> tuple[str, int]:
        return trouble(error.key, 400)


def context(desk: Desk) -> dict[str, Any]:
    """What every template names."""
    person, own, now = g.get("person"), language(), desk.now()
    return {
        "person": person,
        "language": own,
        "languages": LANGUAGES,
        "t": t,
        "in_language": say,
        "capital": lambda text: text[:1].upper() + text[1:],
        "csrf": g.get("csrf", ""),
        "root": ROOT,
        "nav": links(person.role) if person else [],
        "inside": bool(person and person.role != INVITED),
        "state": state(desk),
        "said": said(desk),
        "held": g.get("held", False),
        "news": lambda: news(desk),
        "idle": int(IDLE.total_seconds()),
        "moment": lambda at: dates.moment(at, own, desk.zone, now),
        "day": lambda at: dates.day_of(at, own, desk.zone, now),
        "time": lambda at: dates.time_of(at, own, desk.zone),
        "name_of": lambda code: language_name(code, own),
    }


def language() -> str:
    """The language of this page: hers, else the one asked for, else one that the browser reads."""
    person = g.get("person")
    if person and person.language in LANGUAGES:
        return str(person.language)
    accepted = [str(tag) for tag in request.accept_languages.values()]
    return choose(request.args.get("lang", ""), accepted)


def t(key: str, **values: object) -> str:
    """A text in the language of this page."""
    return say(language(), key, **values)


def language_name(code: str, own: str) -> str:
    """What a language is called; its code where nobody has a word for it."""
    from babel import Locale, UnknownLocaleError  # slow to import

    try:
        return Locale.parse(code, sep="-").get_display_name(own) or code
    except (UnknownLocaleError, ValueError):
        return code


def state(desk: Desk) -> str:
    """How the line is, as the key of a word: in every page's head."""
    if desk.line.health.problem:
        return "state.away"
    return "state.held" if g.get("held") else "state.well"


def trouble(key: str, status: int) -> tuple[str, int]:
    """A page that says what went wrong, and what to do."""
    return render_template("trouble.html", key=key), status


def done(path: str, key: str) -> Answer:
    """Go on to a page, which says once what was done: so that reloading does nothing again."""
    answer = redirect(f"{ROOT}{path}", 303)
    g.say = key
    return answer


def said(desk: Desk) -> str:
    """What the page before this one did, as the key of a sentence; empty for nothing."""
    key = desk.cookies.read(request, "said")
    return key if key.startswith("done.") and key in words("en") else ""


def speak_once(routes: Blueprint, desk: Desk) -> None:
    """Carry what was done to the next page, and no further."""

    @routes.after_request
    def carry(response: Response) -> Response:
        if g.get("say"):
            desk.cookies.give(response, "said", g.say, keep=None)
        elif response.mimetype == "text/html" and desk.cookies.read(request, "said"):
            desk.cookies.take_away(response, "said")
        return response


def page(template: str, status: int = 200, **more: Any) -> Response:
    """A page in the frame."""
    return make_response(render_template(template, **more), status)


def enter(token: str) -> None:
    """Give this browser the session of a token when the answer leaves; empty: none any more."""
    g.token = token
    g.active = True


def number(given: str) -> int:
    """A number of a row, from what a browser sent; 0 for anything else."""
    plain = given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS
    return int(given) if plain else 0
