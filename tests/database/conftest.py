"""Databases of both kinds."""

from tests.databases import database, postgresql

__all__ = ["database", "postgresql"]
