"""A studio whose engine only says as many syllables as a text is long."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from audio.rendering import Studio
from audio.speech import SpeechError, Voice
from tests.audio.sounds import as_wav, speech

TEXTS = {
    "main.now": "Help now",
    "digit.1": "one",
    "digit.2": "three",
    "help.text": "Somebody helps",
}


@dataclass
class Speaker:
    """An engine that says so many syllables; a text in `mute` cannot be said."""

    said: list[tuple[str, float]] = field(default_factory=list)
    mute: str = ""

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        if text == self.mute:
            raise SpeechError("mute")
        self.said.append((text, voice.speed))
        return as_wav(speech(0.2 + len(text) / 20, seed=len(text)))


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def studio(tmp_path: Path, speaker: Speaker) -> Studio:
    voice = Voice("xx", "xx", timbre={"ada": 1.0})
    return Studio("xx", dict(TEXTS), tmp_path / "xx", voice, speaker, "fake")


def everything(turns: Iterator[object]) -> list[object]:
    return list(turns)
