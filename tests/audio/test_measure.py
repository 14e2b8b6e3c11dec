"""The figures themselves: known sounds have known levels, so no rule is kept by mismeasuring."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from audio import measure
from audio.pcm import decibels
from tests.audio.sounds import mixed, nothing, speech, tone


@pytest.mark.parametrize("level", [-6.0, -20.0, -35.0])
def test_a_sine_has_the_loudness_of_the_standard(level: float) -> None:
    # EBU Tech 3341, case 1: a mono sine of 997 Hz reads 3.01 LU under its peak.
    loudness, gated = measure.loudness(tone(3, 997, level))
    assert gated
    assert loudness == pytest.approx(level - 3.01, abs=0.1)


def test_silence_around_speech_does_not_lower_its_loudness() -> None:
    alone, _ = measure.loudness(speech(3))
    among, _ = measure.loudness(nothing(4) + speech(3) + nothing(4))
    assert among == pytest.approx(alone, abs=0.4)


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.39])
def test_what_is_too_short_for_a_loudness_says_so_and_gives_its_rms(seconds: float) -> None:
    samples = tone(seconds, 1000, -20)
    loudness, gated = measure.loudness(samples)
    assert not gated
    assert loudness == pytest.approx(-23.01 if samples else -120, abs=0.1)


@given(level=some.floats(-60, 0))
def test_the_peak_is_the_highest_sample_of_either_sign(level: float) -> None:
    samples = tone(0.05, 1000, level)
    assert measure.peak(samples) == pytest.approx(level, abs=0.3)
    for place, value in enumerate(samples):
        samples[place] = -abs(value)
    assert measure.peak(samples) == pytest.approx(level, abs=0.3)


@pytest.mark.parametrize("pitch", [60, 150, 3800, 3950])
def test_a_pitch_outside_the_band_counts_as_outside(pitch: float) -> None:
    assert measure.outside(tone(1, pitch)) == pytest.approx(0, abs=1.5)


@pytest.mark.parametrize("pitch", [450, 1000, 2800])
def test_a_pitch_inside_the_band_does_not(pitch: float) -> None:
    assert measure.outside(tone(1, pitch)) < -20


def test_outside_is_a_share_of_the_energy_not_a_level() -> None:
    together = mixed(tone(1, 1000, -20), tone(1, 100, -30))
    quieter = mixed(tone(1, 1000, -40), tone(1, 100, -50))
    assert measure.outside(together) == pytest.approx(-10.4, abs=0.5)
    assert measure.outside(quieter) == pytest.approx(-10.4, abs=0.5)


@settings(max_examples=15, deadline=None)
@given(before=some.integers(0, 20), after=some.integers(0, 20))
def test_the_share_of_silence_is_that_of_time(before: int, after: int) -> None:
    samples = nothing(before / 10) + speech(1) + nothing(after / 10)
    expected = (before + after) / (10 + before + after)
    assert measure.silent_share(samples) == pytest.approx(expected, abs=0.02)


def test_nothing_at_all_can_be_measured() -> None:
    found = measure.measure(nothing(0))
    assert (found.seconds, found.peak, found.outside, found.silence) == (0, -120, -120, 0)
    assert not found.gated


def test_all_figures_are_of_the_same_sound() -> None:
    samples = speech(2, level=-9)
    found = measure.measure(samples)
    assert found.seconds == pytest.approx(2)
    assert found.peak == pytest.approx(-9, abs=0.1)
    assert found.loudness == measure.loudness(samples)[0]
    assert found.outside == measure.outside(samples)
    assert found.silence == 0


@given(ratio=some.floats(1e-5, 10))
def test_decibels_of_an_amplitude(ratio: float) -> None:
    assert decibels(ratio) == pytest.approx(20 * math.log10(ratio))
