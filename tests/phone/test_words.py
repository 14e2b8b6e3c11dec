"""The page's own words: complete in every language of the interface, and none without a use."""

import re
from pathlib import Path

import pytest

from ivr.carrier.rehearsal.answers import Answer
from ivr.phone import words as module
from ivr.phone.page import SHARED
from ivr.phone.words import LANGUAGES, choose, words
from prompts import load_menu
from tests.worlds import shipped_edition

ROOM = Path(module.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_with_the_same_openings(language: str) -> None:
    source = words("en")
    for key, text in words(language).items():
        assert text.strip() == text != "", key
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source[key])), key


def test_every_text_that_the_template_names_is_there() -> None:
    template = (ROOM / "templates" / "phone.html").read_text()
    named = set(re.findall(r"words\[[\"']([^\"']+)[\"']\]", template))
    assert named <= set(words("en"))
    assert len(named) > 20


def test_every_text_that_the_script_names_reaches_it() -> None:
    scripts = "".join(path.read_text() for path in (ROOM / "static").glob("*.js"))
    named = set(re.findall(r"words\[\"([^\"]+)\"\]", scripts))
    assert named <= {key for key in words("en") if key.startswith(SHARED)}
    beginnings = set(re.findall(r"words\[`([a-z]+\.)\$", scripts))
    assert beginnings == {"who.", "carrier.", "phase.", "other.", "hears.", "place.", "rings."}


def test_every_answer_and_every_unlabelled_node_has_a_name() -> None:
    assert {f"answers.{answer}" for answer in Answer} <= set(words("en"))
    menu = load_menu()
    labelled = {
        option.to for node in menu.nodes.values() for option in node.options if not option.region
    }
    named = {key.removeprefix("node.") for key in words("en") if key.startswith("node.")}
    assert set(menu.nodes) - labelled - {"person"} <= named
    assert shipped_edition().menu.nodes.keys() >= named


@pytest.mark.parametrize(
    ("asked", "accepted", "found"),
    [
        ("fr", ["nl"], "fr"),
        ("", ["nl-BE", "fr"], "nl"),
        ("xx", ["pt", "de-AT"], "de"),
        ("", [], "en"),
        ("FR", [], "fr"),
        ("../en", ["zz"], "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_one_that_is_read(
    asked: str, accepted: list[str], found: str
) -> None:
    assert choose(asked, accepted) == found
