"""The words of staff's pages: complete in every language, none missing, none without a use."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivr.callbacks.again import Trouble
from ivr.callbacks.promises import Reason, Way
from ivr.console import dates
from ivr.console import words as module
from ivr.console.access import NAV
from ivr.console.card_again import WISHES
from ivr.console.card_stage import Stage
from ivr.console.frame import TROUBLE
from ivr.console.words import LANGUAGES, choose, say, words
from ivr.store.staff_tables import KINDS, ROLES, STATUSES
from routing.callback import CONSEQUENCES, Outcome
from routing.calling import Why
from routing.checks import REGIONS

ROOM = Path(module.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NAMED = re.compile(r"[\"']([a-z_]+(?:[.-][a-z_-]+)*)[\"']")


def said(prefix: str, values: Iterable[str]) -> set[str]:
    """Keys that are put together from a prefix and a word of a closed list."""
    return {f"{prefix}.{one.replace(' ', '-')}" for one in values}


STAGES = [one for one in Stage if one not in (Stage.NONE, Stage.TOLD)]
DESK = (
    said("why", Why) | said("outcome", Outcome) | said("why-not", Reason) | said("board.way", Way)
    | said("follows", {str(one.event) for one in CONSEQUENCES.values()} | {"again"})
    | said("stage", STAGES) | {f"{one}.do" for one in said("stage", STAGES)}
    | said("again.wrong", {*Trouble, "window"}) | said("region", REGIONS)
    | said("weekday", map(str, range(7))) | said("again.wish", WISHES)
    | said("number", ("not yours", "reason", "often", "erased"))
    | said("since", ("given", "booked", "missed", "holds", "rosters"))
    | said("board", ("missed", "frozen", "unknown", "paused"))
    | {f"script.{one}{more}" for one in ("first", "alone", "else", "end") for more in ("", ".when")}
    | said("danger.police", ("phone", "say", "stay", "language"))
    | said("danger.ask", ("where", "floor", "who", "hurt", "leave", "wish"))
    | {f"{one}.{many}" for one in ("queue.attempts", "card.attempts", "roster.operators")
       for many in ("one", "many")}
    | said("roster.gap", ("one", "many")) | {"card.attempts.none"}
)  # fmt: skip
MADE = DESK | {
    *(f"role.{role}" for role in ROLES), *(f"status.{status}" for status in STATUSES),
    *(f"factor.{kind}" for kind in KINDS if kind != "recovery"),
    *(f"people.asks.{what}" for what in ("add", "role", "reset")),
}  # fmt: skip
"""Keys that are put together."""


def sources() -> str:
    files = [
        *ROOM.glob("*.py"),
        *(ROOM / "templates").glob("*.html"),
        *ROOM.parent.glob("store/*.py"),
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def begun() -> tuple[str, ...]:
    """Beginnings of keys whose end is put to them where they are named."""
    template = re.findall(r"[\"']([a-z_-]+(?:\.[a-z_-]+)*\.)[\"'] ~", sources())
    return (*template, *re.findall(r"f\"([a-z_-]+(?:\.[a-z_-]+)*\.)\{", sources()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_with_the_same_openings(language: str) -> None:
    source = words("en")
    assert words(language).keys() == source.keys()
    for key, text in words(language).items():
        assert text.strip() == text != "", key
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source[key])), key


def test_no_text_is_said_twice_over_and_no_key_stands_in_two_files() -> None:
    keys = [
        key for path in module.FOLDER.glob("*.toml")
        for key in re.findall(r"^\[\"?([^\]\"]+)\"?\]$", path.read_text(encoding="utf-8"), re.M)
    ]  # fmt: skip
    assert len(keys) == len(set(keys)) == len(words("en"))


def test_every_text_that_is_named_is_there_and_every_one_is_named() -> None:
    named = set(NAMED.findall(sources()))
    asked = set(re.findall(r"\bt\([\"']([^\"']+)[\"'][,)]", sources()))
    assert asked <= set(words("en"))
    unnamed = set(words("en")) - named - MADE
    assert {key for key in unnamed if not key.startswith(begun())} == set()
    assert {*MADE, *TROUBLE.values(), *(word for _, word in NAV)} <= set(words("en"))


@pytest.mark.parametrize(
    ("asked", "accepted", "found"),
    [
        ("fr", ["nl"], "fr"),
        ("", ["nl-BE", "fr"], "nl"),
        ("xx", ["pt", "de-AT"], "de"),
        ("", [], "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_one_that_is_read(
    asked: str, accepted: list[str], found: str
) -> None:
    assert choose(asked, accepted) == found


ZONE = "Europe/Brussels"
NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven at night in Brussels


@pytest.mark.parametrize(
    ("at", "language", "said"),
    [
        (NOW, "en", "today at 23:30"),
        (NOW + timedelta(minutes=30), "nl", "morgen om 00:00"),
        (NOW - timedelta(days=1), "fr", "hier à 23:30"),
        (NOW + timedelta(days=3), "de", "Donnerstag, 26. November um 23:30"),
        (NOW + timedelta(days=3), "en", "Thursday 26 November at 23:30"),
        (NOW - timedelta(days=330), "nl", "zondag 28 december 2025 om 23:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "en", "Sunday 25 October at 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "en", "Sunday 25 October at 02:30"),
    ],
)
def test_a_moment_is_said_as_people_say_it_in_brussels(
    at: datetime, language: str, said: str
) -> None:
    assert dates.moment(at, language, ZONE, NOW) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        *((0.2, "2 seconds"), (2.1, "3 seconds"), (60, "60 seconds"), (60.1, "2 minutes")),
        *((900, "15 minutes"), (901, "16 minutes"), (3600, "60 minutes"), (3601, "2 hours")),
    ],
)
def test_a_wait_is_never_said_too_short(seconds: float, said: str) -> None:
    assert dates.span(timedelta(seconds=seconds), "en") == said


def test_a_text_takes_its_values() -> None:
    assert say("en", "day.time", day="today", time="10:00") == "today at 10:00"
    with pytest.raises(KeyError):
        say("en", "no.such.key")


def test_french_signs_stay_on_the_line_of_their_words() -> None:
    assert say("fr", "outcome.title").endswith("pass\u00e9\u00a0?")
    assert "\u00ab\u00a0" in say("fr", "wish.hello")
    for text in words("fr").values():
        assert not re.search(r"\u00ab | [?!:;\u00bb]", text), text


def test_no_german_sentence_leaves_open_whose_telephone_it_is() -> None:
    telephones = {say("de", f"stage.{one}") for one in ("rings-you", "rings-her")}
    assert len(telephones) == 2
