"""What every test shares: rules are tried on many examples, never against a stopwatch; and the
kind of database that tests use which ask for none.

`pytest` runs them on SQLite and keeps in mind which tests use a database.
`pytest --database=postgresql` runs on PostgreSQL those that can, `--touched` only those which the
run before has seen use one. What asks for both kinds has had both already.
"""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import kinds
from tests.databases import (
    BOTH,
    database,
    lasting_postgresql,
    lasting_sqlite,
    migrated,
    postgresql,
    rows,
)
from tests.sqlite_alone import is_about_sqlite

__all__ = ["database", "lasting_postgresql", "lasting_sqlite", "migrated", "postgresql", "rows"]
MEMORY = "line/touched"
USED = ["database", "used"]

settings.register_profile("line", deadline=None, print_blob=True)
settings.load_profile("line")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the kind of database be chosen."""
    group = parser.getgroup("database")
    choices = (kinds.SQLITE, kinds.POSTGRESQL)
    group.addoption("--database", choices=choices, default=kinds.SQLITE)
    group.addoption("--touched", action="store_true", help="only what used a database last time")


def pytest_configure(config: pytest.Config) -> None:
    """Choose it, in every process of the tests."""
    kinds.chosen.kind = config.getoption("--database")
    config.pluginmanager.register(Memory(config), "line-memory")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what is about SQLite's files, and what has had both."""
    if kinds.chosen.kind == kinds.SQLITE:
        return
    touched = set(config.cache.get(MEMORY, [])) if config.getoption("--touched") else None
    out = [one for one in items if has_both(one) or is_about_sqlite(one.nodeid)
           or (touched is not None and one.nodeid not in touched)]  # fmt: skip
    config.hook.pytest_deselected(items=out)
    gone = set(out)
    items[:] = [one for one in items if one not in gone]


def has_both(item: pytest.Item) -> bool:
    """Whether a test runs once on each kind whatever is chosen."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    return any(params.get(name) in (kinds.SQLITE, kinds.POSTGRESQL) for name in BOTH)


def pytest_runtest_logstart() -> None:
    """A test begins, which has used no database yet."""
    kinds.chosen.touched = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Tidy up when all else of a test has ended."""
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    yield
    if kinds.chosen.kind == kinds.POSTGRESQL:
        kinds.tidy(folder)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> None:
    """Tell with the last report of a test that it used one."""
    if call.when == "teardown" and kinds.chosen.touched:
        item.user_properties.append((USED[0], USED[1]))


def pytest_sessionfinish() -> None:
    """The server ends with the tests."""
    kinds.chosen.ending.close()


class Memory:
    """The tests that used a database, kept from one run for the next."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.used: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note it; in the process that hears of all of them."""
        if report.when == "teardown" and USED in [list(one) for one in report.user_properties]:
            self.used.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Keep it."""
        alone = not hasattr(self.config, "workerinput")
        if alone and self.used and kinds.chosen.kind == kinds.SQLITE:
            self.config.cache.set(MEMORY, sorted(self.used))
