"""A signature that verifies was made with a token of ours, for this address and this form."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from ivr.voice.form import Fields
from ivr.voice.signature import sign, verify

BASE = "https://line.example.org"
TOKENS = ("the-token-of-today", "the-token-of-tomorrow", "tökén")
NODE = Path(__file__).parents[1] / "node"
SIGNER = """
const {getExpectedTwilioSignature: sign} = require("twilio/lib/webhooks/webhooks");
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map(([token, url, form]) => sign(token, url, form))));
"""

FORMS = st.lists(
    st.tuples(st.sampled_from(["Digits", "CallSid", "From", "a", "", "é"]) | st.text(), st.text()),
    max_size=8,
)
BASES = st.sampled_from(
    [
        BASE,
        f"{BASE}:443",
        f"{BASE}:8443",
        "http://localhost:8000",
        "http://127.0.0.1",
        "https://LINE.example.org",
    ]
)
TARGETS = st.sampled_from(
    [
        "/",
        "/voice/incoming",
        "/voice/inbound/AAb-_9",
        "/a?b=c",
        "/a?",
        "/a#b",
        "//a/b",
        "/a;b",
        "/%41",
    ]
) | st.text(st.characters(max_codepoint=255), max_size=12).map(lambda path: f"/{path}")


def library_says(url: str, form: Fields, signature: str, tokens: tuple[str, ...]) -> bool:
    """What the carrier's own library accepts."""
    return any(RequestValidator(t).validate(url, MultiDict(form), signature) for t in tokens)


@settings(max_examples=400)
@given(BASES, TARGETS, FORMS, st.sampled_from(TOKENS), st.data())
def test_the_line_accepts_exactly_what_the_library_accepts(
    base: str, target: str, form: Fields, token: str, data: st.DataObject
) -> None:
    signed_for = data.draw(BASES)
    signed_form = data.draw(st.sampled_from([form, form[::-1], form + form[:1], form[1:]]))
    signature = data.draw(
        st.sampled_from([sign(signed_for, target, signed_form, token), "", "é" * 28, "=" * 28])
        | st.just(sign(base, target, signed_form, token)).map(str.swapcase)
    )
    tokens = data.draw(st.permutations(TOKENS).map(lambda all_: tuple(all_[:2])))
    plain = re.fullmatch("/[A-Za-z0-9._~/-]*", target) is not None
    expected = plain and library_says(base + target, form, signature, tokens)
    assert verify(base, target, form, signature, tokens) is expected


@pytest.mark.parametrize("mutated", ["?", "#", ";", "\t", "\n", " ", "?a=b", "%20", "é"])
def test_a_target_that_is_no_address_of_ours_is_refused(mutated: str) -> None:
    """The library takes some of these for the plain one: a mutated webhook would be let in."""
    for signed in ("/voice/incoming", f"/voice/incoming{mutated}"):
        signature = sign(BASE, signed, [], TOKENS[0])
        assert not verify(BASE, f"/voice/incoming{mutated}", [], signature, TOKENS)


@given(BASES, st.sampled_from(["/voice/incoming", "/voice/inbound/AAb-_9"]), FORMS)
def test_every_token_opens_and_no_other_does(base: str, target: str, form: Fields) -> None:
    for token in TOKENS:
        assert verify(base, target, form, sign(base, target, form, token), TOKENS)
    stranger = sign(base, target, form, "a token of nobody")
    assert not verify(base, target, form, stranger, TOKENS)
    assert not verify(base, target, form, stranger, ())


def test_honest_webhooks_do_not_wait_for_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.voice.signature.RequestValidator", None)
    form = [("Digits", "1"), ("From", "+12025550147")]  # an example: nobody's number
    signature = sign(BASE, "/voice/incoming", form, TOKENS[1])
    assert verify(BASE, "/voice/incoming", form, signature, TOKENS)


def test_the_port_may_be_left_out_or_put_in_as_the_carrier_likes() -> None:
    form = [("Digits", "1")]
    with_port = sign(f"{BASE}:443", "/voice/incoming", form, TOKENS[0])
    assert verify(BASE, "/voice/incoming", form, with_port, TOKENS)
    without = sign(BASE, "/voice/incoming", form, TOKENS[0])
    assert verify(f"{BASE}:8443", "/voice/incoming", form, without, TOKENS)


def test_the_library_for_node_signs_the_same() -> None:
    forms: list[dict[str, str]] = [
        {},
        {"CallSid": "CA1", "Digits": "*#", "From": "+12025550147"},  # an example number
        {"FromCity": "Köln", "Zé": "ünï", "a": "", "A": "1", "b": "日本", "c": "a b+c&d=e"},
    ]
    bases = (BASE, f"{BASE}:8443", "http://localhost:8000")
    asked = [(t, f"{b}/voice/incoming", f) for t in TOKENS for b in bases for f in forms]
    signed = subprocess.run(  # our own script
        [shutil.which("node") or "node", "-e", SIGNER],
        input=json.dumps(asked),
        cwd=NODE,
        capture_output=True,
        check=True,
        text=True,
    )
    for (token, url, form), signature in zip(asked, json.loads(signed.stdout), strict=True):
        base = url.removesuffix("/voice/incoming")
        assert verify(base, "/voice/incoming", list(form.items()), signature, (token,))
