"""Twilio's REST shape of a call, as its SDK reads it, and of what went wrong."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from ivr.carrier.rehearsal.asking import API_VERSION
from ivr.carrier.rehearsal.ledger import Record

Resource = dict[str, Any]


class RestError(Exception):
    """What the account cannot have: HTTP status, Twilio's code, a plain sentence."""

    def __init__(self, status: int, code: int, message: str) -> None:
        """Keep the three."""
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def write(self) -> Resource:
        """As Twilio writes it."""
        return {"code": self.code, "message": self.message, "more_info": "", "status": self.status}


def account_path(account: str) -> str:
    """Where everything of an account is."""
    return f"/{API_VERSION}/Accounts/{account}"


def call_resource(record: Record) -> Resource:
    """One call. Nothing here costs anything, so there is no price."""
    path = f"{account_path(record['account'])}/Calls/{record['sid']}"
    return {
        "sid": record["sid"],
        "account_sid": record["account"],
        "parent_call_sid": record["parent"] or None,
        "direction": record["direction"],
        "from": record["from"],
        "from_formatted": record["from"],
        "to": record["to"],
        "to_formatted": record["to"],
        "status": record["status"],
        **_times(record),
        "api_version": API_VERSION,
        "answered_by": None,
        "caller_name": "",
        "forwarded_from": "",
        "group_sid": None,
        "phone_number_sid": None,
        "price": None,
        "price_unit": "EUR",
        "queue_time": "0",
        "trunk_sid": None,
        "uri": f"{path}.json",
        "subresource_uris": {},
    }


def page_resource(account: str, records: list[Record], page: int, size: int) -> Resource:
    """One page of calls."""
    path = f"{account_path(account)}/Calls.json"

    def uri(number: int) -> str:
        return f"{path}?PageSize={size}&Page={number}"

    first = page * size
    return {
        "calls": [call_resource(record) for record in records[first : first + size]],
        "page": page,
        "page_size": size,
        "start": first,
        "end": max(first, min(len(records), first + size) - 1),
        "uri": uri(page),
        "first_page_uri": uri(0),
        "previous_page_uri": uri(page - 1) if page else None,
        "next_page_uri": uri(page + 1) if first + size < len(records) else None,
    }


def _times(record: Record) -> Resource:
    """When it was what, and its whole seconds once it is over."""
    ended = record["ended"]
    return {
        "date_created": _date(record["created"]),
        "date_updated": _date(record["updated"]),
        "start_time": _date(record["started"] or record["created"]),
        "end_time": _date(ended),
        "duration": str(record["duration"]) if ended else None,
    }


def _date(source: str) -> str | None:
    return format_datetime(datetime.fromisoformat(source)) if source else None
