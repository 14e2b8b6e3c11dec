"""Moments as they travel in a call: whole milliseconds since 1970, in UTC."""

from datetime import datetime


def milliseconds(at: datetime) -> int:
    """An aware moment as Unix time in milliseconds."""
    return round(at.timestamp() * 1000)
