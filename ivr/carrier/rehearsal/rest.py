"""The account's door: calls are placed, looked up, ended and deleted as at Twilio."""

import re
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request

from ivr.carrier.rehearsal.asking import API_VERSION
from ivr.carrier.rehearsal.exchange import Exchange, Order, UnknownCallError
from ivr.carrier.rehearsal.legs import Notices, Status
from ivr.carrier.rehearsal.resource import RestError, call_resource, page_resource
from ivr.carrier.rehearsal.switch import Switch

PARAMETERS = frozenset({
    "To", "From", "Url", "Method", "Twiml", "FallbackUrl", "FallbackMethod", "Timeout", "TimeLimit",
    "StatusCallback", "StatusCallbackMethod", "StatusCallbackEvent",
})  # fmt: skip
FILTERS = {"to": "To", "from": "From", "status": "Status", "parent": "ParentCallSid"}
EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|sips?:[!-~]+@[!-~]+")
MOST_ON_A_PAGE = 1000


def door(switch: Switch) -> Blueprint:
    """The REST routes of one switch."""
    routes = Blueprint("rest", __name__, url_prefix=f"/{API_VERSION}/Accounts/<account>")

    @routes.post("/Calls.json")
    def create(account: str) -> tuple[Response, int]:
        order = read_order(request.form, switch.exchange.board.account.owned)
        leg = switch.act(lambda exchange, at: exchange.place(order, at))
        switch.act(lambda exchange, at: _withhold(exchange))
        return jsonify(call_resource(switch.ledger.records[leg.sid])), 201

    @routes.get("/Calls.json")
    def find(account: str) -> Response:
        given = request.args
        wanted = {field: given.get(name, "") for field, name in FILTERS.items()}
        records = switch.ledger.find(wanted, *read_span(given))
        size = _whole(given, "PageSize", 50, MOST_ON_A_PAGE)
        page = _whole(given, "Page", 0, 10**5, least=0)
        return jsonify(page_resource(account, records, page, size))

    @routes.get("/Calls/<sid>.json")
    def look_up(account: str, sid: str) -> Response:
        return jsonify(call_resource(_record(switch, sid)))

    @routes.post("/Calls/<sid>.json")
    def change(account: str, sid: str) -> Response:
        _record(switch, sid)
        _end(switch, sid, request.form.get("Status", ""))
        return jsonify(call_resource(_record(switch, sid)))

    @routes.delete("/Calls/<sid>.json")
    def delete(account: str, sid: str) -> tuple[str, int]:
        if Status(_record(switch, sid)["status"]) in {Status.RINGING, Status.IN_PROGRESS}:
            raise RestError(409, 20009, "a call that goes on cannot be deleted")
        switch.delete(sid)
        return "", 204

    return routes


def read_order(form: Mapping[str, str], owned: frozenset[str]) -> Order:
    """Read what the account asks for. Raises RestError for what it cannot have."""
    unknown = set(form) - PARAMETERS
    if unknown:
        raise RestError(400, 20001, f"not known here: {', '.join(sorted(unknown))}")
    to, from_ = form.get("To", ""), form.get("From", "")
    if not _NUMBER.fullmatch(to):
        raise RestError(400, 21211, f"{to!r} is no number that can be called")
    if not _NUMBER.fullmatch(from_) or (owned and from_ not in owned):
        raise RestError(400, 21210, f"{from_!r} is no number of this account")
    url, twiml = form.get("Url", ""), form.get("Twiml", "")
    if bool(url) == bool(twiml) or (url and not urlsplit(url).hostname):
        raise RestError(400, 21205, "exactly one of Url and Twiml says how the call goes on")
    return Order(
        to=to,
        from_=from_,
        url=url,
        method=form.get("Method", "POST"),
        twiml=twiml,
        fallback=form.get("FallbackUrl", ""),
        fallback_method=form.get("FallbackMethod", "POST"),
        ring=_whole(form, "Timeout", 60, 600),
        limit=_whole(form, "TimeLimit", 4 * 3600, 24 * 3600),
        notices=_read_notices(form),
    )


def _read_notices(form: Mapping[str, str]) -> Notices:
    lists = getattr(form, "getlist", None)
    given = lists("StatusCallbackEvent") if lists else []
    events = frozenset(word for one in given for word in one.split())
    if not events <= EVENTS:
        raise RestError(400, 21626, f"no such event: {', '.join(sorted(events - EVENTS))}")
    url, method = form.get("StatusCallback", ""), form.get("StatusCallbackMethod", "POST")
    return Notices(url, method, events or frozenset({"completed"}))


def _whole(form: Mapping[str, str], name: str, default: int, most: int, least: int = 1) -> int:
    value = form.get(name, str(default))
    if not re.fullmatch("[0-9]{1,5}", value) or not least <= int(value) <= most:
        raise RestError(400, 20001, f"{name} cannot be {value!r}")
    return int(value)


def read_span(given: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """Read the filters of the start time; a day alone means the whole of it. Both ends count."""
    day, since, until = (given.get(f"StartTime{sign}", "") for sign in ("", ">", "<"))
    if day:
        start = _moment(day)
        return start, start + timedelta(days=1, microseconds=-1)
    return (_moment(since) if since else None), (_moment(until) if until else None)


def _moment(source: str) -> datetime:
    try:
        moment = datetime.fromisoformat(source)
    except ValueError:
        raise RestError(400, 20001, f"{source!r} is no time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _record(switch: Switch, sid: str) -> dict[str, str]:
    record = switch.ledger.records.get(sid)
    if record is None:
        raise RestError(404, 20404, f"no call {sid}")
    return record


def _end(switch: Switch, sid: str, status: str) -> None:
    """End a call: `canceled` only before somebody picks up, `completed` at any time."""
    if status not in {Status.COMPLETED, Status.CANCELED}:
        raise RestError(400, 21218, f"a call cannot be made {status!r}")
    if status == Status.CANCELED and switch.ledger.records[sid]["status"] == Status.IN_PROGRESS:
        raise RestError(400, 21220, "somebody has picked up: it cannot be canceled any more")
    try:
        switch.act(lambda exchange, at: exchange.hang_up(sid, at))
    except UnknownCallError:
        raise RestError(400, 21220, "the call is over already") from None
    switch.send_waiting()


def _withhold(exchange: Exchange) -> None:
    """Where a fault asks for it, the call is placed but nobody learns so: the wire is cut."""
    if exchange.faults.withhold:
        exchange.faults.withhold -= 1
        wire = request.environ.get("werkzeug.socket")
        if wire is not None:
            wire.shutdown(socket.SHUT_RDWR)
