"""The architecture is a test: who may import what, and which words stay in one room."""

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import ROOT, calls, imports, modules, parsed, text

WHERE = {
    "twilio": ("ivr/voice/", "ivr/carrier/", "ivr/bench/"),
    "twilio.twiml": ("ivr/voice/twiml.py", "ivr/voice/standing.py", "ivr/bench/"),
    "flask": ("ivr/app.py", "ivr/voice/", "ivr/phone/", "ivr/console/", "ivr/carrier/rehearsal/",
              "ivr/bench/"),
    "sqlalchemy": ("ivr/store/", "ivr/callbacks/", "ivr/editions/", "ivr/commands/",
                   "ivr/voice/stored.py", "ivr/voice/carrying.py", "ivr/console/",
                   "ivr/bench/", "ivr/drill/"),
    "alembic": ("ivr/store/",),
    "click": ("ivr/commands/", "ivr/bench/host.py"),
    "rich": ("ivr/commands/", "ivr/bench/report.py"),
    "structlog": ("ivr/logs.py",),
    "pydantic": ("ivr/settings.py",),
    "pydantic_settings": ("ivr/settings.py",),
    "gunicorn": ("ivr/server.py", "ivr/commands/serve.py"),
    "cryptography": ("ivr/voice/", "ivr/store/"),
    "av": ("audio/",),
    "phonenumbers": ("routing/", "ivr/drill/"),
    "holidays": ("routing/",),
    "polib": ("prompts/",),
    "argon2": ("ivr/console/passwords.py",),
    "webauthn": ("ivr/console/passkeys.py",),
    "pyotp": ("ivr/console/codes.py",),
    "segno": ("ivr/console/codes.py",),
    "babel": ("ivr/console/",),
}  # fmt: skip
"""For each library the rooms that may know it."""
CLOCKS = re.compile(
    r"(datetime|date)\.(now|today|utcnow)|time\.(time|time_ns|monotonic|monotonic_ns)"
)
MEASURING = ("ivr/clock.py", "ivr/bench/")
VENDOR = re.compile(r"twilio|twiml|callsid", re.IGNORECASE)
VENDOR_ROOMS = (
    *("ivr/voice/", "ivr/carrier/", "ivr/settings.py", "ivr/agreement.py", "ivr/bench/"),
    *("ivr/commands/prove.py", "ivr/commands/check.py"),  # they name the carrier to whoever types
    *("ivr/drill/exchange.py", "ivr/drill/legs.py"),  # they are a carrier to the door
)


def outside(rooms: tuple[str, ...]) -> list[Path]:
    return [path for path in modules() if not path.as_posix().startswith(rooms)]


def test_the_rooms_import_each_other_as_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("forbidden", ["flask", "re"])
def test_a_contract_that_is_broken_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forbidden: str
) -> None:
    """The planted fault: of a library, and of a module that comes with Python."""
    config = tmp_path / "contracts.ini"
    config.write_text(
        "[importlinter]\nroot_package = ivr\ninclude_external_packages = True\n"
        "[importlinter:contract:planted]\nname = planted\ntype = forbidden\n"
        f"source_modules = ivr.voice\nforbidden_modules = {forbidden}\n"
    )
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(config), no_cache=True) == 1


@pytest.mark.parametrize("library", WHERE)
def test_a_library_is_known_in_its_rooms_alone(library: str) -> None:
    begins = (library, f"{library}.")
    strangers = [
        path.as_posix()
        for path in outside(WHERE[library])
        if any(one == library or one.startswith(begins[1]) for one in imports(path))
    ]
    assert strangers == []


@pytest.mark.parametrize("library", WHERE)
def test_the_table_has_no_room_that_does_not_use_its_library(library: str) -> None:
    for room in WHERE[library]:
        users = [path for path in modules() if path.as_posix().startswith(room)]
        assert any(
            one == library or one.startswith(f"{library}.")
            for path in users
            for one in imports(path)
        ), f"{room} does not use {library}: take it out of the table"


def test_one_module_reads_the_clock() -> None:
    readers = {
        path.as_posix(): sorted(found)
        for path in outside(MEASURING)
        if (found := {name for name in calls(path) if CLOCKS.fullmatch(name)})
    }
    assert readers == {}


def test_the_carrier_s_words_stay_with_the_carrier() -> None:
    speakers = [path.as_posix() for path in outside(VENDOR_ROOMS) if VENDOR.search(text(path))]
    assert speakers == []


def test_chance_is_an_argument_where_a_call_is_decided() -> None:
    for path in modules():
        if path.parts[0] in ("prompts", "routing") or path.parts[:2] == ("ivr", "call"):
            assert not imports(path) & {"random", "secrets", "time", "os"}, path


def test_every_room_says_what_it_is_for() -> None:
    import ast

    assert [path.as_posix() for path in modules() if not ast.get_docstring(parsed(path))] == []
