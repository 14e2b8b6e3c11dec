"""Every recording that ships keeps the figures of the house, and is what its manifest says."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from audio import manifest, measure, opus
from audio.manifest import Entry
from audio.mastering import LOUDNESS, PEAK, TOLERANCE
from audio.pcm import Samples, joined
from audio.rendering import LIMIT, in_vocabulary
from audio.shelf import SHIPPED, Shelf
from prompts import load_catalogue, text_digest
from tests.audio.sounds import nothing, tone

LANGUAGES = ("nl", "fr", "de", "en")
SHORTEST = 0.2
CLOSURE = 0.25
"""Seconds that a last p, t or k may be closed before its soft release, which is still speech."""


def listed(language: str) -> dict[str, Entry]:
    return manifest.read(SHIPPED / language)


def test_every_language_of_the_line_has_recordings() -> None:
    assert {path.name for path in SHIPPED.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_recording_of_its_present_words(language: str) -> None:
    texts = load_catalogue().texts[language]
    present = {key: text_digest(text.words) for key, text in texts.items() if text.words}
    recorded = {key: entry.text for key, entry in listed(language).items()}
    assert recorded == present, "run `ivr render`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_those_of_the_manifest_and_named_by_their_bytes(language: str) -> None:
    shelf, folder = Shelf(SHIPPED, SHIPPED / "no-cache"), SHIPPED / language
    named = {entry.digest for entry in listed(language).values()}
    assert {path.name for path in folder.iterdir()} == {
        manifest.FILE,
        *(f"{digest}.opus" for digest in named),
    }
    for digest in named:
        assert hashlib.sha256(shelf.master(digest[:16])).hexdigest() == digest


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recording_is_fit_for_the_telephone(language: str) -> None:
    sounds = {key: sound(SHIPPED / language, entry) for key, entry in listed(language).items()}
    wrong = [
        f"{key}: {fault}"
        for key, samples in sounds.items()
        for fault in faults(listed(language)[key], samples, alone=not in_vocabulary(key))
    ]
    together = joined(samples for key, samples in sounds.items() if in_vocabulary(key))
    assert wrong == []
    assert measure.loudness(together)[0] == pytest.approx(LOUDNESS, abs=TOLERANCE)


def sound(folder: Path, entry: Entry) -> Samples:
    return opus.decode((folder / f"{entry.digest}.opus").read_bytes())


def faults(entry: Entry, samples: Samples, *, alone: bool) -> Iterator[str]:
    """What is wrong with one recording, all at once."""
    found = measure.measure(samples)
    if abs(found.seconds - entry.seconds) > 0.01 or abs(found.loudness - entry.level) > 0.2:
        yield "the manifest says something else"
    if not SHORTEST < found.seconds <= LIMIT:
        yield f"lasts {found.seconds:.2f} s"
    if found.peak > PEAK:
        yield f"peaks at {found.peak:.2f} dBFS"
    if found.outside > -15:
        yield f"has {found.outside:.1f} dB out of band"
    if found.silence > 0.5:
        yield "is half silence"
    if abs(found.loudness - LOUDNESS) > (TOLERANCE if alone else 4 * TOLERANCE):
        yield f"is at {found.loudness:.1f} LUFS"
    before, after = edges(samples)
    if before > 0.1 or after > CLOSURE:
        yield "begins or ends with dead air"


def edges(samples: Samples) -> tuple[float, float]:
    """Seconds of silence before the first sound and after the last."""
    levels = measure.windows(samples)
    limit = measure.speech_level(levels) + measure.QUIET
    loud = [place for place, level in enumerate(levels) if level >= limit]
    return loud[0] / 100, (len(levels) - 1 - loud[-1]) / 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_have_to_be_short_are(language: str) -> None:
    lasts = {key: entry.seconds for key, entry in listed(language).items()}
    assert lasts["language.name"] <= 0.9
    assert max(lasts[f"digit.{digit}"] for digit in range(10)) <= 0.7
    assert lasts["main.now"] <= 3.5
    assert 12 <= lasts["cover.shop"] <= 20


def test_every_fault_would_be_seen() -> None:
    hum, pause = tone(0.15, 100, -1), nothing(0.3)
    entry = Entry("", 60.0, -24.0, "", "person")
    assert len(set(faults(entry, pause + hum + pause, alone=True))) == 6
    assert "lasts 0.15 s" in set(faults(entry, hum, alone=True))
