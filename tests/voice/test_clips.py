"""What is recorded is played, in as few clips as can be; the rest is spoken by the carrier."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.recipe import Pause, Recipe, Rendering, unpack
from ivr.call.actions import Gap, Pieces, Spoken
from ivr.call.edition import Edition
from ivr.voice.clips import MOST_PIECES, Clip, Quiet, Sound, Voiced, open_name, seal_name, sounds
from prompts import Text, TextState
from tests.voice.telephone import NEWER_SECRET, SECRET
from tests.worlds import shipped_edition

SECRETS = (SECRET,)
WELCOME = Spoken("hello.welcome", "nl")
NAME = Spoken("language.name", "fr")


def heard(
    *pieces: Spoken | Gap, edition: Edition | None = None, clear: bool = False
) -> list[Sound]:
    """What is heard of these pieces."""
    return list(sounds(edition or shipped_edition(), SECRETS, pieces, clear))


def recipe_of(sound: Sound) -> Recipe:
    """The recipe behind a clip's name."""
    assert isinstance(sound, Clip)
    packed = open_name(SECRETS, sound.name)
    assert packed is not None
    return unpack(packed)


def digest(spoken: Spoken) -> str:
    """The digest of a prompt's recording, as far as recipes keep it."""
    recording = shipped_edition().recording(spoken.prompt, spoken.language)
    assert recording is not None
    return recording.digest[:16]


def without(*lost: Spoken, voice: str | None = None) -> Edition:
    """The shipped edition with some prompts not recorded, and perhaps another voice for Dutch."""
    edition = shipped_edition()
    recordings = {
        language: {k: r for k, r in rows.items() if Spoken(k, language) not in lost}
        for language, rows in edition.recordings.items()
    }
    languages = tuple(
        replace(one, voice=one.voice if voice is None or one.code != "nl" else voice)
        for one in edition.languages
    )
    return replace(edition, recordings=recordings, languages=languages)


def test_a_screen_is_one_clip() -> None:
    (clip,) = heard(Gap(0.4), WELCOME, Gap(0.7), NAME)
    expected = (Pause(0.4), digest(WELCOME), Pause(0.7), digest(NAME))
    assert recipe_of(clip) == Recipe(expected, Rendering.NORMAL)
    assert heard(Gap(0.4), WELCOME, Gap(0.7), NAME) == [clip]
    (slower,) = heard(Gap(0.4), WELCOME, Gap(0.7), NAME, clear=True)
    assert recipe_of(slower).rendering is Rendering.CLEAR


def test_what_is_not_recorded_is_spoken_in_its_place_by_a_voice_of_its_language() -> None:
    edition = without(WELCOME)
    first, spoken, last = heard(NAME, Gap(0.4), WELCOME, Gap(0.7), NAME, edition=edition)
    assert recipe_of(first).pieces == (digest(NAME), Pause(0.4))
    text = edition.catalogue.texts["nl"]["hello.welcome"]
    assert spoken == Voiced(text.words, "Polly.Lisa-Neural", "nl-BE")
    assert recipe_of(last).pieces == (Pause(0.7), digest(NAME))


def test_a_language_without_a_voice_is_never_read_by_another() -> None:
    assert heard(Gap(0.4), WELCOME, edition=without(WELCOME, voice="")) == [Quiet(0.4)]


def test_the_name_of_a_new_centre_is_left_out_and_its_number_is_heard() -> None:
    (clip,) = heard(Spoken("place.new", "nl"), Gap(0.2), WELCOME)
    assert recipe_of(clip).pieces == (Pause(0.2), digest(WELCOME))
    edition = without(WELCOME)
    empty = Text("hello.welcome", "", TextState.MISSING)
    texts = {**edition.catalogue.texts, "nl": {"hello.welcome": empty}}
    lacking = replace(edition, catalogue=replace(edition.catalogue, texts=texts))
    assert heard(WELCOME, edition=lacking) == []


def test_silence_alone_is_no_clip() -> None:
    assert heard() == []
    assert heard(Gap(1), Gap(0.5)) == [Quiet(1.5)]


def test_a_very_long_screen_is_more_than_one_clip_with_addresses_that_fit() -> None:
    pieces: Pieces = (Gap(0.1), WELCOME) * MOST_PIECES
    clips = heard(*pieces)
    assert len(clips) == 2
    assert (
        sum((recipe_of(clip).pieces for clip in clips), ()) == (Pause(0.1), digest(WELCOME)) * 160
    )
    longest = heard(*[WELCOME] * MOST_PIECES)[0]
    assert isinstance(longest, Clip)
    assert len(longest.name) < 2000


@given(st.binary(min_size=1, max_size=80))
def test_a_name_opens_while_its_secret_is_kept(packed: bytes) -> None:
    name = seal_name(SECRETS, packed)
    assert name == seal_name(SECRETS, packed)
    assert open_name(SECRETS, name) == packed
    assert open_name((NEWER_SECRET, SECRET), name) == packed
    assert open_name((NEWER_SECRET,), name) is None


@given(st.text() | st.text("AZaz09-_", min_size=20, max_size=200))
def test_no_name_but_ours_opens(name: str) -> None:
    assert open_name(SECRETS, name) is None


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_name_is_written_in_one_way_only(size: int) -> None:
    name = seal_name(SECRETS, bytes(size))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [name[:-1] + letter for letter in alphabet if letter != name[-1]]
    assert [other for other in [*others, f"{name}=", f"{name}A"] if open_name(SECRETS, other)] == []
