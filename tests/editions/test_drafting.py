"""The shared draft: nothing of anybody's is lost, and nobody approves what she wrote herself."""

import json

import pytest
import sqlalchemy as sa

from ivr.editions.change import Change, Kind, Place
from ivr.editions.drafting import ConflictError, DraftError, load, put, revert, version
from ivr.editions.ship import shipped_edition
from ivr.store import audit, draft
from prompts import TextState
from tests.editions.staff import APPROVED, EN, NL, NOW, first, write


@pytest.fixture
def rows(rows: sa.Connection) -> sa.Connection:
    first(rows)
    return rows


def words(connection: sa.Connection) -> str:
    return load(connection).edition.catalogue.texts["nl"]["main.info"].words


def state(connection: sa.Connection, language: str = "nl") -> TextState:
    return load(connection).edition.catalogue.texts[language]["main.info"].state


def test_an_untouched_draft_says_what_runs(rows: sa.Connection) -> None:
    now = load(rows)
    assert now.edition.digest == now.running.digest == shipped_edition().digest
    assert now.difference == ()
    assert version(rows, NL) == 0


def test_a_change_is_in_the_draft_and_not_in_what_runs(rows: sa.Connection) -> None:
    new = write(rows, "Meer horen")
    now = load(rows)
    assert words(rows) == "Meer horen"
    assert now.running.digest == shipped_edition().digest
    assert [one.place for one in now.difference] == [NL]
    assert version(rows, NL) == new > 0


def test_the_second_of_two_is_told_what_the_first_wrote_and_nothing_is_lost(
    rows: sa.Connection,
) -> None:
    seen = version(rows, NL)
    write(rows, "Van Anna", who="anna", seen=seen)
    with pytest.raises(ConflictError, match=r"text nl main.info: anna has changed it") as told:
        write(rows, "Van Bea", who="bea", seen=seen)
    assert told.value.mine
    assert told.value.theirs
    assert told.value.mine["words"] == "Van Bea"
    assert json.loads(told.value.theirs.value)["words"] == "Van Anna"
    assert words(rows) == "Van Anna"
    write(rows, "Van Bea en Anna", who="bea", seen=told.value.theirs.id)
    history = [(one.who, json.loads(one.value)["words"]) for one in draft.history(rows, NL)]
    assert history == [("bea", "Van Bea en Anna"), ("anna", "Van Anna")]


def test_two_places_at_once_are_nobody_s_conflict(rows: sa.Connection) -> None:
    write(rows, "Van Anna", who="anna", seen=0)
    write(rows, "From Bea", who="bea", place=EN, seen=0)
    assert len(load(rows).rows) == 2


def test_one_change_is_taken_back_and_stays_in_the_history(rows: sa.Connection) -> None:
    new = write(rows, "Meer horen")
    write(rows, "Hear", place=EN)
    revert(rows, NL, seen=new, who="bea", at=NOW)
    assert words(rows) == shipped_edition().catalogue.texts["nl"]["main.info"].words
    assert [one.act for one in draft.history(rows, NL)] == ["reverted", "changed"]
    with pytest.raises(ConflictError):
        write(rows, "Anna wist het niet", seen=new)
    with pytest.raises(DraftError, match="does not change it"):
        revert(rows, NL, seen=version(rows, NL), who="bea", at=NOW)


def test_nobody_approves_her_own_words_where_two_are_asked_for(rows: sa.Connection) -> None:
    with pytest.raises(DraftError, match="somebody else has to approve"):
        write(rows, "Meer horen", state=APPROVED, who="anna")
    write(rows, "Meer horen", who="anna")
    with pytest.raises(DraftError, match="somebody else has to approve"):
        write(rows, "Meer horen", state=APPROVED, who="anna")
    write(rows, "Meer horen", state=APPROVED, who="bea")
    assert state(rows) is APPROVED


def test_words_stay_their_author_s_whoever_touched_them_in_between(rows: sa.Connection) -> None:
    write(rows, "Meer horen", who="anna")
    write(rows, "Iets anders", who="bea")
    write(rows, "Meer horen", who="bea", state=TextState.NEEDS_REVIEW)
    with pytest.raises(DraftError):
        write(rows, "Meer horen", who="anna", state=APPROVED)


def test_one_may_do_it_alone_where_the_setting_says_so(rows: sa.Connection) -> None:
    write(rows, "Meer horen", state=APPROVED, two=False)
    assert state(rows) is APPROVED


def test_other_english_wants_the_translations_read_again(rows: sa.Connection) -> None:
    write(rows, "Hear", place=EN, state=APPROVED, who="anna", two=False)
    assert state(rows) is TextState.NEEDS_REVIEW
    assert NL in [one.place for one in load(rows).difference]
    shipped = shipped_edition().catalogue.texts["nl"]["main.info"].words
    write(rows, shipped, state=APPROVED, who="anna")  # nobody's words: they shipped
    assert state(rows) is APPROVED
    assert state(rows, "fr") is TextState.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (NL, {"words": "a\x00b", "state": "draft", "english": ""}),
        (NL, {"words": "a\u2028b", "state": "draft", "english": ""}),
        (NL, {"words": "", "state": "approved", "english": ""}),
        (NL, {"words": "x", "state": "missing", "english": ""}),
        (NL, {"words": "x" * 6000, "state": "draft", "english": ""}),
        (NL, {"words": 5, "state": "draft", "english": ""}),
        (NL, {"words": "x"}),
        (Place(Kind.TEXT, "nl", "No Key!"), {"words": "x", "state": "draft", "english": ""}),
        (Place(Kind.TEXT, "nl", "no.source"), {"words": "x", "state": "draft", "english": ""}),
        (Place(Kind.NODE, "", "main"), {"kind": "menu", "seconds": "8"}),
        (Place(Kind.NODE, "", "main"), {"kind": "menu", "unknown": 1}),
        (Place(Kind.NODE, "", "main"), {"kind": "menu", "options": [{"key": 1}]}),
        (Place(Kind.LANGUAGE, "ro", ""), {"name": "Română"}),
        (Place(Kind.ORDER, "", "nodes"), {}),
        (Place(Kind.RECORDING, "nl", "main.info"),
         {"digest": "a" * 64, "seconds": 1.0, "text": "", "origin": "person"}),
        (Place(Kind.RECORDING, "nl", "main.info"),
         {"digest": "../x", "seconds": 1.0, "text": "", "origin": "person"}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(
    rows: sa.Connection, place: Place, value: dict[str, object]
) -> None:
    with pytest.raises(DraftError, match=str(place)):
        put(rows, Change(place, value), seen=0, who="anna", at=NOW, two=True)
    assert draft.rows(rows) == []
    assert draft.recent(rows) == []


def test_every_change_is_in_the_audit_without_its_words(rows: sa.Connection) -> None:
    new = write(rows, "Geheime woorden")
    revert(rows, NL, seen=new, who="bea", at=NOW)
    told = audit.entries(rows)
    assert [(one.who, one.what, one.about) for one in told] == [
        ("bea", "draft: reverted", "text nl main.info"),
        ("anna", "draft: changed", "text nl main.info"),
    ]
    assert not any("Geheim" in one.detail for one in told)
