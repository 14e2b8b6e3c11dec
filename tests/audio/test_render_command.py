"""`ivr render`: what is asked for is spoken, and what is missing is said in one sentence."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio import manifest
from audio.listening import Errors, Listener
from audio.pcm import Samples
from audio.speech import Engine, SpeechError, Voice
from ivr.commands import render as command
from prompts import Catalogue, Text, TextState
from tests.audio.sounds import as_wav, speech


class Speaker:
    """Speaks everything but one word."""

    def synthesize(self, text: str, language: str, voice: Voice) -> bytes:
        if "unspeakable" in text:
            raise SpeechError("this word has no sound")
        return as_wav(speech(0.5, seed=len(text)))


def words(**texts: str) -> dict[str, Text]:
    return {
        key.replace("_", "."): Text(key, said, TextState.APPROVED) for key, said in texts.items()
    }


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path | None]]:
    """Which engines were loaded, over a catalogue and a folder of the test's own."""
    engines: list[tuple[str, Path | None]] = []
    real = command.open_engine

    def open_engine(name: str, voices: Path | None = None) -> Engine:
        if name == "none":
            return real(name)
        engines.append((name, voices))
        return Speaker()

    texts = {
        "nl": words(a_one="een", a_two="nog een", b_one="iets", b_two=""),
        "fr": words(a_one="un"),
    }
    monkeypatch.setattr(command, "open_engine", open_engine)
    monkeypatch.setattr(command, "load_catalogue", lambda: Catalogue(texts))
    monkeypatch.setattr(command, "SHIPPED", tmp_path / "recordings")
    return engines


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.render, arguments)


def recorded(tmp_path: Path, language: str) -> list[str]:
    return list(manifest.read(tmp_path / "recordings" / language))


def test_everything_that_can_be_said_is_rendered_once(
    tmp_path: Path, opened: list[tuple[str, Path | None]]
) -> None:
    assert run().exit_code == 0
    assert recorded(tmp_path, "nl") == ["a.one", "a.two", "b.one"]
    assert recorded(tmp_path, "fr") == ["a.one"]
    assert opened == [("kokoro", None)]
    assert run().exit_code == 0
    assert len(opened) == 1
    assert run("--all", "--engine", "piper", "--voices", str(tmp_path)).exit_code == 0
    assert opened[1] == ("piper", tmp_path)


@pytest.mark.usefixtures("opened")
def test_only_what_is_asked_for_is_rendered(tmp_path: Path) -> None:
    assert run("--language", "nl", "--key", "a.*").exit_code == 0
    assert recorded(tmp_path, "nl") == ["a.one", "a.two"]
    assert recorded(tmp_path, "fr") == []


@pytest.mark.usefixtures("opened")
def test_raw_speech_is_kept_where_it_is_told_to(tmp_path: Path) -> None:
    assert run("--language", "fr", "--raw", str(tmp_path / "raw")).exit_code == 0
    assert len(list((tmp_path / "raw" / "fr").glob("a.one-*.wav"))) == 1


@pytest.mark.usefixtures("opened")
def test_what_was_not_understood_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def errors(text: str, samples: Samples, language: str) -> Errors:
        return Errors("wat", 1.0 if "nog" in text else 0.25, 0.5)

    listener = type("Ear", (), {"errors": staticmethod(errors)})
    monkeypatch.setattr(Listener, "load", lambda: listener)
    done = run("--language", "nl", "--listen")
    assert done.exit_code == 0
    assert "nl a.two 100%: 'nog een' → 'wat'" in done.output
    assert "a.one" not in done.output
    assert manifest.read(tmp_path / "recordings" / "nl")["a.one"].heard == 0.25


@pytest.mark.usefixtures("opened")
def test_what_goes_wrong_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"nl": words(a_one="een", b_one="unspeakable")}
    monkeypatch.setattr(command, "load_catalogue", lambda: Catalogue(texts))
    done = run()
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "Error: this word has no sound")
    assert recorded(tmp_path, "nl") == ["a.one"]
    assert run("--language", "xx").exit_code == 2
    assert "xx has no texts or no voice" in run("--language", "xx").output


def test_without_an_engine_it_says_what_to_install() -> None:
    done = run("--language", "nl", "--key", "hello.*", "--all")
    assert done.exit_code == 1
    assert "Error: the folder with Kokoro's voices" in done.output
