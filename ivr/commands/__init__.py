"""The `ivr` command: one module a verb, loaded only when that verb is said."""

from importlib import import_module

import click

from ivr.commands.parent import end_with_parent

VERBS = {
    "up": "Start the demonstration: make what is missing, and say where to go.",
    "serve": "Serve the line: the web process of a real installation.",
    "work": "Do what is due: the other process of a real installation.",
    "migrate": "Bring the database to this release.",
    "check": "Walk every way through the edition, and say what is wrong with it.",
    "doctor": "Say what is not ready for real calls, and what to do.",
    "staff": "Add, reset or switch off the people who keep the line.",
    "audit": "Check who did what, or print its newest entry.",
    "directory": "Export or import where calls go.",
    "edition": "List, show, export, import and publish what the line says.",
    "prove": "Ring a centre's number, so that callers can be put through to it.",
    "fallback": "Write the site that answers while the application is away.",
    "phone": "Ring the line from this terminal.",
    "carrier": "Run the rehearsal carrier.",
    "render": "Speak again what has changed.",
    "drill": "Try on purpose what may never go wrong.",
    "bench": "Measure how fast the line answers.",
}


class Verbs(click.Group):
    """All verbs by name; each is in the module of its name, as the command of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order in which somebody meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"ivr.commands.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="access-line", message="%(version)s")
def main() -> None:
    """Run the line, try it, and keep it in order."""
    end_with_parent()
