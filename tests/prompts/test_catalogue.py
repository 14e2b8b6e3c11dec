"""Words from PO files: which state they are in, and what is refused, in plain words."""

from pathlib import Path

import pytest

from prompts import TextState, load_catalogue, text_digest
from tests.prompts.po import entry, folder

HELLO = entry("hello", "Hello.", "Hello.", note="Neutral.")


def state(tmp_path: Path, own: str) -> TextState:
    """The state of one French text beside its English source."""
    return load_catalogue(folder(tmp_path, en=[HELLO], fr=[own])).texts["fr"]["hello"].state


def test_a_translation_of_the_present_english_is_approved(tmp_path: Path) -> None:
    assert state(tmp_path, entry("hello", "Hello.", "Bonjour.")) is TextState.APPROVED


def test_the_source_itself_is_approved(tmp_path: Path) -> None:
    catalogue = load_catalogue(folder(tmp_path, en=[HELLO]))
    assert catalogue.texts["en"]["hello"].state is TextState.APPROVED
    assert catalogue.keys == ("hello",)


def test_a_fuzzy_translation_needs_review(tmp_path: Path) -> None:
    own = entry("hello", "Hello.", "Bonjour.", fuzzy=True)
    assert state(tmp_path, own) is TextState.NEEDS_REVIEW


def test_a_translation_of_an_older_english_needs_review(tmp_path: Path) -> None:
    own = entry("hello", "Hello!", "Bonjour !")
    assert state(tmp_path, own) is TextState.NEEDS_REVIEW


def test_a_source_whose_own_english_differs_from_its_key_text_needs_review(tmp_path: Path) -> None:
    changed = entry("hello", "Hello!", "Hello.")
    catalogue = load_catalogue(folder(tmp_path, en=[changed]))
    assert catalogue.texts["en"]["hello"].state is TextState.NEEDS_REVIEW


@pytest.mark.parametrize("fuzzy", [True, False])
def test_a_draft_says_so_in_the_translators_comment(tmp_path: Path, fuzzy: bool) -> None:
    own = entry("hello", "Hello.", "Bonjour.", comment="state: draft", fuzzy=fuzzy)
    assert state(tmp_path, own) is TextState.DRAFT


def test_another_comment_is_no_draft(tmp_path: Path) -> None:
    own = entry("hello", "Hello.", "Bonjour.", comment="no longer state: draft")
    assert state(tmp_path, own) is TextState.APPROVED


def test_a_text_without_words_is_missing(tmp_path: Path) -> None:
    assert state(tmp_path, entry("hello", "Hello.", "")) is TextState.MISSING
    draft = entry("hello", "Hello.", "", comment="state: draft")
    assert state(tmp_path, draft) is TextState.MISSING


def test_a_key_that_a_language_lacks_is_missing_and_keeps_its_note(tmp_path: Path) -> None:
    catalogue = load_catalogue(folder(tmp_path, en=[HELLO], fr=[]))
    text = catalogue.texts["fr"]["hello"]
    assert (text.words, text.state, text.note) == ("", TextState.MISSING, "Neutral.")


def test_an_obsolete_text_is_as_good_as_gone(tmp_path: Path) -> None:
    old = '#~ msgctxt "old"\n#~ msgid "Old."\n#~ msgstr "Vieux."\n'
    catalogue = load_catalogue(folder(tmp_path, en=[HELLO], fr=[old]))
    assert set(catalogue.texts["fr"]) == {"hello"}


def test_the_note_is_that_of_the_source(tmp_path: Path) -> None:
    own = entry("hello", "Hello.", "Bonjour.", note="Autre chose.")
    assert load_catalogue(folder(tmp_path, en=[HELLO], fr=[own])).texts["fr"]["hello"].note == (
        "Neutral."
    )


def test_keys_come_in_the_order_of_the_source(tmp_path: Path) -> None:
    english = [entry(key, key, key) for key in ("b", "a", "c")]
    french = [entry(key, key, key) for key in ("c", "b", "a")]
    catalogue = load_catalogue(folder(tmp_path, en=english, fr=french))
    assert catalogue.keys == tuple(catalogue.texts["fr"]) == ("b", "a", "c")


@pytest.mark.parametrize("second", [HELLO, entry("", "Hello there.", "Hello there.")])
def test_a_text_without_a_key_of_its_own_is_refused_with_its_line(
    tmp_path: Path, second: str
) -> None:
    place = folder(tmp_path, en=[HELLO, second])
    with pytest.raises(ValueError, match=r"^en\.po, line [0-9]+: a text needs its own key$"):
        load_catalogue(place)


def test_keys_that_the_source_does_not_know_are_refused_by_name(tmp_path: Path) -> None:
    french = [entry(key, key, key) for key in ("zwei", "hello", "eins")]
    place = folder(tmp_path, en=[HELLO], fr=french)
    with pytest.raises(ValueError, match=r"^texts without a source in en\.po: eins, zwei$"):
        load_catalogue(place)


def test_a_folder_without_a_source_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"en\.po"):
        load_catalogue(folder(tmp_path, fr=[HELLO]))


# ---- the digest by which a recording knows its words


def test_a_digest_changes_with_the_words_and_with_nothing_else(tmp_path: Path) -> None:
    text = load_catalogue(folder(tmp_path, en=[HELLO])).texts["en"]["hello"]
    assert text.digest == text_digest("Hello.") != text_digest("Hello!")
    assert len(text.digest) == 16
    assert text_digest("Hello.") == "2d8bd7d9bb5f85ba"


def test_the_same_letters_written_in_two_ways_have_one_digest() -> None:
    assert text_digest("fran\u00e7ais") == text_digest("franc\u0327ais")
