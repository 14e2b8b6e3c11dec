"""What time it is at a carrier: every answer over HTTP says so to the second (RFC 9110, 6.6.1).

Asked without a name or a token, and without the carrier's library: what is answered is no matter.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import urllib3

SECONDS = 5.0


def ask_date(url: str) -> datetime | None:
    """What time it is there; None where nobody says."""
    with urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(SECONDS)) as pool:
        try:
            reply = pool.request("HEAD", url, redirect=False)
        except urllib3.exceptions.HTTPError:
            return None
        return read_date(reply.headers.get("Date"))


def read_date(header: str | None) -> datetime | None:
    """Read a Date header; None for one that is missing or says nothing."""
    try:
        return parsedate_to_datetime(header or "").astimezone(UTC)
    except (TypeError, ValueError):
        return None
