"""Results as words: they come back as they were, or say that they have to be looked up again."""

import pytest

from ivr.call.signals import (
    Checked,
    Done,
    Known,
    Mine,
    NoRing,
    Note,
    Noted,
    Result,
    Ring,
)
from ivr.voice.results import as_words, found_in, from_words
from tests.callbacks.booked import NUMBER, TOMORROW

PLAIN = [
    *(Noted(note) for note in Note),
    *(kind(given) for kind in (Done, Checked) for given in (True, False)),
    NoRing("over"),
]


@pytest.mark.parametrize("result", PLAIN, ids=repr)
def test_a_result_comes_back_as_it_was(result: Result) -> None:
    assert from_words(as_words(result)) == result


def test_of_what_is_hers_only_the_fact_is_kept() -> None:
    ring = as_words(Ring(NUMBER, "+3220000008", "fr", True, 1))
    assert from_words(ring) is None
    assert NUMBER not in ring
    found, none = as_words(Known(Mine(7, TOMORROW, "missed"))), as_words(Known(None))
    assert from_words(found) is from_words(none) is None
    assert (found_in(found), found_in(none)) == (7, None)
    assert "missed" not in found
