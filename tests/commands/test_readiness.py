"""What is not ready for real calls: each thing is found where it is, and not where it is not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from audio.manifest import Entry
from ivr.call.edition import Edition
from ivr.commands import demo
from ivr.readiness import Finding, centres, database, installation, words
from ivr.settings import load_settings
from ivr.store import schema
from ivr.store.database import Store
from prompts import Catalogue, Language, Origin, TextState
from routing.directory import Directory
from tests.installations import KEY, real, rehearsing
from tests.worlds import shipped_directory, shipped_edition

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def told(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{one.what} {one.do}" for one in findings)


def proved(directory: Directory) -> Directory:
    targets = frozenset(one.dial for one in directory.centres if one.dial)
    return replace(directory, proved={"twilio": targets})


def ours(directory: Directory) -> Directory:
    return replace(directory, access=tuple(replace(one, example=False) for one in directory.access))


def test_a_demonstration_is_told_everything_that_keeps_callers_out(tmp_path: Path) -> None:
    given = demo.complete({"IVR_VAR": str(tmp_path)}, 8000)
    demo.keep(given, ())
    found = told(installation.examine(load_settings(given), shipped_directory()))
    for part in ("No real call", "not https", "the demonstration", "an example", "are examples"):
        assert part in found


def test_a_real_installation_has_nothing_to_be_told(tmp_path: Path) -> None:
    settings = load_settings(real(tmp_path))
    assert list(installation.examine(settings, ours(shipped_directory()))) == []


def test_a_key_of_one_s_own_is_none_of_the_demonstration_s(tmp_path: Path) -> None:
    settings = load_settings(rehearsing(tmp_path, IVR_SECRET_KEY=KEY))
    assert "the demonstration" not in told(installation.examine(settings, shipped_directory()))


def test_every_centre_that_no_test_call_reached_is_named_with_what_to_do() -> None:
    directory = shipped_directory()
    found = told(centres.examine(directory, "twilio", TODAY))
    for centre in directory.centres:
        if centre.dial:
            assert (f"ivr prove {centre.dial}" in found) == centre.active
    assert "ivr prove" not in told(centres.examine(proved(directory), "twilio", TODAY))
    assert "ivr prove" in told(centres.examine(proved(directory), "another", TODAY))


def test_a_centre_whose_number_is_refused_is_not_sent_to_a_test_call() -> None:
    directory = shipped_directory()
    dial = next(one.dial for one in directory.centres if one.dial)
    buried = replace(directory, buried=frozenset({dial}))
    found = told(centres.examine(buried, "twilio", TODAY))
    assert "withdrawn" in found
    assert f"ivr prove {dial}" not in found


def test_rows_that_nobody_looked_at_for_half_a_year_are_named() -> None:
    directory = proved(shipped_directory())
    assert list(centres.examine(directory, "twilio", TODAY)) == []
    found = told(centres.examine(directory, "twilio", date(2027, 11, 23)))
    assert all(one.id in found for one in directory.centres if one.active)


def test_a_database_that_is_there_and_of_this_release_needs_a_copy(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'line.sqlite'}"
    with Store(url) as store:
        assert "ivr migrate" in told(database.examine(store))
        schema.migrate(url)
        (reminder,) = database.examine(store)
        assert reminder.reminder
        assert "sqlite3" in reminder.do


def test_a_database_that_is_away_is_told_without_its_address(tmp_path: Path) -> None:
    (tmp_path / "line.sqlite").mkdir()
    with Store(f"sqlite:///{tmp_path / 'line.sqlite'}") as store:
        (finding,) = database.examine(store)
    assert "is away" in finding.what
    assert str(tmp_path) not in finding.what


def with_state(edition: Edition, language: str, key: str, state: TextState) -> Edition:
    texts = {code: dict(own) for code, own in edition.catalogue.texts.items()}
    texts[language][key] = replace(texts[language][key], state=state)
    return replace(edition, catalogue=Catalogue(texts))


def test_a_language_that_lacks_a_prompt_is_told_as_not_offered() -> None:
    silent = with_state(shipped_edition(), "de", "main.info", TextState.DRAFT)
    found = told(words.examine(silent, "", {}))
    assert "Deutsch is not offered to callers: 1 of its prompts" in found
    assert "main.info" in found
    assert "1 draft" in found
    assert "Français is not offered" not in found


def test_words_that_the_project_alone_approved_are_a_reminder_until_they_change() -> None:
    edition = shipped_edition()
    reminders = [one for one in words.examine(edition, edition.digest, {}) if one.reminder]
    assert "nobody else" in told(reminders)
    assert not [one for one in words.examine(edition, "another", {}) if one.reminder]


def heard(edition: Edition, language: str, errors: float) -> dict[str, Entry]:
    return {
        key: Entry(one.digest, one.seconds, -24, one.text, "synthetic", heard=errors)
        for key, one in edition.recordings[language].items()
    }


def test_synthetic_recordings_are_counted_and_the_worst_named_first() -> None:
    edition = shipped_edition()
    manifest = heard(edition, "nl", 0.1)
    manifest["main.info"] = replace(manifest["main.info"], heard=0.6)
    manifest["hello.welcome"] = replace(manifest["hello.welcome"], heard=0.9)
    found = told(words.examine(edition, "", {"nl": manifest}))
    count = len(edition.recordings["nl"])
    assert f"Nederlands: {count} of {count} recordings are synthetic." in found
    assert "worst: hello.welcome, main.info. `ivr doctor --recordings` lists them all." in found


def test_where_all_is_understood_there_is_no_list_to_look_at() -> None:
    edition = shipped_edition()
    found = told(words.examine(edition, "", {"nl": heard(edition, "nl", words.WORST)}))
    assert "Let a person record them." in found
    assert "--recordings" not in found


def test_the_full_list_has_key_words_and_share_the_worst_first() -> None:
    edition = shipped_edition()
    manifest = heard(edition, "nl", words.WORST)
    for key, share in (("main.info", 0.6), ("main.person", 0.6), ("hello.welcome", 0.9)):
        manifest[key] = replace(manifest[key], heard=share)
    listed = words.misheard(edition, dutch(edition), manifest)
    assert [(row.key, row.share) for row in listed] == [
        ("hello.welcome", 0.9),
        ("main.info", 0.6),
        ("main.person", 0.6),
    ]
    assert listed[1].text == edition.catalogue.texts["nl"]["main.info"].words


def test_what_a_person_recorded_is_not_on_the_list_nor_what_was_never_heard() -> None:
    edition = shipped_edition()
    manifest = heard(edition, "nl", 0.9)
    unheard = dict(list(manifest.items())[1:])
    assert len(words.misheard(edition, dutch(edition), unheard)) == len(manifest) - 1
    spoken = {
        key: replace(one, origin=Origin.PERSON) for key, one in edition.recordings["nl"].items()
    }
    by_people = replace(edition, recordings={**edition.recordings, "nl": spoken})
    assert words.misheard(by_people, dutch(edition), manifest) == ()


def dutch(edition: Edition) -> Language:
    return next(one for one in edition.languages if one.code == "nl")


def test_what_people_recorded_of_the_present_words_is_fine() -> None:
    edition = shipped_edition()
    spoken = {
        code: {key: replace(one, origin=Origin.PERSON) for key, one in own.items()}
        for code, own in edition.recordings.items()
    }
    found = told(words.examine(replace(edition, recordings=spoken), "", {}))
    assert "recordings" not in found


def test_a_recording_of_older_words_is_told() -> None:
    edition = shipped_edition()
    spoken = {code: dict(own) for code, own in edition.recordings.items()}
    spoken["fr"]["main.info"] = replace(spoken["fr"]["main.info"], text="older")
    found = told(words.examine(replace(edition, recordings=spoken), "", {}))
    assert "Français: 1 recordings speak an older text (main.info)." in found


@pytest.mark.parametrize("count", [7, 8, 9, 30])
def test_a_long_list_is_cut_and_says_by_how_many(count: int) -> None:
    edition = shipped_edition()
    manifest = dict(list(heard(edition, "nl", 0.9).items())[:count])
    found = told(words.examine(edition, "", {"nl": manifest}))
    assert (f"and {count - words.NAMED} more" in found) == (count > words.NAMED)
