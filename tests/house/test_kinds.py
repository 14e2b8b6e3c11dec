"""What is left out on PostgreSQL is there, and has a reason; and all else is asked to run there."""

import re
from pathlib import Path

from tests.house.tree import ROOT, text
from tests.sqlite_alone import ALONE, is_about_sqlite


def test_what_is_left_out_is_there_and_says_why() -> None:
    for name, reason in ALONE.items():
        file, _, test = name.partition("::")
        assert (ROOT / file).is_file(), name
        assert not test or f"def {test}(" in text(Path(file)), name
        assert reason


def test_what_is_not_named_is_not_left_out() -> None:
    assert is_about_sqlite("tests/test_broken_databases.py::test_it[x]")
    assert not is_about_sqlite("tests/test_broken_databases.pyx::test_it")
    assert not is_about_sqlite("tests/callbacks/test_restored.py::test_an_ordinary_day")


def test_continuous_integration_runs_the_tests_on_both() -> None:
    runs = re.findall(r"^\.venv/bin/pytest .*$", text(Path(".ci/run")), re.M)
    assert len(runs) == 2
    assert "--database" not in runs[0]
    assert "--database=postgresql --touched" in runs[1]
