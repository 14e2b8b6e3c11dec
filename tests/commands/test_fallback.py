"""`ivr fallback`: files that answer alone, in all languages, and lead to the national line."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ivr import clock
from ivr.editions.ship import shipped_directory, shipped_edition
from ivr.line import Line
from ivr.settings import load_settings
from ivr.store import proofs, schema
from tests.commands.conftest import Ivr
from tests.installations import OUTBOUND, real
from tests.twiml_grammar import grammar

BASE = "https://static.example.org/line"
NATIONAL = shipped_directory().by_id["reporting"]
Site = Callable[..., dict[str, bytes]]


@pytest.fixture
def site(ivr: Ivr, tmp_path: Path) -> Site:
    """The site as written: every file with its content."""

    def write(*, proved: bool = False) -> dict[str, bytes]:
        environ = real(tmp_path / "var")
        settings = load_settings(environ)
        schema.migrate(settings.database_url)
        if proved:
            with Line(settings).store as store, store.writing() as connection:
                proofs.keep(connection, "twilio", NATIONAL.dial, clock.now())
        told = ivr("fallback", str(tmp_path / "site"), "--base-url", f"{BASE}/", environ=environ)
        assert told.exit_code == 0, told.output
        assert f"{BASE}/fallback.xml, asked by GET" in told.output
        assert ("told, not rung" in told.output) == (not proved)
        return {path.name: path.read_bytes() for path in (tmp_path / "site").iterdir()}

    return write


def read(document: bytes) -> ElementTree.Element:
    """A document that this very test had written."""
    return ElementTree.fromstring(document)  # noqa: S314  # as the line above says


def addresses(document: bytes) -> list[str]:
    """Everything that a document leads to, in its order."""
    found = []
    for element in read(document).iter():
        found += [element.attrib["action"]] if "action" in element.attrib else []
        found += [element.text] if element.tag in ("Play", "Redirect") and element.text else []
    return found


def test_every_address_in_it_is_a_file_of_it(site: Site) -> None:
    files = site()
    for name in ("fallback.xml", "person.xml"):
        for address in addresses(files[name]):
            assert address.removeprefix(f"{BASE}/") in files
    assert all(name.endswith((".xml", ".wav")) for name in files)


def test_all_languages_are_asked_in_turn_and_any_key_leads_on(site: Site) -> None:
    root = read(site()["fallback.xml"])
    languages = [one.code for one in shipped_edition().offered(rehearsal=False)]
    asked = [gather.find("Play") for gather in root.findall("Gather")]
    first = [one.text for one in asked[: len(languages)] if one is not None]
    assert first == [f"{BASE}/ask.{code}.wav" for code in languages]
    for gather in root.findall("Gather"):
        assert gather.attrib["finishOnKey"] == ""
        assert gather.attrib["numDigits"] == "1"
    assert root[-1].tag == "Redirect", "who presses nothing is led on too"


def test_nothing_in_it_is_posted_or_branches(site: Site) -> None:
    files = site(proved=True)
    for name in ("fallback.xml", "person.xml"):
        root = read(files[name])
        assert {one.attrib["method"] for one in root.iter() if "method" in one.attrib} <= {"GET"}
    targets = {one.attrib["action"] for one in read(files["fallback.xml"]).iter()
               if "action" in one.attrib}  # fmt: skip
    assert targets == {f"{BASE}/person.xml"}


def test_the_national_line_is_rung_once_a_test_call_has_reached_it(site: Site) -> None:
    root = read(site(proved=True)["person.xml"])
    dial = root.find("Dial")
    assert dial is not None
    assert dial.attrib["callerId"] == OUTBOUND
    assert dial.attrib["answerOnBridge"] == "true"
    assert 0 < int(dial.attrib["timeLimit"]) <= 4 * 60 * 60, "no call goes on for a day"
    assert "action" not in dial.attrib, "nothing of ours is asked when it ends"
    assert [one.text for one in dial] == [NATIONAL.dial]
    assert [one.tag for one in root][-1] == "Hangup"
    assert root.findall("Play"), "nobody answered: its number is told"


def test_before_that_its_number_is_told(site: Site) -> None:
    root = read(site()["person.xml"])
    assert root.find("Dial") is None
    assert len(root.findall("Play")) == len(shipped_edition().offered(rehearsal=False))


def test_the_documents_are_what_the_carrier_s_own_typings_allow(site: Site) -> None:
    known = grammar()
    assert known, "npm ci --prefix tests/node installs the library for Node"
    files = site(proved=True)
    for name in ("fallback.xml", "person.xml"):
        for parent in read(files[name]).iter():
            assert set(parent.attrib) <= set(known.verbs[parent.tag].attributes)
            assert {child.tag for child in parent} <= known.verbs[parent.tag].inside


def test_its_sound_is_a_telephone_s(site: Site) -> None:
    for name, content in site().items():
        if name.endswith(".wav"):
            with wave.open(io.BytesIO(content)) as sound:
                assert (sound.getframerate(), sound.getnchannels()) == (8000, 1)
                assert sound.getnframes() > 8000


def test_a_web_server_may_read_it(site: Site, tmp_path: Path) -> None:
    site()
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "site").iterdir()} == {0o644}


@pytest.mark.parametrize(
    "url", ["http://static.example.org", "static.example.org", "https://a.example?x=1", "https://"]
)
def test_an_address_that_no_carrier_would_ask_is_refused(
    ivr: Ivr, tmp_path: Path, url: str
) -> None:
    told = ivr("fallback", str(tmp_path / "site"), "--base-url", url)
    assert told.exit_code == 2
    assert not (tmp_path / "site").exists()
