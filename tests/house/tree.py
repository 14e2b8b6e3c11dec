"""The files of this house, as git would take them, and what they are made of."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("prompts", "audio", "routing", "ivr")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be in the repository, from its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = (Path(name.decode()) for name in listed.stdout.split(b"\0") if name)
    return tuple(sorted(name for name in set(names) if (ROOT / name).is_file()))


def text(path: Path) -> str:
    """What a file says."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def modules() -> tuple[Path, ...]:
    """Every module of ours, without the tests."""
    return tuple(one for one in files() if one.suffix == ".py" and one.parts[0] in PACKAGES)


@cache
def parsed(path: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(text(path))


def imports(path: Path) -> set[str]:
    """Everything that a module imports from elsewhere, wherever in it, by its dotted name."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def calls(path: Path) -> set[str]:
    """The dotted names of everything that a module calls."""
    nodes = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
    return {ast.unparse(node.func) for node in nodes}
