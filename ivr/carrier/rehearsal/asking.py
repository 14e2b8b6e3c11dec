"""Makes the signed webhooks: exactly the fields, headers and signature that Twilio sends."""

from collections.abc import Mapping
from email.utils import format_datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types

from ivr.carrier.rehearsal.board import Board
from ivr.carrier.rehearsal.legs import Direction, Leg, Status
from ivr.carrier.rehearsal.places import place_fields
from ivr.carrier.rehearsal.wire import Purpose, Request

API_VERSION = "2010-04-01"
OWN_TIME = "PretendAt"
"""The call's own time (ISO 8601): the one field that Twilio does not send. A telephone tells how
time passes in a rehearsal, and may pretend another day, so the line has to be told.
"""


def ask(board: Board, leg: Leg, url: str, method: str, extra: Mapping[str, str]) -> None:
    """Ask for the document that says how a leg goes on; nothing else happens on it until then."""
    leg.url, leg.method = url, method
    request = _request(board, leg, Purpose.DOCUMENT, url, method, extra)
    leg.asked = request.id
    leg.timer = None
    board.outbox.append(request)


def tell(board: Board, leg: Leg, url: str, method: str, extra: Mapping[str, str]) -> None:
    """Tell the line something that needs no answer."""
    board.outbox.append(_request(board, leg, Purpose.NOTICE, url, method, extra))


def fetch(board: Board, leg: Leg, url: str) -> None:
    """Fetch a sound."""
    request = Request(
        board.name("RQ"), leg.sid, Purpose.SOUND, "GET", url, {}, {"Accept": "audio/wav, */*"}
    )
    board.asked[request.id] = request
    leg.wanted.add(request.id)
    board.outbox.append(request)


def tell_progress(board: Board, leg: Leg, event: str) -> None:
    """Tell how far a leg has come, where somebody asked to be told of this step."""
    if not leg.notices.url or event not in leg.notices.events:
        return
    extra = {
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(leg.notes),
        "Timestamp": format_datetime(leg.family.moment),
    }
    if event == "initiated":
        extra["CallStatus"] = event
    if not leg.live:
        extra |= {"CallDuration": str(leg.duration), "Duration": str(-(-leg.duration // 60))}
    leg.notes += 1
    tell(board, leg, leg.notices.url, leg.notices.method, extra)


def form_of(board: Board, leg: Leg) -> dict[str, str]:
    """The fields that come with every webhook of a leg."""
    form = {
        "CallSid": leg.sid,
        "AccountSid": board.account.sid,
        "From": leg.from_,
        "To": leg.to,
        "Caller": leg.from_,
        "Called": leg.to,
        "CallStatus": leg.status.value,
        "Direction": leg.direction.value,
        "ApiVersion": API_VERSION,
        OWN_TIME: leg.family.moment.isoformat(timespec="milliseconds"),
    }
    if leg.parent:
        form["ParentCallSid"] = leg.parent
    for side, number in (("From", leg.from_), ("Caller", leg.from_)):
        form |= place_fields(side, number)
    for side, number in (("To", leg.to), ("Called", leg.to)):
        form |= place_fields(side, number)
    if leg.status in {Status.QUEUED, Status.RINGING} and leg.direction is Direction.INBOUND:
        form["CallToken"] = f'{{"parentCallInfoToken":"{leg.sid[2:]}","identityHeaderTokens":[]}}'
    return form


def _request(
    board: Board, leg: Leg, purpose: Purpose, url: str, method: str, extra: Mapping[str, str]
) -> Request:
    form: Mapping[str, str] = {**form_of(board, leg), **extra}
    url = urlunsplit(urlsplit(url)._replace(fragment=""))
    if method == "GET":
        parts = urlsplit(url)
        query = "&".join(part for part in (parts.query, urlencode(form)) if part)
        url, form = urlunsplit(parts._replace(query=query)), {}
    repeats = purpose is Purpose.DOCUMENT and board.faults.repeat > 0
    board.faults.repeat -= repeats
    request = Request(
        board.name("RQ"), leg.sid, purpose, method, url, form, _headers(board, url, form), repeats
    )
    board.asked[request.id] = request
    board.note(leg, purpose.value, request=request.id, method=method, url=url, form=dict(form))
    return request


def _headers(board: Board, url: str, form: Mapping[str, str]) -> dict[str, str]:
    signature = RequestValidator(board.account.token).compute_signature(url, dict(form))
    headers = {
        "X-Twilio-Signature": str(signature),
        "I-Twilio-Idempotency-Token": board.name("")[:32],
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
    }
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
    return headers
