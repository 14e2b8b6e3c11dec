"""The command: all verbs are listed at once, and each is loaded only when it is said."""

import subprocess
import sys

import pytest

from ivr.commands import VERBS
from tests.commands.conftest import Ivr


def test_help_lists_every_verb_with_what_it_does(ivr: Ivr) -> None:
    told = ivr("--help").output
    assert all(verb in told for verb in VERBS)


def test_help_loads_nothing_that_takes_long() -> None:
    heavy = [
        "sqlalchemy",
        "flask",
        "pydantic",
        "structlog",
        "gunicorn",
        "av",
        "phonenumbers",
        "rich",
    ]
    code = (
        "import sys\nfrom ivr.commands import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([one for one in {heavy} if one in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_there_and_says_what_it_does(ivr: Ivr, verb: str) -> None:
    told = ivr(verb, "--help")
    assert told.exit_code == 0, told.output
    assert "Usage:" in told.output


def test_a_verb_that_is_none_is_refused_by_name(ivr: Ivr) -> None:
    told = ivr("fly")
    assert told.exit_code == 2
    assert "fly" in told.output


@pytest.mark.parametrize("verb", ["migrate", "serve", "doctor", "carrier"])
def test_settings_that_lack_something_end_a_verb_in_plain_words(ivr: Ivr, verb: str) -> None:
    told = ivr(verb, environ={"IVR_SECRET": "my-secret"})
    assert told.exit_code == 2
    assert "IVR_SECRET is not a setting. Is IVR_SECRET_KEY meant?" in told.output
    assert "IVR_PUBLIC_BASE_URL is required and not set." in told.output
    assert "my-secret" not in told.output
    assert "Traceback" not in told.output
