"""Whatever is recorded comes out fit for the telephone, or is refused with a reason."""

import hashlib
from array import array
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from audio import mastering, measure, opus
from audio.intake import Fault, RefusedError
from audio.mastering import LOUDNESS, PEAK, TOLERANCE, Mastered, master, master_set
from audio.pcm import Samples, joined
from tests.audio.sounds import (
    as_file,
    as_wav,
    level_at,
    mixed,
    noise,
    nothing,
    speech,
    tone,
)

LIMIT = 45.0


def assert_fit(made: Mastered) -> Samples:
    """The figures of the house, taken from the bytes that ship."""
    samples = opus.decode(made.data)
    found = measure.measure(samples)
    assert made.data.startswith(b"OggS")
    assert made.digest == hashlib.sha256(made.data).hexdigest()
    assert made.seconds == pytest.approx(found.seconds)
    assert made.loudness == found.loudness == pytest.approx(LOUDNESS, abs=TOLERANCE)
    assert made.peak == found.peak <= PEAK
    assert found.outside < -14
    return samples


@pytest.mark.parametrize(
    ("container", "codec", "rate", "channels"),
    [
        ("webm", "libopus", 48_000, 1),
        ("webm", "libopus", 48_000, 2),
        ("mp4", "aac", 44_100, 2),
        ("mp3", "libmp3lame", 44_100, 1),
        ("mp3", "libmp3lame", 22_050, 2),
        ("ogg", "libopus", 16_000, 1),
        ("flac", "flac", 48_000, 1),
        ("wav", "pcm_s16le", 8_000, 1),
        ("wav", "pcm_f32le", 96_000, 2),
        ("wav", "pcm_mulaw", 8_000, 1),
    ],
)
def test_every_kind_of_file_becomes_telephone_audio(
    container: str, codec: str, rate: int, channels: int
) -> None:
    data = as_file(speech(1.5, rate=rate), rate, container, codec, channels)
    made = master(data, LIMIT)
    assert_fit(made)
    assert made.seconds == pytest.approx(1.5, abs=0.12)


@settings(max_examples=12, deadline=None)
@given(level=some.floats(-42, -0.5), seconds=some.floats(0.5, 3), seed=some.integers(1, 99))
def test_loud_or_soft_long_or_short_it_ends_at_the_same_level(
    level: float, seconds: float, seed: int
) -> None:
    assert_fit(master(as_wav(speech(seconds, level, seed=seed)), LIMIT))


def test_a_clip_too_short_for_a_loudness_is_levelled_by_its_rms() -> None:
    made = master(as_wav(speech(0.3)), LIMIT)
    assert made.loudness == pytest.approx(LOUDNESS, abs=TOLERANCE)
    assert made.peak <= PEAK


def test_what_the_telephone_cannot_carry_is_taken_out() -> None:
    hum = mixed(speech(2, rate=16_000), tone(2, 50, -14, rate=16_000))
    hiss = mixed(hum, tone(2, 6000, -14, rate=16_000))
    samples = assert_fit(master(as_wav(hiss, 16_000), LIMIT))
    assert level_at(samples, 50) < -60
    assert level_at(samples, 2000) < -60  # 6 kHz folded at 8 kHz would lie there


def test_silence_at_both_ends_is_cut() -> None:
    made = master(as_wav(nothing(1.5) + speech(2) + nothing(0.8)), LIMIT)
    assert made.seconds == pytest.approx(2.06, abs=0.05)


def test_a_noisy_room_at_both_ends_is_cut_too() -> None:
    room = mixed(nothing(1) + speech(2, -6) + nothing(1), noise(4, -48))
    made = master(as_wav(room), LIMIT)
    assert made.seconds == pytest.approx(2.06, abs=0.1)


def test_the_ends_fade_so_that_no_cut_clicks() -> None:
    samples = opus.decode(master(as_wav(speech(1)), LIMIT).data)
    middle = measure.peak(samples)
    assert measure.peak(samples[:4]) < middle - 12
    assert measure.peak(samples[-4:]) < middle - 12


def test_a_short_pause_inside_stays() -> None:
    made = master(as_wav(speech(1) + nothing(2) + speech(1)), LIMIT)
    assert made.seconds == pytest.approx(4.06, abs=0.06)


def clipped() -> Samples:
    return array("f", (5 * value for value in speech(2, -3)))


@pytest.mark.parametrize(
    ("fault", "sound"),
    [
        (Fault.SILENT, lambda: nothing(3)),
        (Fault.SILENT, lambda: noise(3, -82)),
        (Fault.TOO_QUIET, lambda: speech(2, -46)),
        (Fault.TOO_SHORT, lambda: nothing(1) + tone(0.01, 1000) + nothing(1)),
        (Fault.CLIPPED, clipped),
        (Fault.PAUSE, lambda: speech(1) + nothing(3) + speech(1)),
        (Fault.TOO_LONG, lambda: speech(6)),
        (Fault.TOO_LONG, lambda: tone(30, 1000)),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(
    fault: Fault, sound: Callable[[], Samples]
) -> None:
    with pytest.raises(RefusedError) as refused:
        master(as_wav(sound()), 5)
    assert refused.value.fault is fault
    assert str(refused.value).startswith(fault.value)


def test_a_long_silence_before_the_first_word_is_not_what_makes_it_too_long() -> None:
    assert master(as_wav(nothing(9) + speech(4.9)), 5).seconds < 5


def test_a_set_gets_one_gain() -> None:
    levels = [-12.0, -18.0, -15.0]
    made = master_set([as_wav(speech(0.8, level)) for level in levels], LIMIT)
    assert [one.loudness - made[0].loudness for one in made] == pytest.approx([0, -6, -3], abs=0.3)
    whole = joined([opus.decode(one.data) for one in made])
    assert measure.loudness(whole)[0] == pytest.approx(LOUDNESS, abs=TOLERANCE)
    assert all(one.peak <= PEAK for one in made)


def test_one_word_that_cannot_be_used_stops_the_whole_set() -> None:
    with pytest.raises(RefusedError):
        master_set([as_wav(speech(0.5)), as_wav(nothing(0.5))], LIMIT)


def test_a_click_is_limited_and_does_not_hush_the_words() -> None:
    samples = speech(2, -20)
    for place in range(8000, 8020):
        samples[place] = 0.9 if place % 2 else -0.9
    assert_fit(master(as_wav(samples), LIMIT))


def test_what_cannot_be_brought_to_the_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastering, "_NEAR", 0.0)
    with pytest.raises(RefusedError) as refused:
        master(as_wav(speech(0.5)), LIMIT)
    assert refused.value.fault is Fault.UNEVEN


def test_the_same_recording_gives_the_same_bytes() -> None:
    data = as_wav(speech(1))
    assert master(data, LIMIT).digest == master(data, LIMIT).digest
