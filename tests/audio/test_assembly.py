"""What the carrier plays is what was put together: nothing lost, nothing too loud."""

import io
import math
import wave
from array import array

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from audio import measure, opus
from audio.assembly import TEMPO, assemble
from audio.mastering import PEAK, master
from audio.pcm import Samples
from audio.recipe import Pause, Piece, Recipe, Rendering
from tests.audio.sounds import as_wav, level_at, read_wav, speech, tone

HIGH = master(as_wav(tone(0.5, 1200)), 45)
LOW = master(as_wav(tone(0.8, 500)), 45)
WORDS = master(as_wav(speech(2)), 45)
BY_DIGEST = {one.digest: one for one in (HIGH, LOW, WORDS)}


def masters(digest: str) -> bytes:
    return BY_DIGEST[digest].data


pieces = some.lists(
    some.sampled_from(sorted(BY_DIGEST))
    | some.integers(0, 60).map(lambda units: Pause(units / 50)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None)
@given(pieces)
def test_a_clip_is_as_long_as_its_parts(parts: list[Piece]) -> None:
    lasts = sum(
        part.seconds if isinstance(part, Pause) else BY_DIGEST[part].seconds for part in parts
    )
    samples = read_wav(assemble(Recipe(tuple(parts)), masters))
    assert len(samples) / 8000 == pytest.approx(lasts, abs=1e-6)


def test_it_is_the_wav_that_a_telephone_plays() -> None:
    data = assemble(Recipe((WORDS.digest,)), masters)
    with wave.open(io.BytesIO(data)) as file:
        shape = (file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes())
    assert shape == (8000, 1, 2, round(WORDS.seconds * 8000))


def test_the_parts_come_in_their_order_with_silence_between() -> None:
    recipe = Recipe((Pause(0.2), HIGH.digest, Pause(0.3), LOW.digest))
    samples = read_wav(assemble(recipe, masters))
    first, second = 0.2, 0.5 + HIGH.seconds
    assert measure.peak(part(samples, 0, 0.2)) == -120
    assert level_at(part(samples, first + 0.1, 0.2), 1200) > -26
    assert measure.peak(part(samples, first + HIGH.seconds, 0.3)) == -120
    assert level_at(part(samples, second + 0.1, 0.2), 500) > -26
    assert level_at(part(samples, second + 0.1, 0.2), 1200) < -50


def part(samples: Samples, start: float, lasts: float) -> Samples:
    return samples[round(start * 8000) : round((start + lasts) * 8000)]


def test_the_normal_rendering_is_the_recording_untouched() -> None:
    heard = read_wav(assemble(Recipe((WORDS.digest,)), masters))
    master_itself = opus.decode(WORDS.data)
    assert all(math.isclose(a, b, abs_tol=1e-4) for a, b in zip(heard, master_itself, strict=True))


@settings(max_examples=8, deadline=None)
@given(pieces)
def test_the_clear_rendering_is_as_much_longer_as_it_is_slower(parts: list[Piece]) -> None:
    assume(any(not isinstance(one, Pause) for one in parts))  # a clip says something
    normal = assemble(Recipe(tuple(parts)), masters)
    clear = assemble(Recipe(tuple(parts), Rendering.CLEAR), masters)
    assert len(clear) / 8000 == pytest.approx(len(normal) / 8000 / TEMPO, rel=0.02, abs=0.12)


def test_the_clear_rendering_keeps_the_pitch_and_lifts_the_consonants() -> None:
    normal = read_wav(assemble(Recipe((WORDS.digest,)), masters))
    clear = read_wav(assemble(Recipe((WORDS.digest,), Rendering.CLEAR), masters))
    lifted = balance(clear) - balance(normal)
    assert 2 < lifted < 8
    low = read_wav(assemble(Recipe((LOW.digest,), Rendering.CLEAR), masters))
    assert level_at(part(low, 0.3, 0.2), 500) > level_at(part(low, 0.3, 0.2), 425) + 20


def balance(samples: Samples) -> float:
    """How much of the sound lies where consonants are, against where vowels are, in decibels."""
    high = [level_at(samples, pitch) for pitch in (2080, 2240, 2400)]
    low = [level_at(samples, pitch) for pitch in (480, 640, 800)]
    return sum(high) / 3 - sum(low) / 3


@pytest.mark.parametrize("rendering", Rendering)
def test_no_rendering_is_too_loud(rendering: Rendering) -> None:
    loud = Recipe((HIGH.digest, WORDS.digest, LOW.digest) * 3, rendering)
    samples = read_wav(assemble(loud, masters))
    assert measure.peak(samples) <= PEAK
    assert measure.outside(samples) < -12


@pytest.mark.parametrize("rendering", Rendering)
def test_the_same_recipe_gives_the_same_bytes(rendering: Rendering) -> None:
    recipe = Recipe((WORDS.digest, Pause(0.4), HIGH.digest), rendering)
    assert assemble(recipe, masters) == assemble(recipe, masters)


@pytest.mark.parametrize("rendering", Rendering)
def test_an_empty_recipe_is_an_empty_clip(rendering: Rendering) -> None:
    assert read_wav(assemble(Recipe((), rendering), masters)) == array("f")


def test_a_recording_that_cannot_be_had_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        assemble(Recipe((HIGH.digest, "00" * 32)), masters)
