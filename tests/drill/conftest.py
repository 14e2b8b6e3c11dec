"""Databases of both kinds, at the newest migration."""

from tests.databases import (
    database,
    migrated,
    postgresql,
    postgresql_template,
    sqlite_template,
)

__all__ = ["database", "migrated", "postgresql", "postgresql_template", "sqlite_template"]
