"""What was done, by whom: the audit, with its chain walked when somebody asks."""

from flask import Blueprint, Response, request

from ivr.console.desk import Desk
from ivr.console.frame import number, page
from ivr.store import audit

PAGE = 50
"""Entries on one page."""


def add(routes: Blueprint, desk: Desk) -> None:
    """Put these pages behind the door."""

    @routes.get("/audit")
    def trail() -> Response:
        """The newest entries, or older ones."""
        return _show(desk, number(request.args.get("before", "")))

    @routes.get("/audit/verify")
    def verify_trail() -> Response:
        """Walk the whole chain now."""
        with desk.store.reading() as connection:
            return _show(desk, 0, checked=list(audit.verify(connection)))


def _show(desk: Desk, before: int, checked: list[str] | None = None) -> Response:
    with desk.store.reading() as connection:
        entries = audit.entries(connection, before=before, most=PAGE + 1)
        head = audit.head(connection)
    more = entries[PAGE - 1].id if len(entries) > PAGE else 0
    return page(
        "audit.html", entries=entries[:PAGE], head=head, more=more, before=before, checked=checked
    )  # fmt: skip
