"""The shipped words themselves: all used, all there, and written as each language writes."""

import re
from collections.abc import Iterator
from unicodedata import normalize

import pytest

from ivr.call.needs import needed
from prompts import TextState, Tier, Words, load_catalogue, load_languages, load_menu
from routing.centres import load_directory

CATALOGUE = load_catalogue()
MENU = load_menu()
LANGUAGES = load_languages()
CODES = [one.code for one in LANGUAGES]
LABELS = {option.label for node in MENU.nodes.values() for option in node.options}
KEYS = {"menu.person", "menu.back", "menu.again", "menu.next", "menu.callback"}
# spoken into what follows them: a number, a key, the name of a language, the hours of the line
OPEN_ENDED = {"now.dial", "now.or", "now.free", "speaker.ask", "announce.dial", "announce.repeat"}
OPEN_ENDED |= {"goodbye.ring", "number.ends", "booking.times", "booking.read", "booking.shows"}
OPEN_ENDED |= {"booking.wished", "booking.noted", "booking.changed", "mine.time", "mine.new"}
OPEN_ENDED |= {"operator.call", "operator.ready"}
ONE_WORD = ("language.", "digit.", "day.", "hour.", "minute.", "hours.", "speaks.", "screen.")
SENTENCES = [
    key
    for key in CATALOGUE.keys
    if key not in LABELS | KEYS | OPEN_ENDED and not key.startswith(ONE_WORD)
]
# parts of the vocabulary that no node of this release says: hash is named in main.keys instead
VOCABULARY = {"key.hash"}
LETTERS = {
    "nl": "àâçèéêëïôöü",
    "fr": "àâçèéêëîïôœùûü",
    "de": "àäöüßé",
    "en": "üèéï",
}


def texts() -> Iterator[tuple[str, str, str]]:
    """Every shipped text: language, key, words."""
    for code in CODES:
        for key, text in CATALOGUE.texts[code].items():
            yield code, key, text.words


def wrong(pattern: str, *codes: str) -> list[tuple[str, str]]:
    """The texts in which something is found that must not be there."""
    return [
        (c, k) for c, k, words in texts() if c in (codes or CODES) and re.search(pattern, words)
    ]


def test_the_four_languages_have_every_text_approved() -> None:
    assert set(CATALOGUE.texts) == set(CODES)
    states = {(c, k): t.state for c in CODES for k, t in CATALOGUE.texts[c].items()}
    assert {one for one, state in states.items() if state is not TextState.APPROVED} == set()


def test_no_word_is_dead_and_none_is_lacking() -> None:
    used = set(needed(MENU, Tier.FULL))
    used |= {phrase.prompt for _, phrase in MENU.phrases() if isinstance(phrase, Words)}
    used |= {centre.prompt for centre in load_directory().centres}
    used |= {access.hello for access in load_directory().access}
    used |= {f"speaks.{code}" for code in CODES}
    assert used - set(CATALOGUE.keys) == set()
    assert set(CATALOGUE.keys) - used <= VOCABULARY


def test_every_label_exists_and_has_at_most_ten_words() -> None:
    assert set(CATALOGUE.keys) >= LABELS
    labels = [(c, k, w) for c, k, w in texts() if k in LABELS | KEYS]
    assert [one for one in labels if not 1 <= len(one[2].split()) <= 10] == []


def test_every_text_has_a_note_for_whoever_translates_it() -> None:
    assert [key for key, text in CATALOGUE.texts["en"].items() if len(text.note) < 6] == []


def test_the_english_words_are_their_own_source() -> None:
    assert len({text.words for text in CATALOGUE.texts["en"].values()}) > 150


def test_no_language_was_left_in_english() -> None:
    english = CATALOGUE.texts["en"]
    same = [
        (c, k) for c, k, w in texts() if c != "en" and len(w.split()) > 2 and w == english[k].words
    ]
    assert same == []


def test_numbers_are_never_inside_a_text() -> None:
    assert wrong(r"\d") == []


def test_spaces_are_single_and_inside() -> None:
    assert wrong(r"\s\s|^\s|\s$|[\n\t\r]") == []
    assert wrong(r"\s[.,]") == []


def test_sentences_begin_large_and_end_in_a_mark() -> None:
    unended = {(c, k) for c, k, w in texts() if k in SENTENCES and w[-1] not in ".?!"}
    lower = {(c, k) for c, k, w in texts() if k in SENTENCES and w[0] != w[0].upper()}
    after = {(c, k) for c, k, w in texts() if re.search(r"[.?!] [a-zäöüàâéèêô]", w)}
    pressed = {(c, k) for c, k in unended | lower if k.startswith(("key.", "now."))}
    assert (unended | lower) - pressed == set()
    assert after == set()


def test_labels_end_in_no_full_stop() -> None:
    regions = {"region.flanders", "region.brussels", "region.wallonia"}
    ended = [(c, k) for c, k, w in texts() if k in (LABELS | KEYS) - regions and w[-1] in ".,;:"]
    assert ended == []


def test_french_has_a_space_before_a_double_mark_and_the_others_have_none() -> None:
    assert wrong(r"[^\s][:;?!]", "fr") == []
    assert wrong(r"\s[:;?!]", "nl", "de", "en") == []


def test_after_a_mark_there_is_a_space() -> None:
    assert wrong(r"[.,:;?!][^\s]") == []


@pytest.mark.parametrize("code", CODES)
def test_only_letters_of_the_language_and_marks_that_are_spoken_alike(code: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyz .,:?'-" + LETTERS[code])
    names = r"Sürya|Télé-Accueil|Liège|Français"
    found = {
        key: sorted(set(re.sub(names, "", text.words).lower()) - allowed)
        for key, text in CATALOGUE.texts[code].items()
    }
    assert {key: odd for key, odd in found.items() if odd} == {}


def test_every_text_is_composed_in_one_way() -> None:
    assert [(c, k) for c, k, w in texts() if normalize("NFC", w) != w] == []


def test_german_says_du_to_the_young_alone_and_french_says_vous() -> None:
    familiar = wrong(r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*)\b", "de")
    assert familiar
    assert [one for one in familiar if not one[1].startswith("young.")] == []
    assert wrong(r"\b(tu|te|toi|ton|ta|tes)\b", "fr") == []


def test_alarm_words_are_lower_and_none_is_double() -> None:
    for language in LANGUAGES:
        assert len(language.alarm) >= 20
        assert len(set(language.alarm)) == len(language.alarm)
        for word in language.alarm:
            assert word == normalize("NFC", word.lower().strip())
            assert word


def test_the_urgent_label_would_fail_the_handset_test_so_the_alarm_lists_are_alive() -> None:
    for language in LANGUAGES:
        words = CATALOGUE.texts[language.code]["place.reporting"].words.lower().split()
        words += CATALOGUE.texts[language.code]["now.police"].words.lower().split()
        words += CATALOGUE.texts[language.code]["happening.law.text"].words.lower().split()
        assert any(word.startswith(language.alarm) for word in words)


def test_keys_are_named_alike_in_labels_and_in_the_introduction() -> None:
    for code in CODES:
        introduction = CATALOGUE.texts[code]["main.keys"].words.lower()
        for digit in ("0", "9"):
            assert CATALOGUE.texts[code][f"digit.{digit}"].words.lower() in introduction


def test_what_is_near_a_number_says_no_other() -> None:
    for _, key, words in texts():
        if key.startswith("place."):
            assert not re.search(r"\b(zero|nul|null|zéro)\b", words.lower()), key
