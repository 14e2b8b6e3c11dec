"""The database's shape: which migration it is at, and how it gets to another."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ivr.store.database import Store

FOLDER = Path(__file__).with_name("migrations")


def newest() -> str:
    """The migration that this release needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(store: Store) -> str:
    """The migration that the database is at; empty before the first. Raises `Away`."""
    with store.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def migrate(url: str, target: str = "head") -> None:
    """Bring a database to a migration, forwards or back. Raises `Away`."""
    store = Store(url, patient=True)
    back = target == "base" or (target != "head" and target < current(store))
    try:
        with store.writing() as connection:
            config = _config()
            config.attributes["connection"] = connection
            (command.downgrade if back else command.upgrade)(config, target)
    finally:
        store.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
