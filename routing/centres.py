"""The directory as a document: the one that ships, and every one that is imported or exported."""

import tomllib
from pathlib import Path

from routing.changes import bury, diff, withdrawn
from routing.checks import LANGUAGES, check_directory
from routing.directory import Directory
from routing.problem import DirectoryError, Problem
from routing.reading import read_directory
from routing.writing import write_directory

__all__ = [
    "LANGUAGES",
    "DirectoryError",
    "Problem",
    "bury",
    "check_directory",
    "diff",
    "load_directory",
    "read_directory",
    "withdrawn",
    "write_directory",
]

SHIPPED = Path(__file__).with_name("centres.toml")


def load_directory(path: Path = SHIPPED) -> Directory:
    """Load the directory that ships with the line, or another file of the same form."""
    return read_directory(tomllib.loads(path.read_text(encoding="utf-8")))
