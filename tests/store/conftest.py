"""Databases of both kinds."""

from tests.databases import (
    database,
    lasting_postgresql,
    lasting_sqlite,
    migrated,
    postgresql,
    postgresql_template,
    rows,
    sqlite_template,
)

__all__ = [
    "database",
    "lasting_postgresql",
    "lasting_sqlite",
    "migrated",
    "postgresql",
    "postgresql_template",
    "rows",
    "sqlite_template",
]
