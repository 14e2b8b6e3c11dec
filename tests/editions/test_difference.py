"""The rules of changes: what lies between two editions makes the one out of the other."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.edition import Edition
from ivr.editions.apply import apply
from ivr.editions.change import Change, Kind, Place
from ivr.editions.difference import at, diff, merge, places
from ivr.editions.document import write_edition
from ivr.editions.normal import named, normal
from ivr.editions.ship import shipped_edition
from ivr.store.documents import canonical
from prompts import Catalogue, TextState, text_digest
from tests.editions.pieces import editions, with_words

RULES = settings(max_examples=30)


def said(edition: Edition) -> str:
    return canonical(write_edition(edition))


def test_what_ships_is_in_order() -> None:
    assert named(shipped_edition()).digest == shipped_edition().digest


@given(editions)
@RULES
def test_putting_in_order_twice_changes_nothing(edition: Edition) -> None:
    assert said(normal(edition)) == said(edition)
    assert diff(edition, edition) == ()


@given(editions, editions)
@RULES
def test_the_difference_makes_one_out_of_the_other(old: Edition, new: Edition) -> None:
    made = apply(old, diff(old, new))
    assert said(made) == said(new)
    assert made.digest == new.digest


@given(editions, editions, st.randoms())
@RULES
def test_the_order_of_changes_does_not_matter(old: Edition, new: Edition, chance: object) -> None:
    changes = list(diff(old, new))
    chance.shuffle(changes)  # type: ignore[attr-defined]
    assert said(apply(old, changes)) == said(new)


@given(editions, editions, st.data())
@RULES
def test_a_part_of_the_changes_leaves_the_rest_alone(
    old: Edition, new: Edition, data: st.DataObject
) -> None:
    changes = diff(old, new)
    chosen = [one for one in changes if data.draw(st.booleans())]
    made, before = places(apply(old, chosen)), places(old)
    touched = {one.place for one in chosen}
    english = {one.key for one in touched if (one.kind, one.language) == (Kind.TEXT, "en")}
    for place in made.keys() | before.keys():
        if place in touched or place.kind is Kind.ORDER:
            continue
        if place.kind is Kind.TEXT and place.key in english:
            continue  # its English is another, or gone
        assert made.get(place) == before.get(place), place


@given(editions, editions)
@RULES
def test_no_change_is_superfluous(old: Edition, new: Edition) -> None:
    changes = diff(old, new)
    gone = {o.place.key for o in changes if o.value is None and o.place.language == "en"}
    for left_out in changes:
        if left_out.value is None and left_out.place.key in gone:
            continue  # goes with its English anyway
        rest = [one for one in changes if one != left_out]
        assert said(apply(old, rest)) != said(new), left_out.place


def english(edition: Edition, words: str) -> Edition:
    texts = dict(edition.catalogue.texts["en"])
    texts["main.info"] = replace(texts["main.info"], words=words)
    return replace(edition, catalogue=Catalogue({**edition.catalogue.texts, "en": texts}))


PLACE = Place(Kind.TEXT, "nl", "main.info")
ENGLISH = Place(Kind.TEXT, "en", "main.info")


def text(words: str, read: str = "") -> dict[str, str]:
    return {"words": words, "state": "approved", "english": text_digest(read)}


def state(edition: Edition, language: str = "nl") -> TextState:
    return edition.catalogue.texts[language]["main.info"].state


def test_other_english_words_want_every_translation_read_again() -> None:
    value = {"words": "Hear more", "state": "approved", "note": "n"}
    made = apply(shipped_edition(), [Change(ENGLISH, value)])
    assert state(made, "en") is TextState.APPROVED
    assert {state(made, code) for code in ("nl", "fr", "de")} == {TextState.NEEDS_REVIEW}
    assert {t["main.info"].note for t in made.catalogue.texts.values()} == {"n"}


def test_who_read_a_translation_beside_the_new_words_has_approved_it() -> None:
    value = {"words": "Hear more", "state": "approved", "note": "n"}
    changes = [Change(PLACE, text("Meer horen", "Hear more")), Change(ENGLISH, value)]
    assert state(apply(shipped_edition(), changes)) is TextState.APPROVED
    assert state(apply(shipped_edition(), changes[:1])) is TextState.NEEDS_REVIEW


def test_what_stands_at_a_place() -> None:
    edition = shipped_edition()
    for place, value in places(edition).items():
        assert at(edition, place) == value
    assert at(edition, Place(Kind.TEXT, "nl", "no.such")) is None
    assert at(edition, Place(Kind.RECORDING, "nl", "no.such")) is None


@given(editions, editions)
@RULES
def test_a_release_comes_whole_to_whoever_changed_nothing(base: Edition, theirs: Edition) -> None:
    merged = merge(base, theirs, base)
    assert merged.lost == ()
    assert said(apply(base, merged.clean)) == said(theirs)
    assert merge(base, base, theirs) == merge(base, theirs, theirs)


@given(editions, editions, editions)
@RULES
def test_what_staff_changed_a_release_leaves(base: Edition, theirs: Edition, ours: Edition) -> None:
    merged, own = merge(base, theirs, ours), places(ours)
    changed = {one.place for one in diff(base, ours)}
    assert not {one.place for one in merged.clean if one.place in changed} - {
        one.place for one in merged.clean if own.get(one.place) == places(base).get(one.place)
    }
    for one in merged.lost:
        assert own.get(one.place) != places(base).get(one.place)


def test_staff_s_own_words_stay_and_the_release_s_others_come() -> None:
    base, ours = shipped_edition(), with_words("Onze woorden")
    theirs = english(with_words("Hun woorden"), "Their words")
    merged = merge(base, theirs, ours)
    assert [one.place for one in merged.lost] == [PLACE]
    made = apply(ours, merged.clean)
    assert made.catalogue.texts["nl"]["main.info"].words == "Onze woorden"
    assert state(made) is TextState.NEEDS_REVIEW, "nobody read it beside the new English"
    assert state(made, "fr") is TextState.APPROVED, "the release did"
