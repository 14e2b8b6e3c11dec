"""Whether the database is there, of this release, and copied."""

from collections.abc import Iterator

from ivr.readiness import Finding
from ivr.store import schema
from ivr.store.database import Store


def examine(store: Store) -> Iterator[Finding]:
    """Find what is wrong with the database. The line answers without one, but is not changed."""
    try:
        current = schema.current(store)
    except Exception as error:  # whatever it is, the answer is the same
        yield Finding(
            f"The database is away ({type(error).__name__}): calls go on without it.",
            "Look whether IVR_DATABASE_URL is right and the database answers.",
        )
        return
    if current != schema.newest():
        yield Finding("The database is not of this release.", "Run `ivr migrate`.")
    copy = "sqlite3 LINE '.backup COPY'" if store.sqlite else "pg_dump"
    yield Finding(
        "The line does not copy its database.",
        f"Let `{copy}` run every night, keep the copy elsewhere, and try to restore one.",
        reminder=True,
    )
