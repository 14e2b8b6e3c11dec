"""Databases of both kinds, and a line at work on each."""

from tests.databases import database, postgresql
from tests.editions.work import line, make

__all__ = ["database", "line", "make", "postgresql"]
