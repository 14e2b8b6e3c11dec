"""The door for uploads: nothing but sound comes in, and nothing that comes in can do harm."""

import io
from contextlib import suppress
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from audio import intake
from audio.intake import Fault, RefusedError, take, unclipped
from audio.pcm import seconds
from tests.audio.sounds import as_file, as_wav, speech, tone


def fault_of(data: bytes, limit: float = 60) -> Fault:
    with pytest.raises(RefusedError) as refused:
        take(data, limit)
    return refused.value.fault


@given(some.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_noise_of_bytes_is_refused(data: bytes) -> None:
    assert fault_of(data) is Fault.NOT_AUDIO


@pytest.mark.parametrize("keep", [0, 10, 60])
def test_a_file_that_was_cut_off_before_any_sound_is_refused(keep: int) -> None:
    assert fault_of(as_file(speech(1, rate=48_000), 48_000, "webm", "libopus")[:keep])


@settings(max_examples=25, deadline=None)
@given(place=some.integers(0, 15_000), value=some.integers(0, 255))
def test_a_damaged_file_is_taken_or_refused_but_never_breaks(place: int, value: int) -> None:
    data = bytearray(as_file(tone(1, 1000), 8_000, "ogg", "libopus"))
    data[place % len(data)] = value
    with suppress(RefusedError):
        assert seconds(take(bytes(data), 60).samples) < 3


def test_a_list_that_points_to_a_file_of_this_machine_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside.wav"
    inside.write_bytes(as_wav(speech(1)))
    for pointing in (
        f"ffconcat version 1.0\nfile '{inside}'\n",
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{inside}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/x.wav\n",
        f'<?xml version="1.0"?><MPD><BaseURL>file://{inside}</BaseURL></MPD>',
    ):
        assert fault_of(pointing.encode()) is Fault.NOT_AUDIO


def test_a_film_without_sound_is_refused() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as out:
        stream = out.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 16
        stream.pix_fmt = "yuv420p"
        for one in (av.VideoFrame(16, 16, "yuv420p"), None):
            for packet in stream.encode(one):
                out.mux(packet)
    assert fault_of(file.getvalue()) is Fault.NOT_AUDIO


def test_a_wav_without_samples_is_refused() -> None:
    assert fault_of(as_wav(tone(0, 1000))) is Fault.NOT_AUDIO


def test_too_many_bytes_are_refused_before_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 100)
    assert fault_of(as_wav(speech(1))) is Fault.TOO_LARGE


def test_decoding_stops_where_the_recording_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[av.AudioFrame] = []
    count = intake._at_ceiling
    monkeypatch.setattr(intake, "_at_ceiling", lambda frame: decoded.append(frame) or count(frame))
    hours = as_file(tone(60, 1000), 8_000, "ogg", "libopus")
    assert fault_of(hours, limit=1) is Fault.TOO_LONG
    assert sum(frame.samples / frame.sample_rate for frame in decoded) <= 1


def test_an_absurd_rate_is_refused() -> None:
    assert fault_of(as_wav(tone(0.1, 1000), rate=800_000)) is Fault.NOT_AUDIO


def test_everything_that_was_said_is_taken() -> None:
    taken = take(as_file(speech(2, rate=44_100), 44_100, "flac", "flac"), 60)
    assert seconds(taken.samples) == pytest.approx(2, abs=0.001)
    assert taken.clipped == 0
    assert unclipped(taken) is taken.samples


def test_a_few_samples_at_the_ceiling_are_no_distortion() -> None:
    loud = speech(2, -0.01)
    assert 0 < take(as_wav(loud), 60).clipped < 0.001
    unclipped(take(as_wav(loud), 60))


def test_a_refusal_says_how_long_is_too_long() -> None:
    with pytest.raises(RefusedError, match="At most 3 seconds"):
        take(as_wav(tone(4, 1000)), 3)
