"""The manifest is read by people in a difference, and by the line at every start."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from audio import manifest
from audio.manifest import Entry
from prompts import Origin, Recording

names = some.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
figures = some.floats(0, 100).map(lambda value: round(value, 3))
entries = some.builds(
    Entry,
    digest=names,
    seconds=figures,
    level=some.floats(-60, 0).map(lambda value: round(value, 1)),
    text=names,
    origin=some.sampled_from([origin.value for origin in Origin]),
    engine=some.just("") | names,
    voice=some.just("") | names,
    settings=some.just("") | names,
    heard=some.just(-1.0) | figures,
    letters=some.just(-1.0) | figures,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listed=some.dictionaries(some.builds("{}.{}".format, names, names), entries, max_size=8))
def test_what_is_written_is_read(tmp_path: Path, listed: dict[str, Entry]) -> None:
    manifest.write(tmp_path, listed)
    assert manifest.read(tmp_path) == listed
    assert [path.name for path in tmp_path.iterdir()] == [manifest.FILE]


def test_one_recording_is_one_line_in_the_order_of_keys(tmp_path: Path) -> None:
    entry = Entry("ab", 1.5, -24.0, "cd", "synthetic")
    manifest.write(tmp_path, {"b.2": entry, "a.1": entry})
    lines = (tmp_path / manifest.FILE).read_text().splitlines()
    assert [line.split(" = ")[0] for line in lines] == ['"a.1"', '"b.2"']
    assert "heard" not in lines[0]


def test_an_entry_is_what_the_call_needs_to_know() -> None:
    entry = Entry("ab", 1.5, -24.0, "cd", "person")
    assert entry.recording == Recording("ab", 1.5, "cd", Origin.PERSON)


def test_a_folder_without_a_manifest_has_no_recordings(tmp_path: Path) -> None:
    assert manifest.read(tmp_path) == {}


def test_a_field_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    (tmp_path / manifest.FILE).write_text('"a.1" = { digets = "ab" }\n')
    with pytest.raises(TypeError, match="digets"):
        manifest.read(tmp_path)
