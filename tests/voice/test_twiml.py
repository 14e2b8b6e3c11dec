"""Whatever the line does or an admin has written, the document is one that carriers run."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.actions import (
    Action,
    Bridge,
    Dial,
    Gap,
    HangUp,
    Listen,
    Pieces,
    Prove,
    Say,
    Spoken,
)
from ivr.call.legs import Screening
from ivr.voice.clips import Clip, Quiet, Sound, Voiced
from ivr.voice.desk import Documents
from ivr.voice.document import Document, clean, cut
from ivr.voice.twiml import farewell, render
from tests.twiml_grammar import validate

NEXT = "https://line.example.org/voice/inbound/TOKEN"
CHILD = "https://line.example.org/voice/screening/TOKEN"
CLIPS = "https://line.example.org/audio/"
CENTRE = "+12025550111"  # an example: nobody's number
OURS = "+12025550100"  # an example: nobody's number
HELLO: Pieces = (Gap(0.4), Spoken("hello", "nl"))
ASKED = Screening(CENTRE, "nl", "en", 1)
TEXTS = st.text(st.characters(exclude_categories=())) | st.text("\x00\x0b\ud800\ufffe\uffff<&>\"']")
SOUNDS = st.lists(
    st.one_of(
        st.builds(Clip, st.text("abc-_", min_size=1)),
        st.builds(Voiced, TEXTS.map(lambda text: f"a{text}"), st.just("Polly.Lisa-Neural"),
                  st.just("nl-BE")),
        st.builds(Quiet, st.floats(0, 20)),
    ),
    max_size=5,
)  # fmt: skip


def heard(pieces: Pieces, clear: bool) -> Iterator[Sound]:
    """Every prompt as a clip, every gap as quiet."""
    for piece in pieces:
        yield Quiet(piece.seconds) if isinstance(piece, Gap) else Clip(f"{piece.prompt}{clear}")


def written(*actions: Action, kind: str = "inbound") -> bytes:
    """A document of these actions."""
    return render(actions, kind, CLIPS, heard).fill(NEXT, CHILD)


def verbs(document: bytes) -> list[str]:
    """Its verbs in order."""
    return [verb.tag for verb in ET.fromstring(document)]  # noqa: S314  # our own


def test_a_menu_listens_from_its_first_word_and_asks_again_when_nothing_comes() -> None:
    document = written(Listen(HELLO, 8))
    assert validate(document) == []
    gather, redirect = ET.fromstring(document)  # noqa: S314  # our own
    assert gather.attrib == {
        "input": "dtmf",
        "finishOnKey": "",
        "numDigits": "1",
        "timeout": "8",
        "actionOnEmptyResult": "true",
        "action": NEXT,
        "method": "POST",
    }
    assert [(verb.tag, verb.text) for verb in gather] == [("Play", f"{CLIPS}helloFalse.wav")]
    assert (redirect.text, redirect.get("method")) == (NEXT, "POST")


def test_who_did_not_understand_hears_the_clear_rendering() -> None:
    assert b"helloTrue.wav" in written(Listen(HELLO, 8, clear=True))
    assert b"helloTrue.wav" in written(Say(HELLO, clear=True), HangUp())


def test_a_dial_shows_our_number_and_screens_whoever_picks_up() -> None:
    document = written(Say(HELLO), Dial(CENTRE, OURS, 22, 1, ASKED))
    assert validate(document) == []
    dial = ET.fromstring(document)[-1]  # noqa: S314  # our own
    assert dial.attrib == {
        "action": NEXT,
        "method": "POST",
        "answerOnBridge": "true",
        "timeout": "22",
        "timeLimit": "14400",
        "callerId": OURS,
    }
    assert (dial[0].tag, dial[0].text) == ("Number", CENTRE)
    assert dial[0].attrib == {"url": CHILD, "method": "POST"}


def test_a_centre_that_is_not_asked_is_bridged_at_once() -> None:
    dial = ET.fromstring(written(Dial(CENTRE, OURS, 22, 1, None)))[0]  # noqa: S314  # our own
    assert dial[0].attrib == {}


def test_a_centre_may_have_a_sip_address() -> None:
    document = written(Dial("sip:desk@centre.example;x=1&y", OURS, 22, 1, ASKED))
    assert validate(document) == []
    assert b"<Sip" in document


@pytest.mark.parametrize("target", ["", "101", "+32", "tel:+12025550111", "sip:", "sip:a b", "x"])
def test_nothing_that_is_no_target_is_dialled(target: str) -> None:
    with pytest.raises(ValueError, match="neither a number"):
        written(Dial(target, OURS, 22, 1, None))


@pytest.mark.parametrize("ours", ["", "anonymous", "0800"])
def test_without_a_number_of_ours_nobody_is_dialled_for_hers_would_be_shown(ours: str) -> None:
    with pytest.raises(ValueError, match="hers would be shown"):
        written(Dial(CENTRE, ours, 22, 1, None))


def test_only_a_bridge_runs_off_the_end_of_a_screened_leg() -> None:
    assert verbs(written(Bridge(), kind="screening")) == []
    assert validate(written(Bridge(), kind="screening"), "screening") == []
    spoken = {
        (): ["Hangup"],
        (Say(HELLO),): ["Play", "Hangup"],
        (Listen(HELLO, 5),): ["Gather", "Redirect", "Hangup"],
        (HangUp(),): ["Hangup"],
        (Prove(CENTRE),): ["Hangup"],
    }
    for actions, expected in spoken.items():
        document = written(*actions, kind="screening")
        assert verbs(document) == expected
        assert validate(document, "screening") == []


def test_a_bridge_is_a_bridge_on_a_screened_leg_alone() -> None:
    for kind in ("inbound", "deadend"):
        assert verbs(written(Bridge(), kind=kind)) == ["Hangup"]


def test_a_leg_that_was_dialled_dials_nobody() -> None:
    with pytest.raises(ValueError, match="dials nobody"):
        written(Dial(CENTRE, OURS, 22, 1, None), kind="screening")


def test_no_caller_is_cut_off_in_silence() -> None:
    assert verbs(written(Say(HELLO))) == ["Play", "Redirect"]
    assert verbs(written(Say((Gap(1.2), *HELLO, Gap(0.3))), HangUp())) == [
        "Pause",
        "Play",
        "Hangup",
    ]
    assert verbs(written()) == ["Hangup"]
    assert verbs(written(Say(HELLO), HangUp(), kind="deadend")) == ["Play", "Hangup"]


@given(SOUNDS, SOUNDS, st.sampled_from(["inbound", "screening", "deadend"]), st.booleans())
def test_any_text_makes_a_document_that_carriers_run(
    first: list[Sound], then: list[Sound], kind: str, ends: bool
) -> None:
    said = iter((first, then))
    last: Action = HangUp() if ends else Listen((), 5)
    document = render((Say(()), last), kind, CLIPS, lambda *_: next(said, then))
    assert validate(document.fill(NEXT, CHILD), kind) == []


@given(TEXTS)
def test_text_is_cleaned_of_what_xml_cannot_hold_and_of_nothing_else(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    ET.fromstring(f"<a>{escape(cleaned)}</a>".encode())  # noqa: S314  # our own
    assert all(new in (old, " ") for new, old in zip(cleaned, text, strict=True))
    assert clean("Köln ⁇ 日本 🙂\t\n") == "Köln ⁇ 日本 🙂\t\n"


def test_words_cannot_open_a_document_for_another_address() -> None:
    poisoned = Voiced("go \ufffen\ufffe there \ufffec\ufffe", "Polly.Lisa-Neural", "nl-BE")
    document = farewell([poisoned]).fill("STOLEN", "STOLEN")
    assert b"STOLEN" not in document
    assert validate(document) == []


def test_what_carriers_refuse_is_not_sent() -> None:
    with pytest.raises(ValueError, match="too many bytes"):
        cut("x" * (64 * 1024 + 1)).fill()
    assert len(cut("x" * (64 * 1024)).fill()) == 64 * 1024


def test_documents_are_rendered_once_and_not_kept_for_ever() -> None:
    kept, rendered = Documents(most=2), []

    def make(name: str) -> Document:
        rendered.append(name)
        return cut(name)

    for name in ("a", "a", "b", "a", "c", "a"):
        assert kept.get(name, lambda name=name: make(name)) == cut(name)
    assert rendered == ["a", "b", "c", "a"]
