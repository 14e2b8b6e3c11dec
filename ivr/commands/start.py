"""What commands begin with: settings that are complete, and a log that says nothing too much."""

import sys

import click

from ivr import logs
from ivr.settings import Settings, SettingsError, load_settings

PROBLEM = 2
"""The exit status for settings that nothing can start with."""


def begin() -> Settings:
    """Read the settings; end with a plain sentence for each problem when there are any."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        sys.exit(PROBLEM)
    logs.configure()
    return settings
