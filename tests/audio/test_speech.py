"""The engines: espeak-ng for real, the others at the seam where their program or model begins."""

import fnmatch
import os
from dataclasses import replace
from pathlib import Path

import pytest

from audio import measure
from audio.intake import take
from audio.speech import Engine, SpeechError, Voice, espeak, load_voices, open_engine
from audio.speech.phonemes import espeak_phonemes, phonemes, sentences
from audio.speech.piper import Piper
from audio.speech.voice import Special
from prompts import load_catalogue

PLAIN = Voice("en", "en-gb")


def heard(data: bytes) -> tuple[float, float]:
    """Seconds and loudness of a WAV."""
    found = measure.measure(take(data, 60).samples)
    return found.seconds, found.loudness


# choosing an engine


def test_without_an_engine_it_says_what_to_do() -> None:
    with pytest.raises(SpeechError, match="no speech engine is chosen.*'nl'.*record"):
        open_engine("none").synthesize("Hallo", "nl", PLAIN)


def test_an_engine_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(SpeechError, match="'festival'.*kokoro, espeak, piper, none"):
        open_engine("festival")


@pytest.mark.parametrize("name", ["espeak", "piper", "none"])
def test_an_engine_is_opened_by_its_name(name: str, tmp_path: Path) -> None:
    engine: Engine = open_engine(name, tmp_path)
    assert callable(engine.synthesize)


# espeak-ng


@pytest.mark.parametrize(("language", "text"), [("nl", "Goeiedag"), ("fr-be", "Bonjour à tous")])
def test_espeak_speaks(language: str, text: str) -> None:
    seconds, loudness = heard(open_engine("espeak").synthesize(text, language, PLAIN))
    assert 0.3 < seconds < 3
    assert loudness > -40


def test_espeak_speaks_faster_at_a_higher_speed() -> None:
    engine = open_engine("espeak")
    text = "This is a rather long sentence about nothing"
    slow, _ = heard(engine.synthesize(text, "en", replace(PLAIN, speed=0.8)))
    fast, _ = heard(engine.synthesize(text, "en", replace(PLAIN, speed=1.2)))
    assert fast < 0.8 * slow


def test_a_text_that_looks_like_an_option_is_only_a_text() -> None:
    heard(open_engine("espeak").synthesize("--version", "en", PLAIN))
    assert "vˈɜː" in espeak_phonemes("--version", "en-gb", ties=False)


def test_espeak_says_when_it_does_not_know_a_language() -> None:
    with pytest.raises(SpeechError, match="espeak-ng failed"):
        open_engine("espeak").synthesize("x", "xx", replace(PLAIN, espeak="klingon-xx"))
    with pytest.raises(SpeechError, match="could not spell"):
        espeak_phonemes("x", "klingon-xx", ties=False)


def test_a_program_that_is_not_there_or_says_nothing_is_an_error() -> None:
    with pytest.raises(SpeechError, match="could not be run"):
        espeak.run(["no-such-program-here"], "x")
    with pytest.raises(SpeechError, match="said nothing"):
        espeak.run(["true"], "x")


# piper


def script(folder: Path, text: str) -> None:
    program = folder / "piper"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


def test_piper_is_given_the_voice_the_pace_and_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = replace(PLAIN, piper="ada.onnx", speed=0.8)
    (tmp_path / "ada.onnx").write_bytes(b"model")
    script(tmp_path, f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/text; seq 100')
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert Piper(tmp_path).synthesize("Hällo", "de", voice).startswith(b"1\n2\n")
    asked = (tmp_path / "asked").read_text()
    assert f"--model {tmp_path}/ada.onnx --length-scale 1.250" in asked
    assert (tmp_path / "text").read_text() == "Hällo"


def test_piper_says_which_voice_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="no Piper voice is set for 'de'"):
        Piper(tmp_path).synthesize("x", "de", PLAIN)
    with pytest.raises(SpeechError, match="no Piper voice"):
        Piper(None).synthesize("x", "de", replace(PLAIN, piper="ada.onnx"))
    with pytest.raises(SpeechError, match=r"ada\.onnx is not there"):
        Piper(tmp_path).synthesize("x", "de", replace(PLAIN, piper="ada.onnx"))


# voices


def test_the_shipped_voices_are_those_of_the_line_and_are_complete() -> None:
    voices = load_voices()
    assert {"nl", "fr", "de", "en"} <= set(voices)
    for language, voice in voices.items():
        assert voice.language == language
        assert sum(voice.timbre.values()) == pytest.approx(1)
        assert sum(voice.prosody.values()) == pytest.approx(1 if voice.prosody else 0)
        assert 0.8 <= voice.speed <= 1.1
        for special in voice.keys.values():
            assert special.speed is None or 0.8 <= special.speed <= 1.35


def test_every_shipped_spelling_is_made_of_sounds_and_changes_only_its_language() -> None:
    for voice in load_voices().values():
        for word, sound in voice.words.items():
            spoken, said = voice.said("x", f"a {word.upper()}, b")
            assert said.words[word] == sound
            assert all(other in word for other in said.words)
            assert spoken == f"a {word.upper()}, b{voice.ending}"


def test_a_table_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "voices.toml"
    path.write_text("[nl]\nspeed = 1\n")
    with pytest.raises(KeyError):
        load_voices(path)
    path.write_text('[nl]\nespeak = "nl"\n[nl.keys."x"]\nspeeed = 1\n')
    with pytest.raises(TypeError):
        load_voices(path)


def test_the_key_itself_goes_before_a_pattern() -> None:
    keys = {"digit.*": Special(speed=1.2), "digit.1": Special(say="won"), "x.*": Special(speed=2)}
    voice = replace(PLAIN, keys=keys)
    assert voice.said("digit.2", "two") == ("two", replace(PLAIN, speed=1.2))
    assert voice.said("digit.1", "one") == ("won", PLAIN)
    assert voice.said("y", "two") == ("two", PLAIN)


@pytest.mark.parametrize(("text", "said"), [("two", "two."), ("two?", "two?"), ("to,", "to,")])
def test_words_without_a_mark_get_the_voices_ending(text: str, said: str) -> None:
    assert replace(PLAIN, ending=".").said("x", text)[0] == said
    assert PLAIN.said("x", text)[0] == text


def test_a_kind_of_prompt_can_be_led_into_otherwise() -> None:
    keys = {"digit.*": Special(lead="jˈaː. "), "key.*": Special(lead="")}
    voice = replace(PLAIN, lead="ˈɛn, ", keys=keys)
    leads = [voice.said(key, "two")[1].lead for key in ("digit.2", "key.2", "day.monday")]
    assert leads == ["jˈaː. ", "", "ˈɛn, "]


def test_one_prompt_can_end_otherwise_and_say_a_word_in_its_own_way() -> None:
    own = Special(ending="", words={"two": "tˈuː", "six": "sˈɪks"})
    voice = replace(PLAIN, ending=".", words={"two": "tuː", "one": "wʌn"}, keys={"x": own})
    spoken, said = voice.said("x", "one two")
    assert (spoken, said.words) == ("one two", {"one": "wʌn", "two": "tˈuː"})
    spoken, said = voice.said("y", "one two")
    assert (spoken, said.words) == ("one two.", {"one": "wʌn", "two": "tuː"})


def test_a_word_inside_another_is_not_that_word() -> None:
    voice = replace(PLAIN, words={"hour": "ˈaʊə", "PAG-ASA": "pˈæɡ"})
    assert voice.said("x", "an hourly visit")[1].words == {}
    assert list(voice.said("x", "Hour: pag-asa.")[1].words) == ["hour", "PAG-ASA"]


def test_every_key_with_a_way_of_its_own_is_a_prompt_and_its_words_are_in_it() -> None:
    texts = load_catalogue().texts
    for language in ("nl", "fr", "de", "en"):
        voice = load_voices()[language]
        for key in voice.keys:
            assert fnmatch.filter(texts[language], key), f"{language} {key}"
            for word in voice.keys[key].words:
                assert word in voice.said(key, texts[language][key].words)[1].words, key


def test_a_voice_is_named_by_what_makes_it() -> None:
    assert replace(PLAIN, timbre={"b": 0.5, "a": 0.5}).name == "a+b"
    assert replace(PLAIN, piper="ada.onnx").name == "ada.onnx"
    assert PLAIN.name == "en-gb"


# phonemes


def test_espeak_finds_the_sounds() -> None:
    assert espeak_phonemes("Hello", "en-gb", ties=False) == "həlˈəʊ"
    assert "^" in espeak_phonemes("choice", "en-gb", ties=True)


def spell(run: str, language: str, ties: bool) -> str:
    """A speller that leaves every word as it stands, in brackets of its own."""
    return f"<{run}>"


def test_punctuation_is_put_back_clause_by_clause() -> None:
    assert phonemes("One, two. Three?", PLAIN, spell) == "<One>, <two>. <Three>?"
    assert phonemes(" ... ,", PLAIN, spell) == ""


def test_the_voices_own_words_stand_in_for_those_of_the_speller() -> None:
    voice = replace(PLAIN, words={"Payoke": "pA", "PAG-ASA": "pG", "in": "ɪn"})
    assert phonemes("payoke inside, in Pag-Asa.", voice, spell) == "pA <inside>, ɪn pG."


def test_the_longer_of_two_words_goes_first() -> None:
    voice = replace(PLAIN, words={"help": "H", "help line": "HL"})
    assert phonemes("a help line, help", voice, spell) == "<a> HL, H"


def test_changes_run_over_everything_in_their_order() -> None:
    voice = load_voices()["nl"]
    assert phonemes("r", replace(voice, words={"r": "rɣ"}), spell) == "ʁx"


def test_ties_become_the_models_own_signs_and_switches_of_language_go() -> None:
    said = {"a": "t^ʃˈe^ɪnd^ʒ(^e^n)o^ʊ(^f^r)n^a"}

    def tied(run: str, language: str, ties: bool) -> str:
        return said[run]

    assert phonemes("a", replace(PLAIN, ties=True), tied) == "ʧˈAnʤOna"
    assert phonemes("a", PLAIN, tied) == "tʃˈeɪndʒoʊna"


def test_sentences_end_where_a_voice_falls() -> None:
    assert sentences("a, b. c? d: e") == ["a, b.", "c?", "d: e"]
    assert sentences("") == []


# kokoro, with a model of its own
