"""Migrations: the newest is what the tables say, and each goes up and down, with data in it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ivr.store import beats, schema
from ivr.store.database import Store
from ivr.store.tables import metadata
from tests.store.callback_rows import fill_0002
from tests.store.desk_rows import fill_0004
from tests.store.edition_rows import fill_0006
from tests.store.staff_rows import fill_0003

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def revisions() -> list[str]:
    scripts = ScriptDirectory(str(schema.FOLDER)).walk_revisions()
    return [script.revision for script in reversed(list(scripts))]


def names(url: str) -> set[str]:
    with Store(url) as store:
        return set(sa.inspect(store.engine).get_table_names()) - {"alembic_version"}


def fill_0001(connection: sa.Connection) -> None:
    """A row in every table of the first migration."""
    document = {"digest": "d", "document": "{}", "source": "s", "note": "", "created_at": NOW}
    for table in ("editions", "directories"):
        connection.execute(sa.insert(metadata.tables[table]).values(number=1, **document))
    rows = {
        "changes": {"at": NOW, "who": "x", "directory": 1, "sentence": "x"},
        "counts": {"hour": NOW, "language": "nl", "node": "main", "event": "x", "n": 1},
        "proofs": {"carrier": "x", "target": "sip:x", "at": NOW},
        "effects": {"key": "k", "result": "ok", "at": NOW},
    }
    for table, row in rows.items():
        connection.execute(sa.insert(metadata.tables[table]).values(**row))


FILL: dict[str, Callable[[sa.Connection], None]] = {
    "0001": fill_0001,
    "0002": fill_0002,
    "0003": fill_0003,
    "0004": fill_0004,
    "0005": lambda connection: beats.keep(connection, 7),
    "0006": fill_0006,
}
"""Rows for each migration, put in once it is reached: the next one has to carry them along."""


def test_the_tables_are_what_the_newest_migration_leaves(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store, store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert names(database) == set(metadata.tables)


def test_every_migration_goes_up_and_down_with_data(database: str) -> None:
    for revision in revisions():
        schema.migrate(database, revision)
        with Store(database) as store, store.writing() as connection:
            FILL[revision](connection)
    for revision in [*reversed(revisions()[:-1]), "base"]:
        schema.migrate(database, revision)
    assert names(database) == set()
    schema.migrate(database)
    assert names(database) == set(metadata.tables)


def test_the_newest_data_survives_a_second_run(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store, store.writing() as connection:
        for fill in FILL.values():
            fill(connection)
    schema.migrate(database)
    with Store(database) as store:
        assert schema.current(store) == schema.newest()
        with store.reading() as connection:
            for table in metadata.tables.values():
                assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 1


def test_an_empty_database_is_at_nothing(database: str) -> None:
    with Store(database) as store:
        assert schema.current(store) == ""


def test_two_branches_cannot_both_be_newest() -> None:
    head = (schema.FOLDER / "HEAD").read_text().strip()
    assert head == schema.newest() == revisions()[-1]
    assert set(FILL) == set(revisions()), "each migration is tried with data: add rows for it"


@pytest.mark.parametrize("revision", revisions())
def test_a_migration_has_its_number_in_its_name(revision: str) -> None:
    assert len(list((schema.FOLDER / "versions").glob(f"{revision}_*.py"))) == 1
