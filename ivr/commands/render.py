"""`ivr render`: speak again what has changed, so that every text has a recording of today."""

from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from audio import manifest
from audio.intake import RefusedError
from audio.listening import Listener, ListeningError
from audio.rendering import Studio
from audio.shelf import SHIPPED
from audio.speech import Engine, SpeechError, Voice, load_voices, open_engine
from prompts import Catalogue, load_catalogue

CONSOLE = Console(highlight=False)
POOR = 0.25
"""Share of wrong words from which a recording is named: give a person that text first."""


@click.command()
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only this one.")
@click.option("--key", default="*", metavar="PATTERN", help="Only these prompts, like 'now.*'.")
@click.option("--all", "everything", is_flag=True, help="What has not changed as well.")
@click.option("--engine", default="kokoro", show_default=True, help="kokoro, espeak or piper.")
@click.option("--voices", type=click.Path(path_type=Path), help="The folder of its voices.")
@click.option("--raw", type=click.Path(path_type=Path), help="Where unmastered speech is kept.")
@click.option("--listen", is_flag=True, help="Let a recogniser hear what is new.")
def render(
    languages: tuple[str, ...],
    key: str,
    everything: bool,
    engine: str,
    voices: Path | None,
    raw: Path | None,
    listen: bool,
) -> None:
    """Speak again every prompt whose words or voice have changed; a person's recording is kept."""
    catalogue, known = load_catalogue(), load_voices()
    chosen = languages or tuple(code for code in catalogue.texts if code in known)
    for code in chosen:
        if code not in catalogue.texts or code not in known:
            raise click.BadParameter(f"{code} has no texts or no voice.", param_hint="--language")
    try:
        silent = open_engine("none")
        rooms = [room(catalogue, known[code], code, silent, engine, raw) for code in chosen]
        speak(rooms, engine, voices, key, everything=everything)
        if listen:
            hear(rooms, Listener.load())
    except (SpeechError, ListeningError, RefusedError) as error:
        raise click.ClickException(str(error)) from error


def room(
    catalogue: Catalogue, voice: Voice, code: str, engine: Engine, name: str, raw: Path | None
) -> Studio:
    """One language's studio, over the recordings that ship."""
    texts = {key: text.words for key, text in catalogue.texts[code].items() if text.words}
    return Studio(code, texts, SHIPPED / code, voice, engine, name, raw)


def speak(
    rooms: list[Studio], name: str, voices: Path | None, pattern: str, *, everything: bool
) -> None:
    """Render what is due. The engine, which is slow to load, is only loaded when something is."""
    due = {one.language: one.due(pattern, everything=everything) for one in rooms}
    engine = open_engine(name, voices) if any(due.values()) else None
    for one in rooms:
        keys = due[one.language]
        if engine and keys:
            turns = replace(one, engine=engine).render(keys)
            for _ in track(turns, one.language, total=len(keys), console=CONSOLE):
                pass
        CONSOLE.print(f"{one.language}: {len(keys)} spoken, {len(one.tidy())} files removed")


def hear(rooms: list[Studio], listener: Listener) -> None:
    """Have new recordings heard, and name those that a recogniser did not understand."""
    for one in rooms:
        for key, heard in one.listen(listener.errors):
            wrong = manifest.read(one.folder)[key].heard
            if wrong > POOR:
                CONSOLE.print(f"{one.language} {key} {wrong:.0%}: {one.texts[key]!r} → {heard!r}")
