"""What ships, brought into a test's database as the line does it."""

from datetime import datetime

from ivr.editions.ship import ship, sources
from ivr.store.database import Store


def ship_to(store: Store, at: datetime) -> None:
    """Bring it; reading what ships takes seconds on a busy machine, and no transaction waits."""
    sources()
    with store.writing() as connection:
        ship(connection, at)
