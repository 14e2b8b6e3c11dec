"""What it takes to call somebody back: the database, addresses, accounts, and who is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ivr import clock
from ivr.callbacks.context import Context
from ivr.carrier import Carrier
from ivr.carrier.opening import Carriers, accounts_of
from ivr.store.database import Store

if TYPE_CHECKING:
    from ivr.line import Line


@dataclass(frozen=True)
class Means:
    """What staff's half of a callback uses. `secrets` seal addresses and the operators' numbers;
    `base` is the public address, `accounts` our SID at each carrier. `carriers` are those that may
    be asked, by name: only a callback's own one ever is. `real` is the clock that seals go by,
    also where a demonstration pretends another time.
    """

    store: Store
    context: Callable[[], Context]
    secrets: tuple[bytes, ...]
    base: str
    accounts: Mapping[str, str]
    carriers: Mapping[str, Carrier]
    real: Callable[[], datetime] = clock.now


def means_of(line: "Line") -> Means:
    """The means of a running line, or of a command; nothing is opened yet."""
    settings = line.settings
    return Means(
        store=line.store,
        context=line.context,
        secrets=settings.secret_keys,
        base=settings.public_base_url,
        accounts=accounts_of(settings),
        carriers=Carriers(settings),
    )
