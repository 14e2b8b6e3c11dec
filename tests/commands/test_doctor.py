"""`ivr doctor`: what is not ready, under its heading, each with what to do; and a status."""

from pathlib import Path

import pytest

from audio.manifest import Entry
from ivr.commands import doctor as verb
from ivr.commands.doctor import Part
from ivr.readiness import Finding, words
from tests.commands.conftest import Ivr
from tests.installations import real


def test_a_demonstration_is_told_what_it_lacks(ivr: Ivr) -> None:
    ivr("migrate")
    told = ivr("doctor")
    assert told.exit_code == 1
    for part in ("Installation:", "Database:", "Centres:", "Words and recordings:"):
        assert part in told.output
    assert "→ Set TWILIO_ACCOUNT_SID" in told.output
    assert "things to do." in told.output


def test_a_database_that_is_away_does_not_keep_it_from_looking_at_the_rest(
    ivr: Ivr, tmp_path: Path
) -> None:
    (tmp_path / "var" / "line.sqlite").mkdir(parents=True)
    told = ivr("doctor")
    assert "The database is away" in told.output
    assert "Words and recordings:" in told.output


def test_offline_nobody_else_is_asked(ivr: Ivr, tmp_path: Path) -> None:
    told = ivr("doctor", "--offline", environ=real(tmp_path))
    assert "Carrier" not in told.output
    assert told.exit_code == 1


def test_where_all_is_well_it_says_so(ivr: Ivr, monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = Finding("One thing.", "Think of it.", reminder=True)
    parts = [Part("Database", (reminder,)), Part("Centres", ())]
    monkeypatch.setattr(verb, "examine", lambda settings, *, offline: iter(parts))
    told = ivr("doctor")
    assert told.exit_code == 0
    assert told.output.splitlines() == [
        "Database:",
        "  · One thing.",
        "    → Think of it.",
        "Centres: fine",
        "Ready for real calls.",
    ]


def test_what_people_should_record_first_is_listed_by_language_worst_first(
    ivr: Ivr, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {
        key: Entry("", 1, -24, "", "synthetic", heard=share)
        for key, share in (("main.info", 0.5), ("key.1", 2.0), ("key.2", words.WORST))
    }
    monkeypatch.setattr(
        verb.manifest, "read", lambda folder: entries if folder.name == "nl" else {}
    )
    ivr("migrate")
    told = ivr("doctor", "--recordings")
    assert told.exit_code == 0
    lines = told.output.splitlines()
    assert lines[:3] == [
        "Nederlands: 2 over 25% of words misheard",
        "   100%  key.1                    druk op één.",
        "    50%  main.info                Informatie",
    ]
    assert [line.split(":")[0] for line in lines[3:]] == ["Français", "Deutsch", "English"]


def test_the_list_is_mentioned_where_the_worst_are_named(ivr: Ivr) -> None:
    assert "`ivr doctor --recordings`" in ivr("doctor", "--offline").output
