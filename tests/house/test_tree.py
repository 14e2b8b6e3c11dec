"""What lies where, how long it is, and that nothing unfinished or private lies about."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest

from ivr.settings import TABLE
from tests.house.tree import PACKAGES, ROOT, files, modules, parsed, text

TOP = {
    *PACKAGES,
    *("tests", "Procfile", "pyproject.toml", "README.md", "LICENSE", "NOTICE"),
    *("requirements.lock", ".ci", ".gitignore", ".gitattributes", "deploy"),
}
LONGEST_FILE = 250
LONGEST_FUNCTION = 30
WRITTEN = (".py", ".md", ".toml", ".html", ".js", ".css", ".po", ".lock", "")
UNFINISHED = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b|NotImplemented" + "Error"
)
MACHINE = re.compile(r"/(work|root|home)/[a-z]|/tm" + "p/")
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec)(?P<rest>.*)")


def ours() -> list[Path]:
    """What people wrote, without the front ends of others."""
    return [one for one in files() if one.suffix in WRITTEN and "vendor" not in one.parts]


def test_nothing_lies_at_the_top_but_what_was_agreed() -> None:
    assert {path.parts[0] for path in files()} <= TOP


def test_no_file_is_longer_than_somebody_reads() -> None:
    long = {path.as_posix() for path in ours() if path.suffix == ".py"
            and len(text(path).splitlines()) > LONGEST_FILE}  # fmt: skip
    assert long == set()


def lines(function: ast.FunctionDef) -> int:
    """The lines of a function without those of the functions in it, which are read on their own."""
    inner = [node for node in function.body if isinstance(node, ast.FunctionDef)]
    own = (function.end_lineno or 0) - function.lineno + 1
    return own - sum((one.end_lineno or 0) - one.lineno + 1 for one in inner)


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path}:{node.name}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and lines(node) > LONGEST_FUNCTION
    }
    assert long == set()


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE], ids=["unfinished", "machine"])
def test_nothing_unfinished_and_no_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = {
        f"{path}:{number}"
        for path in ours()
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    }
    assert found == set()


def test_every_check_that_is_silenced_says_why_on_its_line() -> None:
    """`# noqa: S603  # our own interpreter`: the rule by name, then the reason."""
    reasoned = re.compile(r"[:\[][^#(]+[#(].*\w.*")
    bare = set()
    for path in modules():
        for number, line in enumerate(text(path).splitlines(), 1):
            found = SILENCED.search(line)
            if found and not reasoned.fullmatch(found["rest"].strip()):
                bare.add(f"{path}:{number}")
    assert bare == set()


def test_public_things_say_why_they_are_there() -> None:
    silent = {
        f"{path}:{node.name}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and node in parsed(path).body
        and not ast.get_docstring(node)
    }
    assert silent == set()


def test_the_readme_has_every_setting_in_its_table() -> None:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text(Path("README.md")).splitlines()
        if line.startswith("|")
    ]
    named = {cells[0].strip("`"): cells for cells in rows}
    for setting in TABLE:
        assert setting.name in named, f"{setting.name} is not in the README's table"
        assert setting.default in named[setting.name]
    unknown = {name for name in named if name.startswith("IVR_")} - {row.name for row in TABLE}
    assert unknown == set()


def test_the_lock_names_no_registry_and_pins_everything_by_hash() -> None:
    lock = text(Path("requirements.lock"))
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", lock)
    pins = [line for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]
    assert len(pins) == lock.count("==")
    assert all(line.endswith("\\") for line in pins)


def test_the_lock_of_node_names_no_registry_and_pins_everything_by_hash() -> None:
    packages = json.loads(text(Path("tests/node/package-lock.json")))["packages"]
    asked = json.loads(text(Path("tests/node/package.json")))["devDependencies"]
    assert packages.pop("")["devDependencies"] == asked
    assert all(re.fullmatch(r"[0-9.]+", version) for version in asked.values())
    assert {name for name, row in packages.items() if "resolved" in row} == set()
    assert {name for name, row in packages.items() if "integrity" not in row} == set()


def test_the_lock_has_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["dev"], *extras["postgres"]]
    names = {re.split(r"[\[>=<]", one)[0].lower().replace("_", "-") for one in asked}
    locked = re.findall(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==", text(Path("requirements.lock")), re.M)
    assert names <= set(locked)


def test_the_licence_is_the_one_that_is_named() -> None:
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    assert project["license"] == "EUPL-1.2"
    licence = text(Path("LICENSE"))
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence


def test_what_is_installed_is_whole(tmp_path: Path) -> None:
    """The wheel has every file of the packages: words, menu, recordings, pages, migrations."""
    import subprocess
    import sys
    import zipfile

    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {path.as_posix() for path in files() if path.parts[0] in PACKAGES}
    assert wanted - names == set()
    assert "ivr/store/migrations/versions/0001_line.py" in names
