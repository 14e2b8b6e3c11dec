"""An edition as a document: what goes in comes out, and what is no edition is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.edition import Edition
from ivr.editions.document import read_edition, write_edition
from ivr.editions.ship import shipped_directory, shipped_edition
from ivr.store.documents import canonical, digest
from prompts import Catalogue, Origin, Recording, Text, TextState

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
texts = st.builds(Text, st.just("a.key"), words, st.sampled_from(TextState), words)
recordings = st.builds(
    Recording, st.text("0123456789abcdef", min_size=64, max_size=64),
    st.floats(0, 60, allow_nan=False), words, st.sampled_from(Origin),
)  # fmt: skip


def through_json(edition: Edition) -> Edition:
    text = canonical(write_edition(edition))
    return read_edition(edition.number, edition.digest, json.loads(text))


def test_the_shipped_edition_survives_the_journey() -> None:
    edition = shipped_edition()
    again = through_json(edition)
    assert again == edition
    assert list(again.menu.nodes) == list(edition.menu.nodes), "the order says what is a parent"
    assert again.menu.parents == edition.menu.parents
    assert again.offered(rehearsal=True) == edition.offered(rehearsal=True)
    assert canonical(write_edition(again)) == canonical(write_edition(edition))


def test_the_digest_names_the_content_and_nothing_else() -> None:
    edition = shipped_edition()
    assert edition.digest == digest(canonical(write_edition(edition)))
    assert write_edition(replace(edition, number=7, digest="")) == write_edition(edition)
    fewer = replace(edition, languages=edition.languages[1:])
    assert digest(canonical(write_edition(fewer))) != edition.digest


def test_what_ships_can_be_spoken_and_has_somewhere_to_go() -> None:
    assert shipped_edition().offered(rehearsal=True)
    assert shipped_directory().centres
    assert shipped_edition().number == shipped_directory().number == 0


@given(texts, recordings)
def test_any_text_and_any_recording_come_back(text: Text, recording: Recording) -> None:
    edition = replace(
        shipped_edition(),
        catalogue=Catalogue({"nl": {"a.key": text}}),
        recordings={"nl": {"a.key": recording}},
    )
    again = through_json(edition)
    assert again.catalogue == edition.catalogue
    assert again.recordings == edition.recordings


@pytest.mark.parametrize("lost", ["menu", "languages", "texts", "recordings"])
def test_a_document_that_lacks_a_part_is_no_edition(lost: str) -> None:
    content: dict[str, Any] = write_edition(shipped_edition())
    del content[lost]
    with pytest.raises(KeyError):
        read_edition(1, "", content)
