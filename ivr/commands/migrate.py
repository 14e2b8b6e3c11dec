"""`ivr migrate`: bring the database to this release."""

import click

from ivr.commands.start import begin
from ivr.store import schema
from ivr.store.database import Away, Store


@click.command()
def migrate() -> None:
    """Bring the database to this release. Safe to repeat."""
    settings = begin()
    store = Store(settings.database_url)
    try:
        before = schema.current(store)
        schema.migrate(settings.database_url)
        after = schema.current(store)
    except Away as error:
        raise click.ClickException(
            f"The database cannot be brought to this release ({type(error).__name__})."
            " Is IVR_DATABASE_URL right, and does the database answer?"
        ) from None
    finally:
        store.close()
    click.echo(f"The database is at {after}." if before != after else "Nothing to do.")
