"""Whole calls as they are written down in `tests/calls/*.toml`, and how such a file is read."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ivr.carrier.rehearsal.answers import Answer
from tests.worlds import BRUSSELS

FOLDER = Path(__file__).with_name("calls")
LANGUAGES = ("nl", "fr", "de", "en")
CALLERS = {
    "a landline": "+12025550123",  # examples: nobody's numbers
    "a mobile": "+15550100123",
    "a withheld number": "anonymous",
    "a phone that can be rung": "+3225550147",
    "another phone": "+3225550148",
}
ANSWERS = {
    "picks up and presses 1": Answer.PRESSES,
    "picks up and does not press": Answer.SILENT,
    "is busy": Answer.BUSY,
    "does not answer": Answer.NO_ANSWER,
    "cannot be reached": Answer.FAILED,
    "is a machine": Answer.MACHINE,
}


@dataclass(frozen=True)
class Story:
    """One call as it is written down; `rung` is how each centre that is rung behaves, in turn, and
    `staffed` says that operators work from eight to midnight, so that a callback can be promised.
    """

    name: str
    story: str
    steps: tuple[str, ...]
    at: datetime
    number: str
    caller: str
    rung: tuple[Answer, ...]
    tones: bool
    languages: tuple[str, ...]
    staffed: bool


def load(path: Path) -> Story:
    """Read a story; a word in it that means nothing is an error."""
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    moment: datetime = source.pop("at", datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001 (wall time)
    caller = source.pop("from", "a landline")
    story = Story(
        name=path.stem,
        story=source.pop("story"),
        steps=tuple(source.pop("steps")),
        at=moment.replace(tzinfo=BRUSSELS) if moment.tzinfo is None else moment,
        number=source.pop("number", "the line"),
        caller=CALLERS.get(caller, caller),
        rung=tuple(ANSWERS[one] for one in source.pop("when_rung", ["picks up and presses 1"])),
        tones=source.pop("tones", True),
        languages=tuple(source.pop("languages", LANGUAGES)),
        staffed=source.pop("staffed", False),
    )
    assert not source, f"{path.name}: what is {sorted(source)}?"
    return story


def stories() -> list[Story]:
    """Every story there is."""
    return [load(path) for path in sorted(FOLDER.glob("*.toml"))]
