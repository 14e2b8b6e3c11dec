"""What others wrote is what they published: its bytes, its licence, its version."""

import hashlib
from pathlib import Path

import ivr.console

VENDOR = Path(ivr.console.__file__).parent / "static" / "vendor"
KNOWN = {
    "simplewebauthn-browser/index.umd.min.js": (
        "29bb0699b45bc39a350d992a13bfc1a4d40d89531390581e1f57f1142c6e221d"
    ),
    "simplewebauthn-browser/LICENSE.md": (
        "bd9e3f45696472076c7160c7f66e54b2d62d38bc2646c812d19be83ee4400c63"
    ),
}
"""SHA-256 of the files of npm's @simplewebauthn/browser 14.0.0 (MIT)."""


def test_nothing_else_lies_there_and_nothing_was_changed() -> None:
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file()
    }
    assert found == KNOWN


def test_it_says_its_version_and_licence() -> None:
    folder = VENDOR / "simplewebauthn-browser"
    assert "@simplewebauthn/browser@14.0.0" in (folder / "index.umd.min.js").read_text()[:60]
    assert (folder / "LICENSE.md").read_text().startswith("MIT License")
