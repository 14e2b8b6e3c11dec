"""From words to the sounds that the model knows: espeak-ng finds them, the voice's own words and
changes mend them.
"""

import re
import subprocess
from collections.abc import Callable, Iterator

from audio.speech.engine import SpeechError
from audio.speech.voice import Voice

_CLAUSE = re.compile(r"([^.,:;?!]+)([.,:;?!]*)")
_SWITCH = re.compile(r"\([^)]*\)")
_TIES = {
    "t^s": "ʦ", "t^ʃ": "ʧ", "d^ʒ": "ʤ",
    "a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y",
}  # fmt: skip
Speller = Callable[[str, str, bool], str]


def espeak_phonemes(words: str, language: str, ties: bool) -> str:
    """The sounds of some words in the International Phonetic Alphabet. Raises SpeechError."""
    tied = ["--tie=^"] if ties else []
    command = ["espeak-ng", "-q", "--ipa", *tied, "-v", language, "--", words]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; the words are behind "--"
            command, capture_output=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SpeechError(
            f"espeak-ng could not spell {words!r} in {language!r}: {error}"
        ) from error
    return " ".join(done.stdout.decode("utf-8").split())


def _runs(clause: str, words: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """Split a clause into runs of ordinary words and single words whose sound is given."""
    if not words:
        if clause.strip():
            yield clause.strip(), None
        return
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for part in re.split(rf"(?<!\w)({known})(?!\w)", clause, flags=re.IGNORECASE):
        if part.strip():
            yield part.strip(), words.get(part.casefold())


def _joined(sounds: str, ties: bool) -> str:
    sounds = _SWITCH.sub("", sounds)
    for pair, one in _TIES.items() if ties else ():
        sounds = sounds.replace(pair, one)
    return sounds.replace("^", "")


def phonemes(text: str, voice: Voice, spell: Speller = espeak_phonemes) -> str:
    """The sounds of a text with its punctuation put back, clause by clause, ready for the model's
    table of signs.
    """
    words = {word.casefold(): sound for word, sound in voice.words.items()}
    clauses = []
    for clause, marks in _CLAUSE.findall(text):
        runs = (
            sound or spell(run, voice.espeak, voice.ties) for run, sound in _runs(clause, words)
        )
        if spoken := " ".join(run for run in runs if run):
            clauses.append(_joined(spoken, voice.ties) + marks)
    sounds = " ".join(clauses)
    for change, into in voice.changes:
        sounds = change.sub(into, sounds)
    return sounds


def sentences(sounds: str) -> list[str]:
    """Cut a string of sounds after every end of a sentence: the model speaks one at a time, and
    breathes between.
    """
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", sounds) if part.strip()]
