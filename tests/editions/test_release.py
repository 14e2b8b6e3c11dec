"""A later release beside what staff made: merged into the draft, and never over it."""

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.editions import release
from ivr.editions.change import Change, Kind, Place
from ivr.editions.document import write_edition
from ivr.editions.drafting import load, version
from ivr.editions.normal import named
from ivr.editions.ship import shipped_edition
from ivr.store import audit, draft
from ivr.store.documents import EDITIONS, RELEASES
from prompts import Catalogue, TextState
from tests.editions.staff import NL, NOW, write

YOUNG = Place(Kind.TEXT, "nl", "main.young")


def edited(edition: Edition, language: str, key: str, words: str) -> Edition:
    texts = dict(edition.catalogue.texts[language])
    texts[key] = replace(texts[key], words=words)
    every = {**edition.catalogue.texts, language: texts}
    return named(replace(edition, catalogue=Catalogue(every)))


LATER = edited(
    edited(shipped_edition(), "nl", "main.info", "Hun woorden"), "nl", "main.young", "Jong"
)


def staff_publish(connection: sa.Connection, edition: Edition) -> None:
    EDITIONS.save(connection, write_edition(edition), source="", note="anna", at=NOW)


def words(edition: Edition, key: str) -> str:
    return edition.catalogue.texts["nl"][key].words


@pytest.fixture
def rows(rows: sa.Connection) -> sa.Connection:
    release.bring(rows, shipped_edition(), NOW)
    return rows


def test_where_nobody_edited_a_release_is_the_next_edition(rows: sa.Connection) -> None:
    release.bring(rows, LATER, NOW)
    assert EDITIONS.newest(rows) == (2, LATER.digest)
    assert draft.rows(rows) == []


def test_where_staff_edited_it_waits_in_the_draft(rows: sa.Connection) -> None:
    staff_publish(rows, edited(shipped_edition(), "nl", "main.info", "Onze woorden"))
    release.bring(rows, LATER, NOW)
    assert EDITIONS.newest(rows)[0] == 2, "nothing is published by a release"
    now = load(rows)
    assert [one.place for one in now.changes] == [YOUNG]
    assert words(now.edition, "main.young") == "Jong"
    assert words(now.edition, "main.info") == "Onze woorden"


def test_what_it_would_have_said_where_staff_s_words_stay_is_in_the_history(
    rows: sa.Connection,
) -> None:
    staff_publish(rows, edited(shipped_edition(), "nl", "main.info", "Onze woorden"))
    release.bring(rows, LATER, NOW)
    (offered,) = draft.history(rows, NL)
    assert (offered.act, offered.who) == ("offered", "the release")
    assert json.loads(offered.value)["words"] == "Hun woorden"
    told = audit.entries(rows)[0]
    assert told.what == "draft: release"
    assert told.detail.startswith("1 changes are in the draft, 1 stay")


def test_what_an_admin_is_drafting_just_then_stays_hers(rows: sa.Connection) -> None:
    staff_publish(rows, edited(shipped_edition(), "fr", "main.info", "Nos mots"))
    write(rows, "Anna schrijft", who="anna")
    before = version(rows, NL)
    release.bring(rows, LATER, NOW)
    assert words(load(rows).edition, "main.info") == "Anna schrijft"
    assert version(rows, NL) > before, "she hears of it when she saves"


def test_it_comes_once(rows: sa.Connection) -> None:
    staff_publish(rows, edited(shipped_edition(), "nl", "main.info", "Onze woorden"))
    assert not release.is_brought(rows, LATER.digest)
    release.bring(rows, LATER, NOW)
    draft.drop(rows, [YOUNG])
    release.bring(rows, LATER, NOW)
    release.bring(rows, shipped_edition(), NOW)
    assert release.is_brought(rows, LATER.digest)
    assert draft.rows(rows) == []


def test_the_release_after_is_compared_with_the_one_before(rows: sa.Connection) -> None:
    staff_publish(rows, edited(shipped_edition(), "nl", "main.info", "Onze woorden"))
    release.bring(rows, LATER, NOW)
    draft.drop(rows, [YOUNG])  # an admin did not want it
    release.bring(rows, edited(LATER, "fr", "main.info", "Autre"), NOW)
    assert [one.place for one in load(rows).changes] == [Place(Kind.TEXT, "fr", "main.info")]


def test_an_installation_from_before_releases_were_kept_knows_its_base(
    rows: sa.Connection,
) -> None:
    rows.execute(sa.delete(RELEASES.table))
    staff_publish(rows, edited(shipped_edition(), "nl", "main.info", "Onze woorden"))
    release.bring(rows, LATER, NOW)
    assert [one.place for one in load(rows).changes] == [YOUNG]


def test_new_english_that_the_release_translated_itself_needs_no_review(
    rows: sa.Connection,
) -> None:
    staff_publish(rows, edited(shipped_edition(), "nl", "main.young", "Onze woorden"))
    release.bring(rows, edited(shipped_edition(), "en", "main.info", "Hear more"), NOW)
    made = load(rows).edition
    assert made.catalogue.texts["nl"]["main.info"].state is TextState.APPROVED
    assert made.catalogue.texts["en"]["main.info"].words == "Hear more"


def test_a_recording_of_the_release_comes_with_its_text(rows: sa.Connection) -> None:
    staff_publish(rows, edited(shipped_edition(), "nl", "main.info", "Onze woorden"))
    own = dict(shipped_edition().recordings["nl"])
    own["main.young"] = replace(own["main.young"], seconds=9.0)
    spoken = {**shipped_edition().recordings, "nl": own}
    release.bring(rows, named(replace(shipped_edition(), recordings=spoken)), NOW)
    (only,) = load(rows).changes
    assert only == Change(Place(Kind.RECORDING, "nl", "main.young"), only.value)
