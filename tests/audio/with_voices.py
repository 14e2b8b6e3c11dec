"""The engine and the recogniser for real. Needs their packages, so it is not collected by name:

VOICES=kokoro-js/voices python -m pytest -c /dev/null --noconftest --rootdir . THIS_FILE
"""

import os
from pathlib import Path

import pytest

from audio import measure, opus
from audio.listening import Listener
from audio.mastering import LOUDNESS, PEAK, TOLERANCE, master
from audio.speech import Engine, load_voices, open_engine
from audio.speech.kokoro import RATE, Kokoro

SENTENCES = {
    "nl": "Je hoeft je naam niet te zeggen.",
    "fr": "Vous ne devez pas dire votre nom.",
    "de": "Sie müssen Ihren Namen nicht sagen.",
    "en": "You do not have to say your name.",
}


@pytest.fixture(scope="module")
def kokoro() -> Engine:
    return open_engine("kokoro", Path(os.environ["VOICES"]))


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener.load()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_spoken_mastered_and_understood(
    kokoro: Engine, listener: Listener, language: str
) -> None:
    words = SENTENCES[language]
    spoken, voice = load_voices()[language].said("x", words)
    made = master(kokoro.synthesize(spoken, language, voice), 45)
    assert made.loudness == pytest.approx(LOUDNESS, abs=TOLERANCE)
    assert made.peak <= PEAK
    assert listener.errors(words, opus.decode(made.data), language).words <= 0.3


def test_the_model_tells_how_long_every_sign_lasts(kokoro: Engine) -> None:
    assert isinstance(kokoro, Kokoro)
    tokens = [0, kokoro.signs["a"], kokoro.signs["."], 0]
    sound, frames = kokoro.run(tokens, kokoro._row("ff_siwis", 3), 1.0)
    assert len(frames) == len(tokens)
    assert len(sound) == 600 * sum(frames)
    assert measure.peak(sound) > -20
    assert len(sound) < 3 * RATE
