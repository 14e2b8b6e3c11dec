"""`ivr check`: what is wrong in plain words under its rule, or the worst cases."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.call.edition import Edition
from ivr.call.proof import Finding, Verdict
from ivr.call.proof.worst import Way
from ivr.call.world import World
from ivr.commands import check as module
from ivr.commands import main
from ivr.settings import load_settings
from tests.call import changed
from tests.call.cases import one_line
from tests.worlds import MONDAY_MORNING, shipped_edition

ENVIRONMENT = {
    "IVR_PUBLIC_BASE_URL": "http://127.0.0.1:8000",
    "IVR_SECRET_KEY": bytes(range(32)).hex(),
    "IVR_REHEARSAL_ACCOUNT_SID": "AC" + "5e" * 16,
    "IVR_REHEARSAL_AUTH_TOKEN": "5e" * 16,
}
Asked = list[tuple[World, str]]


def run(*arguments: str) -> Result:
    """Run the command as somebody at a terminal does."""
    return CliRunner().invoke(main, ["check", *arguments])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the checker is asked, which finds nothing wrong."""
    seen: Asked = []

    def prove(world: World, language: str) -> Verdict:
        seen.append((world, language))
        return Verdict((), {"a person": Way(1, 33.6), "self.feel": Way(3, 28.2)}, 112.9)

    monkeypatch.setattr(module, "prove", prove)
    return seen


def test_when_nothing_is_wrong_it_tells_the_worst_cases(asked: Asked) -> None:
    result = run()
    assert result.exit_code == 0
    lines = [line.split() for line in result.output.splitlines() if line.strip()]
    assert lines[0] == ["Nothing", "is", "wrong."]
    assert [line[-2:] for line in lines[1:]] == [
        ["presses", "seconds"], ["0", "113"], ["1", "34"], ["3", "28"],
    ]  # fmt: skip
    [(world, language)] = asked
    assert (world.rehearsal, world.carrier, language) == (True, "rehearsal", "")


def test_real_asks_for_what_real_callers_get(asked: Asked) -> None:
    assert run("--real", "--language", "fr").exit_code == 0
    [(world, language)] = asked
    assert (world.rehearsal, world.carrier, language) == (False, "twilio", "fr")


def test_running_takes_what_the_line_has_at_hand(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = load_settings({**ENVIRONMENT, "IVR_VAR": str(tmp_path / "var")})
    monkeypatch.setattr(module, "begin", lambda: settings)
    assert run("--running").exit_code == 0
    [(world, _)] = asked
    assert world.caller_id == settings.outbound_number
    assert world.edition.languages


def test_a_language_that_the_line_does_not_have_is_refused(asked: Asked) -> None:
    result = run("--language", "xx")
    assert result.exit_code == 2
    assert "nl, fr, de, en" in result.output
    assert asked == []


def test_what_is_wrong_stands_under_its_rule_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (
        Finding("keys", "node [help]", "The key 9 is reserved.", "Take 1 to 5."),
        Finding("time-outs", "node young", "0 s.", "Take 1 to 15 s."),
        Finding("keys", "language nl", "Key 4 is taken.", "Give it another."),
    )
    monkeypatch.setattr(module, "prove", lambda world, language: Verdict(found, {}, 0.0))
    result = run()
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "keys",
        "  node [help]: The key 9 is reserved. Take 1 to 5.",
        "  language nl: Key 4 is taken. Give it another.",
        "time-outs",
        "  node young: 0 s. Take 1 to 15 s.",
        "",
        "3 things are wrong.",
    ]


def test_the_whole_way_from_a_broken_edition_to_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def release(edition: Edition) -> None:
        monkeypatch.setattr(module, "shipped_edition", lambda: edition)
        monkeypatch.setattr(module, "shipped_directory", one_line)
        monkeypatch.setattr("ivr.clock.now", lambda: MONDAY_MORNING)

    release(changed.node("young", seconds=0))
    result = run("--language", "en")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "1 thing is wrong."
    release(shipped_edition())
    assert run("--language", "en").exit_code == 0
