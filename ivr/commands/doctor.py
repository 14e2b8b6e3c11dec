"""`ivr doctor`: what is not ready for real calls, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from audio import manifest
from ivr import clock
from ivr.call.edition import Edition
from ivr.carrier import inspection
from ivr.commands.start import begin
from ivr.editions.ship import shipped_edition
from ivr.editions.sounds import RECORDINGS
from ivr.line import Line
from ivr.readiness import Finding, callbacks, centres, database, installation, words
from ivr.settings import Settings


@dataclass(frozen=True)
class Part:
    """One heading of the report with what was found under it."""

    name: str
    findings: tuple[Finding, ...]


@click.command()
@click.option("--offline", is_flag=True, help="Ask nobody but this machine.")
@click.option(
    "--recordings", is_flag=True, help="Only list what people should record first, worst first."
)
def doctor(offline: bool, recordings: bool) -> None:
    """Say what is not ready for real calls, and what to do. Status 1 when there is anything."""
    settings = begin()
    if recordings:
        _list_recordings(settings)
        return
    problems = 0
    for part in examine(settings, offline=offline):
        click.echo(f"{part.name}: {'fine' if not part.findings else ''}".rstrip())
        for finding in part.findings:
            problems += not finding.reminder
            click.echo(f"  {'·' if finding.reminder else '✗'} {finding.what}")
            click.echo(f"    → {finding.do}")
    click.echo("Ready for real calls." if not problems else f"{problems} things to do.")
    raise SystemExit(1 if problems else 0)


def _list_recordings(settings: Settings) -> None:
    """Print for each language the recordings that a recogniser misheard, with what they say."""
    edition = _edition(settings)
    manifests = _manifests(edition)
    for language in edition.languages:
        rows = words.misheard(edition, language, manifests[language.code])
        click.echo(f"{language.name}: {len(rows)} over {words.WORST:.0%} of words misheard")
        for row in rows:
            click.echo(f"  {min(row.share, 1):>5.0%}  {row.key:<24} {row.text}")


def _edition(settings: Settings) -> Edition:
    """The edition that the line speaks now."""
    line = Line(settings)
    at = clock.now()
    line.refresh(at)
    edition = line.world(settings.carrier, at).edition
    line.store.close()
    return edition


def _manifests(edition: Edition) -> words.Manifests:
    return {one.code: manifest.read(RECORDINGS / one.code) for one in edition.languages}


def examine(settings: Settings, *, offline: bool) -> Iterator[Part]:
    """Everything that is looked at, in the order in which it is usually done."""
    line = Line(settings)
    at = clock.now()
    line.refresh(at)
    world = line.world(settings.carrier, at)
    directory, edition = world.directory, world.edition
    yield Part("Installation", tuple(installation.examine(settings, directory)))
    yield Part("Database", tuple(database.examine(line.store)))
    if settings.real and not offline:
        seen = inspection.examine(settings, directory, inspection.connect(settings), clock.now)
        yield Part("Carrier", tuple(seen))
    today = at.date()
    yield Part("Centres", tuple(centres.examine(directory, settings.carrier, today)))
    found = callbacks.examine(edition, directory, line.store, settings.outbound_number)
    yield Part("Callbacks", tuple(found))
    shipped = shipped_edition().digest
    found = words.examine(edition, shipped, _manifests(edition))
    yield Part("Words and recordings", tuple(found))
    line.store.close()
