"""A line at work."""

from tests.editions.work import line, make

__all__ = ["line", "make"]
