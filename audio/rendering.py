"""Making the recordings that ship: every text that has no current recording is spoken, mastered,
listened to and listed.
"""

import tempfile
from array import array
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from audio import manifest, opus
from audio.listening import Errors, normal
from audio.manifest import Entry
from audio.mastering import Mastered, master, master_set
from audio.pcm import RATE, Samples, joined
from audio.speech import Engine, Voice
from prompts import Origin, text_digest

LIMIT = 45.0
"""Seconds that a recording may last at most."""
SHORT = 1.3
"""Seconds up to which a recording is a word or two."""
VOCABULARY = ("digit.*", "key.*", "day.*", "hour.*", "hours.*", "minute.*", "speaks.*")
"""The words that are spoken in rows: mastered together with one gain, so one new word renders all
again.
"""

_BETWEEN = {"hours": "hour", "minute": "hour"}
"""Kinds that are spoken between words of another kind: nine hours *until* thirteen hours."""

_ENOUGH = 6
"""Words of a kind that make a row in which the next one cannot be guessed."""
Listen = Callable[[str, Samples, str], Errors]


@dataclass(frozen=True)
class Studio:
    """One language's room: its texts, its voice and engine, the folder of its recordings.

    `raw` is a folder where unmastered speech is kept, so that a change of mastering needs no new
    synthesis.
    """

    language: str
    texts: Mapping[str, str]
    folder: Path
    voice: Voice
    engine: Engine
    engine_name: str
    raw: Path | None = None

    def due(self, pattern: str = "*", *, everything: bool = False) -> list[str]:
        """The prompts to render: no recording, other words, or another way of saying them. A
        person's is kept.
        """
        entries = manifest.read(self.folder)
        changed = [
            key for key in self.texts if everything or not self._current(key, entries.get(key))
        ]
        chosen = {key for key in changed if fnmatchcase(key, pattern)}
        if any(in_vocabulary(key) for key in chosen):
            chosen |= {key for key in self.texts if in_vocabulary(key)}
        return [
            key for key in self.texts if key in chosen and not self._by_person(entries.get(key))
        ]

    def render(self, keys: list[str]) -> Iterator[str]:
        """Render these prompts and list them; hands over each key when it is done. Raises
        SpeechError and RefusedError.
        """
        together = [key for key in keys if in_vocabulary(key)]
        if together:
            spoken = [self.speak(key) for key in together]
            for key, mastered in zip(together, master_set(spoken, LIMIT), strict=True):
                self._list(key, mastered)
                yield key
        for key in keys:
            if key not in together:
                self._list(key, master(self.speak(key), LIMIT))
                yield key

    def speak(self, key: str) -> bytes:
        """The unmastered speech of one prompt, from the folder of raw speech where it is known."""
        spoken, voice = self.voice.said(key, self.texts[key])
        if self.raw is None:
            return self.engine.synthesize(spoken, self.language, voice)
        kept = (
            self.raw
            / self.language
            / f"{key}-{text_digest(self.texts[key])}-{self._settings(key)}.wav"
        )
        if not kept.is_file():
            _write(kept, self.engine.synthesize(spoken, self.language, voice))
        return kept.read_bytes()

    def listen(self, listen: Listen, *, again: bool = False) -> Iterator[tuple[str, str]]:
        """Have every recording heard that was not yet; hands over its key and what was heard."""
        for key, entry in manifest.read(self.folder).items():
            if key in self.texts and (again or entry.heard < 0):
                errors = self._heard(listen, key, entry)
                measured = replace(
                    entry, heard=round(errors.words, 3), letters=round(errors.letters, 3)
                )
                manifest.write(self.folder, manifest.read(self.folder) | {key: measured})
                yield key, errors.heard

    def tidy(self) -> list[str]:
        """Drop what no text asks for any more, and the files that no entry names; returns the
        files' names.
        """
        listed = manifest.read(self.folder)
        if not listed:
            return []
        entries = {key: entry for key, entry in listed.items() if key in self.texts}
        manifest.write(self.folder, entries)
        named = {f"{entry.digest}.opus" for entry in entries.values()}
        strays = [path for path in self.folder.glob("*.opus") if path.name not in named]
        for path in strays:
            path.unlink()
        return sorted(path.name for path in strays)

    def _heard(self, listen: Listen, key: str, entry: Entry) -> Errors:
        """A word alone is hard to know even for people, so a short one is also played three times
        in a row, and one that callers never hear alone also between two of its kind.
        """
        text, samples = self.texts[key], self._samples(entry)
        once = listen(text, samples, self.language)
        if not once.words or entry.seconds > SHORT:
            return once
        thrice = self._in_a_row(listen, [(text, samples)] * 3, 1.0)
        return min(once, thrice, *self._among(listen, key, samples), key=lambda one: one.words)

    def _among(self, listen: Listen, key: str, samples: Samples) -> Iterator[Errors]:
        """How a word of the vocabulary is understood where it is heard, in a row with others.
        Whatever is wrong in that row counts against this word.
        """
        entries = manifest.read(self.folder)
        around = [other for other in neighbours(key, self.texts) if other in entries]
        if len(around) == 2:
            before, after = ((self.texts[one], self._samples(entries[one])) for one in around)
            row = [before, (self.texts[key], samples), after]
            own = len(normal(self.texts[key], self.language))
            words = len(normal(" ".join(text for text, _ in row), self.language))
            yield self._in_a_row(listen, row, words / own)

    def _in_a_row(self, listen: Listen, row: list[tuple[str, Samples]], weight: float) -> Errors:
        pause = array("f", bytes(RATE))
        sounds = [sound for _, samples in row for sound in (samples, pause)][:-1]
        errors = listen(" ".join(text for text, _ in row), joined(sounds), self.language)
        return Errors(errors.heard, errors.words * weight, errors.letters * weight)

    def _samples(self, entry: Entry) -> Samples:
        return opus.decode((self.folder / f"{entry.digest}.opus").read_bytes())

    def _settings(self, key: str) -> str:
        spoken, voice = self.voice.said(key, self.texts[key])
        return voice.fingerprint(self.engine_name, spoken)

    def _current(self, key: str, entry: Entry | None) -> bool:
        if entry is None or not (self.folder / f"{entry.digest}.opus").is_file():
            return False
        return entry.text == text_digest(self.texts[key]) and entry.settings == self._settings(key)

    @staticmethod
    def _by_person(entry: Entry | None) -> bool:
        return entry is not None and entry.origin == Origin.PERSON

    def _list(self, key: str, mastered: Mastered) -> None:
        """Keep one finished recording and name it in the manifest."""
        _write(self.folder / f"{mastered.digest}.opus", mastered.data)
        entry = Entry(
            digest=mastered.digest,
            seconds=round(mastered.seconds, 3),
            level=round(mastered.loudness, 1),
            text=text_digest(self.texts[key]),
            origin=Origin.SYNTHETIC.value,
            engine=self.engine_name,
            voice=self.voice.name,
            settings=self._settings(key),
        )
        manifest.write(self.folder, manifest.read(self.folder) | {key: entry})


def neighbours(key: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Two prompts that a word of the vocabulary is heard between; none for what stands alone.

    They are not those that follow each other in counting: a recogniser would guess the one between.
    """
    kind = _BETWEEN.get(_kind(key), _kind(key))
    others = sorted(one for one in keys if in_vocabulary(one) and _kind(one) == kind)
    if not in_vocabulary(key) or len(others) < _ENOUGH:
        return ()
    place = bisect(others, key)
    return tuple(others[(place + step) % len(others)] for step in (2, len(others) // 2))


def _kind(key: str) -> str:
    return key.partition(".")[0]


def in_vocabulary(key: str) -> bool:
    """Whether a prompt is spoken in rows with others, and so is as loud as the set, not alone."""
    return any(fnmatchcase(key, pattern) for pattern in VOCABULARY)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)
