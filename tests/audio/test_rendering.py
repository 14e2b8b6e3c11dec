"""Rendering is careful: only what changed is spoken again, never over a person's voice."""

from dataclasses import replace
from pathlib import Path

import pytest

from audio import manifest, measure, opus
from audio.mastering import LOUDNESS
from audio.pcm import joined, seconds
from audio.rendering import Studio
from audio.speech import SpeechError
from audio.speech.voice import Special
from prompts import Origin, text_digest
from tests.audio.conftest import TEXTS, Speaker, everything


def test_at_first_everything_is_due_and_then_nothing(studio: Studio, speaker: Speaker) -> None:
    assert studio.due() == list(TEXTS)
    assert sorted(map(str, studio.render(studio.due()))) == sorted(TEXTS)
    assert studio.due() == []
    assert studio.due(everything=True) == list(TEXTS)
    assert sorted(text for text, _ in speaker.said) == sorted(TEXTS.values())


def test_what_is_listed_is_true_of_the_file(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    for key, entry in manifest.read(studio.folder).items():
        samples = opus.decode((studio.folder / f"{entry.digest}.opus").read_bytes())
        assert entry.seconds == pytest.approx(seconds(samples), abs=0.001)
        assert entry.level == pytest.approx(measure.loudness(samples)[0], abs=0.06)
        assert entry.text == text_digest(TEXTS[key])
        assert (entry.origin, entry.engine, entry.voice) == ("synthetic", "fake", "ada")
        assert entry.heard == -1


def test_the_vocabulary_gets_one_gain(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    listed = manifest.read(studio.folder)
    sounds = {
        key: opus.decode((studio.folder / f"{entry.digest}.opus").read_bytes())
        for key, entry in listed.items()
    }
    together = joined([sounds["digit.1"], sounds["digit.2"]])
    assert measure.loudness(together)[0] == pytest.approx(LOUDNESS, abs=0.7)


def test_a_changed_text_is_due_and_only_that(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    changed = replace(studio, texts=TEXTS | {"main.now": "Help at once"})
    assert changed.due() == ["main.now"]
    everything(changed.render(changed.due()))
    assert changed.due() == []


def test_one_changed_word_of_the_vocabulary_renders_it_all(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    changed = replace(studio, texts=TEXTS | {"digit.1": "won"})
    assert changed.due() == ["digit.1", "digit.2"]
    assert changed.due("digit.1") == ["digit.1", "digit.2"]


@pytest.mark.parametrize(
    "otherwise",
    [
        {"speed": 1.1},
        {"timbre": {"bea": 1.0}},
        {"prosody": {"bea": 1.0}},
        {"espeak": "yy"},
        {"ties": True},
        {"lead": "a"},
        {"piper": "x.onnx"},
    ],
)
def test_another_voice_makes_everything_due(studio: Studio, otherwise: dict[str, object]) -> None:
    everything(studio.render(studio.due()))
    other = replace(studio, voice=replace(studio.voice, **otherwise))
    assert other.due() == list(TEXTS)
    assert replace(studio, engine_name="other").due() == list(TEXTS)


def test_a_word_that_is_said_otherwise_makes_its_prompts_due(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    voice = replace(studio.voice, words={"Somebody": "sˈʌmbɒdi", "nobody": "nˈəʊbɒdi"})
    assert replace(studio, voice=voice).due() == ["help.text"]


def test_a_prompt_can_have_its_own_speed_and_spelling(studio: Studio, speaker: Speaker) -> None:
    keys = {"digit.*": Special(speed=1.2), "main.now": Special(say="Elp now")}
    everything(replace(studio, voice=replace(studio.voice, keys=keys)).render(["main.now"]))
    assert speaker.said == [("Elp now", 1.0)]
    assert replace(studio, voice=replace(studio.voice, keys=keys)).due("digit.1")
    everything(replace(studio, voice=replace(studio.voice, keys=keys)).render(["digit.1"]))
    assert speaker.said[-1] == ("one", 1.2)


def test_a_lost_file_is_due_again(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    entry = manifest.read(studio.folder)["help.text"]
    (studio.folder / f"{entry.digest}.opus").unlink()
    assert studio.due() == ["help.text"]


def test_a_persons_recording_is_kept(studio: Studio, speaker: Speaker) -> None:
    everything(studio.render(studio.due()))
    listed = manifest.read(studio.folder)
    person = replace(listed["digit.1"], origin=Origin.PERSON.value, text="another", engine="")
    manifest.write(studio.folder, listed | {"digit.1": person})
    assert studio.due(everything=True) == ["main.now", "digit.2", "help.text"]
    everything(studio.render(studio.due(everything=True)))
    assert manifest.read(studio.folder)["digit.1"] == person


def test_only_what_is_asked_for_is_rendered(studio: Studio) -> None:
    assert studio.due("main.*") == ["main.now"]
    assert studio.due("main.*", everything=True) == ["main.now"]
    assert studio.due("nothing.*") == []


def test_what_was_done_before_something_went_wrong_is_kept(
    studio: Studio, speaker: Speaker
) -> None:
    speaker.mute = TEXTS["help.text"]
    with pytest.raises(SpeechError):
        everything(studio.render(studio.due()))
    assert studio.due() == ["help.text"]


def test_raw_speech_is_kept_and_used_again(
    studio: Studio, speaker: Speaker, tmp_path: Path
) -> None:
    kept = replace(studio, raw=tmp_path / "raw")
    everything(kept.render(kept.due()))
    everything(kept.render(kept.due(everything=True)))
    assert len(speaker.said) == len(TEXTS)
    changed = replace(kept, texts=TEXTS | {"main.now": "Help me"})
    everything(changed.render(changed.due()))
    assert speaker.said[-1] == ("Help me", 1.0)
    assert len(speaker.said) == len(TEXTS) + 1


def test_files_that_nobody_names_are_removed(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    (studio.folder / "stray.opus").write_bytes(b"x")
    left = replace(studio, texts={"main.now": TEXTS["main.now"]})
    assert len(left.tidy()) == 4
    assert list(manifest.read(studio.folder)) == ["main.now"]
    assert len(list(studio.folder.glob("*.opus"))) == 1


def test_a_language_without_recordings_is_tidy(tmp_path: Path, studio: Studio) -> None:
    new = replace(studio, folder=tmp_path / "new")
    assert new.tidy() == []
