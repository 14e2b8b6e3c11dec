"""`ivr drill`: try on purpose what may never go wrong, with real processes that are killed."""

import json
import os
import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ivr import clock
from ivr.values import read_folder

if TYPE_CHECKING:
    from ivr.drill.every import Drilled

NAMES = ("windows", "destinations", "legs", "booking", "dialling", "claims")
RESULT = Path(__file__).parents[1] / "drill" / "result.json"
"""The dated result that this release carries."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--share", type=click.FloatRange(0.001, 100), default=1, show_default=True,
              help="Of the full figures: 0.1 is a tenth of them.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 10**6), default=1, show_default=True)
@click.option("--keep", is_flag=True, help="Keep the result, with its date, beside the drills.")
def drill(names: tuple[str, ...], share: float, seed: int, keep: bool) -> None:
    """Drill everything, or what is named. Status 1 when anything was wrong."""
    from ivr.drill import every

    folder = read_folder(os.environ.get("IVR_VAR") or "var")
    folder.mkdir(parents=True, exist_ok=True)
    done = []
    with TemporaryDirectory(prefix="drill-", dir=folder) as place:
        for one in every.drill(names or NAMES, Path(place), share=share, seed=seed):
            click.echo(told(one))
            done.append(one)
    if keep:
        RESULT.write_text(json.dumps(written(done, share, seed), indent=1) + "\n", encoding="utf-8")
        click.echo(f"Kept in {RESULT.name}.")
    sys.exit(any(one.score.wrong for one in done))


def told(one: "Drilled") -> str:
    """One drill as a line, and the first wrong cases under it."""
    on = f" on {one.on}" if one.on else ""
    line = f"{one.name}{on}: {one.score.tried:,} tried, {one.score.wrong} wrong"
    return "\n  ".join([f"{line} ({one.seconds:.0f} s)", *one.score.examples])


def written(done: "list[Drilled]", share: float, seed: int) -> dict[str, object]:
    """The result as it is kept: when, on what, and every figure."""
    return {
        "day": clock.now().date().isoformat(),
        "python": platform.python_version(),
        "share": share,
        "seed": seed,
        "drills": [
            {"name": one.name, "on": one.on, "tried": one.score.tried, "wrong": one.score.wrong}
            for one in done
        ],
    }
