"""What is not run a second time on PostgreSQL, and why: what is about SQLite's own file, and what
has used PostgreSQL already.
"""

ALONE = {
    "tests/test_broken_databases.py": "it breaks the file; tests/database has PostgreSQL's ways",
    "tests/database/test_line_goes_on.py": "it breaks the file, its folder and its disk",
    "tests/database/test_booking_meanwhile.py": "it takes each kind away, by name, in one run",
    "tests/store/test_erased.py": "it searches the bytes of the file and of its log",
    "tests/callbacks/test_restored.py::test_a_backup_that_is_put_back_is_on_hold_and_says_why": (
        "it takes the backup with SQLite's own means; the rule beside it runs on both"
    ),
    "tests/commands/test_settings.py": "it reads the environment and opens no database",
    "tests/commands/test_doctor.py::"
    "test_a_database_that_is_away_does_not_keep_it_from_looking_at_the_rest": "it breaks the file",
    "tests/editions/test_promises_at_hand.py::"
    "test_while_the_database_is_away_nothing_is_promised": "it takes the file away",
    "tests/console/test_away.py::test_who_is_in_is_told_that_calls_go_on": "it breaks the file",
    "tests/console/test_away.py::test_nobody_gets_in_meanwhile": "it breaks the file",
    "tests/store/test_database.py": "it asks for each kind by name, and for the file's own ways",
    "tests/commands/test_up.py::"
    "test_a_database_that_is_garbage_does_not_keep_it_from_answering": "it breaks the file",
    "tests/bench/test_calls.py": "`ivr bench` measures calls on a line of its own, with a file",
    "tests/bench/test_servers.py": "the same",
    "tests/bench/test_scaling.py": "the same",
    "tests/bench/test_queue.py": "it makes each kind by name, as `ivr bench queue` does",
}
"""A file, or one test of it, with the reason."""


def is_about_sqlite(test: str) -> bool:
    """Whether a test, by its id, is one of them."""
    return any(test == one or test.startswith((f"{one}::", f"{one}[")) for one in ALONE)
