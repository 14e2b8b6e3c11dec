"""Parts of a page that a browser asks for again and again: sent only when they have changed.

Asking is no activity: a screen without a person before it signs itself out all the same. A call in
progress is activity, and its page says so (`on_call`).
"""

import hashlib
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request

from ivr.console.board_news import news
from ivr.console.desk import Desk


def add(routes: Blueprint, desk: Desk) -> None:
    """Put what every page asks for behind the door."""

    @routes.get("/news")
    def news_rows() -> Response:
        """What everybody is told on every page, without content."""
        answer = fragment("news.html", news=news(desk))
        if g.active:
            answer.headers["X-On-Call"] = "1"
        return answer


def fragment(template: str, **more: Any) -> Response:
    """A part of a page, or nothing where the browser has it already."""
    body = render_template(template, **more)
    answer = make_response(body)
    answer.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
