"""What every engine can do, and how one is chosen by name."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from audio.speech.voice import Voice


class SpeechError(Exception):
    """Speech could not be made; the message says in plain words what is missing or what failed."""


class Engine(Protocol):
    """One way to speak. Engines are slow and are called while recordings are rendered, never during
    a call.
    """

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        """Return a mono 16-bit WAV of any rate. Raises SpeechError."""
        ...


class NoEngine:
    """Stands in where no engine was chosen, and says so."""

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        """Refuse with the way out. Always raises SpeechError."""
        raise SpeechError(
            f"no speech engine is chosen, so nothing can be spoken in {language!r}: "
            "choose kokoro, espeak or piper, or record the prompt with a person's voice"
        )


def _kokoro(voices: Path | None) -> Engine:
    from audio.speech.kokoro import Kokoro

    return Kokoro.load(voices)


def _espeak(_: Path | None) -> Engine:
    from audio.speech.espeak import Espeak

    return Espeak()


def _piper(voices: Path | None) -> Engine:
    from audio.speech.piper import Piper

    return Piper(voices)


def _none(_: Path | None) -> Engine:
    return NoEngine()


ENGINES: dict[str, Callable[[Path | None], Engine]] = {
    "kokoro": _kokoro,
    "espeak": _espeak,
    "piper": _piper,
    "none": _none,
}


def open_engine(name: str, voices: Path | None = None) -> Engine:
    """The engine of that name; `voices` is the folder its voices lie in. Raises SpeechError when it
    cannot be had.
    """
    if name not in ENGINES:
        raise SpeechError(f"there is no speech engine {name!r}: choose one of {', '.join(ENGINES)}")
    return ENGINES[name](voices)
