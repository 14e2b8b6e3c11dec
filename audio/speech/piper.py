"""Piper as an engine, for who brings a voice of it: a model file *.onnx with its *.onnx.json beside
it.
"""

from pathlib import Path

from audio.speech.engine import SpeechError
from audio.speech.espeak import run
from audio.speech.voice import Voice


class Piper:
    """Runs the program `piper` (GPL, a process of its own); `folder` holds the voices."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        """Return a WAV of the voice's own rate. Raises SpeechError when program or voice are
        missing.
        """
        if self._folder is None or voice.piper is None:
            raise SpeechError(
                f"no Piper voice is set for {language!r}: name its file as `piper` in voices.toml"
            )
        model = self._folder / voice.piper
        if not model.is_file():
            raise SpeechError(f"the Piper voice {model} is not there")
        pace = f"{1 / voice.speed:.3f}"
        return run(
            ["piper", "--model", str(model), "--length-scale", pace, "--output_file", "-"], text
        )
