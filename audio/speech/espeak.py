"""espeak-ng as an engine: speaks nearly every language, like a robot. For trying things out, not
for callers.
"""

import subprocess

from audio.speech.engine import SpeechError
from audio.speech.voice import Voice

WORDS_A_MINUTE = 150
"""The speed of a voice whose `speed` is 1."""


class Espeak:
    """Runs the program `espeak-ng` (GPL, a process of its own)."""

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        """Return a WAV of 22.05 kHz. Raises SpeechError when the program is missing or does not
        know the language.
        """
        pace = str(round(WORDS_A_MINUTE * voice.speed))
        return run(
            ["espeak-ng", "-v", voice.espeak or language, "-s", pace, "--stdout", "--stdin"], text
        )


def run(command: list[str], text: str) -> bytes:
    """Give a text to a program on its input and take sound from its output. Raises SpeechError."""
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; the text goes to its input
            command, input=text.encode(), capture_output=True, check=True, timeout=300
        )
    except subprocess.CalledProcessError as error:
        raise SpeechError(
            f"{command[0]} failed: {error.stderr.decode(errors='replace').strip()[:300]}"
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SpeechError(f"{command[0]} could not be run: {error}") from error
    if len(done.stdout) <= 44:
        raise SpeechError(f"{command[0]} said nothing")
    return done.stdout
