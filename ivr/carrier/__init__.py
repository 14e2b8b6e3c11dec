"""Who carries calls: one protocol, Twilio, and the rehearsal carrier."""

from ivr.carrier.protocol import (
    OVER,
    Carrier,
    Deleted,
    Found,
    Lost,
    Order,
    Placed,
    Refused,
    Stage,
)

__all__ = [
    "OVER",
    "Carrier",
    "Deleted",
    "Found",
    "Lost",
    "Order",
    "Placed",
    "Refused",
    "Stage",
]
