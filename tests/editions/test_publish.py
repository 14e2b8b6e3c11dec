"""Publishing: whole or not at all, over what was judged, and always forwards."""

import json

import pytest
import sqlalchemy as sa

from ivr.editions.apply import apply
from ivr.editions.change import Change, Kind, Place
from ivr.editions.difference import places
from ivr.editions.drafting import DraftError, load
from ivr.editions.judging import judge
from ivr.editions.publish import (
    OvertakenError,
    RefusedError,
    propose,
    propose_again,
    propose_back,
)
from ivr.editions.running import NoEditionError
from ivr.editions.ship import shipped_edition
from ivr.store import audit, clips, draft
from ivr.store.database import Store
from ivr.store.documents import EDITIONS
from tests.editions.published import drafted, out, proposed, runs, store, words
from tests.editions.staff import EN, NL, NOW, finds, fine, first, running

__all__ = ["store"]


def test_the_draft_becomes_the_next_edition(store: Store) -> None:
    drafted(store)
    assert out(store, proposed(store)) == 2
    assert words(runs(store)) == "Meer horen"
    with store.reading() as connection:
        assert draft.rows(connection) == []
        document = EDITIONS.load(connection, 2)
        assert document
        assert (document.source, document.note) == ("", "bea: why")
        history = [(one.act, one.who, one.author, one.edition)
                   for one in draft.history(connection, NL)]  # fmt: skip
        assert history == [("published", "bea", "anna", 2), ("changed", "anna", "anna", 0)]
        told = audit.entries(connection)[0]
        assert (told.who, told.what, told.about) == ("bea", "edition: published", "edition 2")
        assert "text nl main.info" in told.detail
        assert document.digest in told.detail
        assert list(audit.verify(connection)) == []


def test_what_was_not_chosen_stays_in_the_draft(store: Store) -> None:
    drafted(store)
    drafted(store, "Hear", EN)
    out(store, proposed(store, NL))
    assert words(runs(store), "en") != "Hear"
    with store.reading() as connection:
        assert [one.place for one in draft.rows(connection)] == [("text", "en", "main.info")]
        assert load(connection).edition.catalogue.texts["en"]["main.info"].words == "Hear"


def test_nothing_new_is_not_published(store: Store) -> None:
    with pytest.raises(DraftError, match="nothing to publish"):
        proposed(store)
    with pytest.raises(DraftError, match="no edition to go back to"):
        propose_back(store, running(), prove=fine)
    with pytest.raises(NoEditionError):
        propose_again(store, running(), 7, prove=fine)


def test_an_error_refuses_and_a_warning_wants_a_yes(store: Store) -> None:
    drafted(store)
    wrong = propose(store, running(), prove=finds("somebody falls through"))
    with pytest.raises(RefusedError, match="errors"):
        out(store, wrong, accepted=True)
    before = propose(store, running(), prove=finds("no centre is proved", only_new=False))
    assert [one.rule for one in before.judgement.warnings][:1] == ["no centre is proved"]
    with pytest.raises(RefusedError, match="warnings"):
        out(store, before, accepted=False)
    assert runs(store).number == 1
    assert out(store, before, accepted=True) == 2


def test_a_recording_of_other_words_is_told_before(store: Store) -> None:
    drafted(store)
    (told,) = proposed(store).judgement.warnings
    assert (told.rule, told.where) == ("a recording speaks its text", "nl, prompt main.info")


def test_no_language_is_lost_by_changing_a_word_of_english(store: Store) -> None:
    drafted(store, "Hear more", EN)
    errors = proposed(store).judgement.errors
    assert {one.language for one in errors} == {"nl", "fr", "de"}
    assert "main.info" in errors[0].what


def test_of_two_at_once_one_wins_and_the_other_hears_what_changed(store: Store) -> None:
    drafted(store)
    drafted(store, "Hear", EN)
    mine, theirs = proposed(store, NL), proposed(store, NL)
    out(store, theirs)
    with pytest.raises(OvertakenError, match="Edition 2 was published meanwhile.*nl main.info"):
        out(store, mine)
    assert runs(store).number == 2


def test_what_was_judged_is_what_is_published(store: Store) -> None:
    drafted(store)
    mine = proposed(store)
    drafted(store, "Niet beoordeeld")
    with pytest.raises(OvertakenError, match="draft was changed meanwhile"):
        out(store, mine)
    assert runs(store).number == 1


def test_a_recording_whose_bytes_are_nowhere_stops_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(store)
    monkeypatch.setattr("ivr.store.clips.known", lambda _, names: frozenset(sorted(names)[3:]))
    with pytest.raises(DraftError, match="The bytes of 3 recordings are nowhere any more"):
        out(store, proposed(store))
    assert runs(store).number == 1


def test_back_is_a_new_edition_with_the_old_content_and_back_again_undoes_it(store: Store) -> None:
    drafted(store)
    out(store, proposed(store))
    assert out(store, propose_back(store, running(), prove=fine)) == 3
    assert runs(store).digest == shipped_edition().digest
    assert out(store, propose_back(store, running(), prove=fine)) == 4
    assert words(runs(store)) == "Meer horen"
    assert out(store, propose_again(store, running(), 1, prove=fine)) == 5
    with store.reading() as connection:
        assert [one.edition for one in draft.history(connection, NL)] == [5, 4, 3, 2, 0]


def test_going_back_stops_at_an_error_but_not_at_a_language(store: Store) -> None:
    drafted(store)
    out(store, proposed(store))
    worse = propose_back(store, running(), prove=finds("falls", only_new=False))
    with pytest.raises(RefusedError):
        out(store, worse, accepted=False)
    with store.writing() as connection:
        EDITIONS.save(connection, _fewer(connection), source="", note="", at=NOW)
    out(store, propose_again(store, running(), 2, prove=fine))
    back = propose_again(store, running(), 3, prove=fine)
    assert back.judgement.errors == ()
    assert [one.language for one in back.judgement.warnings] == ["fr"]


def _fewer(connection: sa.Connection) -> dict[str, object]:
    document = EDITIONS.load(connection, 1)
    assert document
    content = document.content
    content["texts"]["fr"]["main.info"]["state"] = "draft"
    return content


def test_the_real_checker_is_asked() -> None:
    """It walks the real machine, which takes seconds: an option that leads nowhere is found."""
    place = Place(Kind.NODE, "", "main")
    node = json.loads(json.dumps(places(shipped_edition())[place]))
    node["options"][0]["to"] = "nowhere"
    judgement = judge(running(), apply(shipped_edition(), [Change(place, node)]))
    assert any("nowhere" in str(one) for one in judgement.errors)


def test_what_ships_is_kept_before_staff_s_first_edition(migrated: str) -> None:
    """A later release may ship other recordings: those that staff published stay to be heard."""
    with Store(migrated) as store:
        with store.writing() as connection:
            first(connection)
        drafted(store)
        out(store, proposed(store))
        with store.reading() as connection:
            assert clips.load(connection, "0" * 16) is None
            for own in runs(store).recordings.values():
                for one in list(own.values())[:3]:
                    data = clips.load(connection, one.digest[:16])
                    assert (data or b"")[:4] == b"OggS"
