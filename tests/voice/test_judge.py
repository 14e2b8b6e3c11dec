"""The judge of documents finds what carriers refuse, and what the line forbids itself."""

import pytest

from tests.twiml_grammar import TYPINGS, validate


def test_the_typings_are_there() -> None:
    assert TYPINGS.is_file(), "npm ci --prefix tests/node installs the library for Node"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("<Response><Say>", "not well-formed"),
        ("<Reply/>", "begins with"),
        ("<Response><Shout/><Hangup/></Response>", "<Shout> inside"),
        ("<Response><Hangup loud='1'/></Response>", "no attribute loud"),
        ("<Response><Pause length='long'/><Hangup/></Response>", "cannot be 'long'"),
        ("<Response><Say language='nl-XX'>a</Say><Hangup/></Response>", "cannot be 'nl-XX'"),
        ("<Response><Gather input='dtmf voice'/><Hangup/></Response>", "'dtmf voice'"),
        ("<Response><Dial answerOnBridge='yes'/></Response>", "cannot be 'yes'"),
        ("<Response><Gather><Dial/></Gather><Hangup/></Response>", "<Dial> inside <Gather>"),
    ],
)
def test_the_judge_finds_what_the_typings_forbid(document: str, problem: str) -> None:
    assert any(problem in found for found in validate(document)), validate(document)


@pytest.mark.parametrize(
    ("document", "kind", "problem"),
    [
        ("<Response><Record/><Hangup/></Response>", "inbound", "not portable"),
        ("<Response><Gather><Pause/></Gather><Hangup/></Response>", "inbound", "not portable"),
        ("<Response><Gather input='dtmf'/><Hangup/></Response>", "inbound", "finishOnKey"),
        ("<Response><Gather/><Hangup/></Response>", "inbound", "without its <Redirect>"),
        ("<Response><Play/><Hangup/></Response>", "inbound", "without content"),
        ("<Response><Dial>+12025550111</Dial></Response>", "inbound", "without a noun"),
        ("<Response><Dial><Number>1</Number></Dial></Response>", "inbound", "callerId"),
        ("<Response><Dial><Number url='u'>1</Number></Dial></Response>", "inbound", "by GET"),
        ("<Response><Dial><Number>1</Number></Dial></Response>", "screening", "<Dial> on the leg"),
        ("<Response><Say>a</Say></Response>", "inbound", "runs off its end"),
        ("<Response/>", "inbound", "runs off its end"),
        ("<Response/>", "deadend", "does not end"),
        ("<Response><Say>a</Say></Response>", "screening", "does not end"),
        ("<Response><Hangup/><Hangup/></Response>", "inbound", "ever done"),
        (f"<Response><Say>{'a' * 65536}</Say><Hangup/></Response>", "inbound", "64 KB"),
    ],
)
def test_the_judge_finds_what_the_line_forbids(document: str, kind: str, problem: str) -> None:
    found = " ".join(validate(document, kind)).replace("without a caller ID", "callerId")
    assert problem in found
