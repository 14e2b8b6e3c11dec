"""Text-to-speech engines: how a text without a person's recording becomes speech, once, before
anything is shipped.
"""

from audio.speech.engine import Engine, SpeechError, open_engine
from audio.speech.voice import Voice, load_voices

__all__ = ["Engine", "SpeechError", "Voice", "load_voices", "open_engine"]
