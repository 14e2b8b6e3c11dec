"""`ivr fallback`: the small static site that answers while the application is away.

The carrier asks it when the line does not answer: all languages in turn, any key rings the
national line. It has to lie on another host than the line, and be written anew when the
recordings or the national line change.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from audio.recipe import Pause, Piece, Recipe
from audio.shelf import SHIPPED, Shelf
from ivr import clock
from ivr.call.actions import Gap, Pieces, Spoken
from ivr.call.breaking import NATIONAL
from ivr.call.screen import SENTENCE, START, announced
from ivr.call.world import World
from ivr.commands.start import begin
from ivr.editions.files import write
from ivr.line import Line
from ivr.voice.standing import invitation, person
from routing.directory import Centre
from routing.guard import Yes, may_dial

FIRST, SECOND = "fallback.xml", "person.xml"
READABLE = 0o644


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base-url", required=True, metavar="URL", help="Where DIR will be served: https.")
def fallback(folder: Path, base_url: str) -> None:
    """Write the site that answers while the application is away to DIR."""
    base = base_url.rstrip("/")
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*", base):
        raise click.BadParameter("it must begin with https:// and hold a host and a path alone")
    settings = begin()
    line = Line(settings)
    world = _world(line)
    shelf = Shelf(SHIPPED, settings.var / "audio", elsewhere=line.clips)
    asked = dict(_clips(world, shelf, "ask", _asks))
    told = dict(_clips(world, shelf, "tell", _tells))
    if not asked or not told:
        raise click.ClickException("No language can be spoken yet: `ivr doctor` says why.")
    centre = _ringing(world)
    files = {
        **asked,
        **told,
        FIRST: invitation([f"{base}/{name}" for name in asked], f"{base}/{SECOND}").encode(),
        SECOND: person(centre, world.caller_id, [f"{base}/{name}" for name in told]).encode(),
    }
    for name, content in files.items():
        write(folder / name, content, mode=READABLE)
    _say(folder, base, centre)
    for language in world.edition.offered(rehearsal=world.rehearsal):
        if f"ask.{language.code}.wav" not in asked or f"tell.{language.code}.wav" not in told:
            click.echo(f"{language.name} is not in it: not all of its words are recorded.")


def _say(folder: Path, base: str, centre: Centre | None) -> None:
    click.echo(f"The site is in {folder}: serve it on another host than the line's.")
    click.echo(f"The number's fallback URL is {base}/{FIRST}, asked by GET.")
    if centre is None:
        click.echo("The national line is told, not rung: `ivr prove` has not reached it yet.")


def _world(line: Line) -> World:
    line.refresh(clock.now())
    line.store.close()
    return line.world(line.settings.carrier)


def _clips(
    world: World, shelf: Shelf, name: str, pieces: Callable[[World, str], Pieces]
) -> Iterator[tuple[str, bytes]]:
    """One telephone WAV for each language that is offered and has all of it recorded."""
    for language in world.edition.offered(rehearsal=world.rehearsal):
        recipe = _recipe(world, pieces(world, language.code))
        if recipe:
            yield f"{name}.{language.code}.wav", shelf.clip(recipe.pack())


def _asks(world: World, language: str) -> Pieces:
    return (START, Spoken("fallback.key", language))


def _tells(world: World, language: str) -> Pieces:
    numbers = announced(world.directory.by_id[NATIONAL], language)
    return (START, Spoken("error.number", language), SENTENCE, *numbers)


def _recipe(world: World, pieces: Pieces) -> Recipe | None:
    found: list[Piece] = []
    for piece in pieces:
        match piece:
            case Gap(seconds):
                found.append(Pause(seconds))
            case Spoken(prompt, language):
                recording = world.edition.recording(prompt, language)
                if recording is None:
                    return None
                found.append(recording.digest)
    return Recipe(tuple(found))


def _ringing(world: World) -> Centre | None:
    """The national line, where it may be rung and a test call has reached it."""
    centre = world.directory.by_id[NATIONAL]
    proved = world.rehearsal or centre.dial in world.directory.proved.get(world.carrier, ())
    may = isinstance(may_dial(centre.dial, world.directory), Yes)
    return centre if centre.active and may and proved else None
