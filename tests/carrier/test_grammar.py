"""The strictest reading of a reply: each rule refuses what breaks it, by its code."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.rehearsal.document import (
    Dial,
    Document,
    Gather,
    Hangup,
    Pause,
    Play,
    Redirect,
    Say,
)
from ivr.carrier.rehearsal.grammar import MOST_BYTES, RefusedReplyError, Source, read_document

URL = "http://line.example/voice/inbound/token"
NUMBER = "<Number>+12025550177</Number>"  # an example


def read(inside: str, *, dial: bool = True, kind: str = "text/xml") -> Document:
    return read_document(Source(URL, dial), kind, f"<Response>{inside}</Response>".encode())


def refused(inside: str, *, dial: bool = True) -> RefusedReplyError:
    with pytest.raises(RefusedReplyError) as caught:
        read(inside, dial=dial)
    return caught.value


def test_every_verb_is_read_with_what_it_says() -> None:
    document = read(
        '<Say voice="Polly.Lisa-Neural" language="nl-BE" loop="2"> dag </Say>'
        '<Play loop="3">http://line.example/audio/a.wav</Play><Pause length="2"/>'
        '<Gather action="/a?b=c" method="GET" timeout="8" numDigits="4" finishOnKey="*#"'
        ' input="dtmf" actionOnEmptyResult="true"><Say>kies</Say></Gather>'
        '<Redirect method="GET">next</Redirect>'
        '<Dial action="/after" method="GET" timeout="20" timeLimit="60" answerOnBridge="true"'
        ' callerId="+12025550100"><Number url="screen" method="GET">+12025550177</Number></Dial>'
        "<Hangup/>"
    )
    assert document.verbs == (
        Say("dag", "Polly.Lisa-Neural", "nl-BE", 2),
        Play("http://line.example/audio/a.wav", 3),
        Pause(2),
        Gather("http://line.example/a?b=c", "GET", 8, "*#", 4, True, (Say("kies", "", "", 1),)),
        Redirect("http://line.example/voice/inbound/next", "GET"),
        Dial("+12025550177", "http://line.example/voice/inbound/screen", "GET", "+12025550100",
             20, 60, True, "http://line.example/after", "GET"),
        Hangup(),
    )  # fmt: skip


def test_what_is_left_out_has_the_carriers_own_defaults() -> None:
    document = read(f"<Gather/><Pause/><Dial>{NUMBER}</Dial><Redirect>/r</Redirect><Say>a</Say>")
    assert document.verbs == (
        Gather(URL, "POST", 5, "#", 0, False, ()),
        Pause(1),
        Dial("+12025550177", "", "POST", "", 30, 14400, False, "", "POST"),
        Redirect("http://line.example/r", "POST"),
        Say("a", "", "", 1),
    )


def test_a_sip_address_can_be_dialled() -> None:
    (verb,) = read('<Dial><Sip url="/s">sip:desk@centre.example</Sip></Dial>').verbs
    assert isinstance(verb, Dial)
    assert (verb.to, verb.url) == ("sip:desk@centre.example", "http://line.example/s")


def test_every_sound_is_named_once_wherever_it_stands() -> None:
    one, two = "http://line.example/1.wav", "http://line.example/2.wav"
    document = read(f"<Play>{one}</Play><Gather><Play>{two}</Play><Play>{one}</Play></Gather>")
    assert document.urls == (one, two)


def test_a_comment_and_an_empty_document_are_honest() -> None:
    assert read("<!-- bridged -->").verbs == ()
    assert read("", kind="application/xml").verbs == ()
    assert read("", kind="Text/XML; charset=UTF-8").verbs == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<Record/>",
        "<say>a</say>",
        "<Reject/>",
        '<Say xmlns="urn:other">a</Say>',
        "<Gather><Pause/></Gather>",
        "<Gather><Gather/></Gather>",
        "<Gather><Redirect>/a</Redirect></Gather>",
        "<Say><Play>http://line.example/a.wav</Play></Say>",
        "<Number>+12025550177</Number>",
        "<Dial><Say>a</Say></Dial>",
        "<Dial><Client>a</Client></Dial>",
        "<Hangup><Say>a</Say></Hangup>",
    ],
)
def test_unknown_verbs_and_nesting_are_refused(inside: str) -> None:
    assert refused(inside).code == 12200


@pytest.mark.parametrize(
    "inside",
    [
        '<Say voive="a">a</Say>',
        '<Say voice="a b">a</Say>',
        '<Say language="nederlands">a</Say>',
        '<Say loop="0">a</Say>',
        '<Say loop="1001">a</Say>',
        '<Play digits="1">http://line.example/a.wav</Play>',
        '<Play loop="-1">http://line.example/a.wav</Play>',
        '<Pause length="0"/>',
        '<Pause length="1.5"/>',
        '<Gather timeout="0"/>',
        '<Gather timeout="auto"/>',
        '<Gather timeout="601"/>',
        '<Gather numDigits="0"/>',
        '<Gather numDigits="²"/>',
        '<Gather finishOnKey="A"/>',
        '<Gather input="speech"/>',
        '<Gather input="dtmf speech"/>',
        '<Gather actionOnEmptyResult="True"/>',
        '<Gather method="PUT"/>',
        '<Gather action=""/>',
        '<Gather action="/a b"/>',
        '<Gather hints="a"/>',
        '<Redirect method="post">/a</Redirect>',
        '<Hangup reason="busy"/>',
        f'<Dial callerId="anonymous">{NUMBER}</Dial>',
        f'<Dial timeout="0">{NUMBER}</Dial>',
        f'<Dial timeLimit="0">{NUMBER}</Dial>',
        f'<Dial answerOnBridge="1">{NUMBER}</Dial>',
        f'<Dial record="record-from-answer">{NUMBER}</Dial>',
        '<Dial><Number byoc="/s">+12025550177</Number></Dial>',
        '<Dial><Sip method="PATCH">sip:a@b.example</Sip></Dial>',
    ],
)
def test_unknown_attributes_and_values_are_refused(inside: str) -> None:
    assert refused(inside).code == 12200


@pytest.mark.parametrize(
    "inside",
    [
        "stray words",
        "<Gather>words</Gather>",
        "<Hangup/> words after",
        "<Pause>1</Pause>",
        "<Dial>+12025550177</Dial>",
        "<Say></Say>",
        "<Say>  </Say>",
        "<Play/>",
        "<Play>/audio/a.wav</Play>",
        "<Play>a.wav</Play>",
        "<Play>ftp://line.example/a.wav</Play>",
        "<Play>http://line.example/a b.wav</Play>",
        "<Redirect/>",
        "<Dial><Number>0800 12345</Number></Dial>",
        "<Dial><Number>101</Number></Dial>",
        "<Dial><Number/></Dial>",
        "<Dial><Sip>centre.example</Sip></Dial>",
        "<Say>" + "a" * 4097 + "</Say>",
    ],
)
def test_missing_stray_and_relative_words_are_refused(inside: str) -> None:
    assert refused(inside).code == 12200


def test_whoever_picked_up_is_never_dialled_on() -> None:
    assert refused(f"<Dial>{NUMBER}</Dial>", dial=False).code == 13200


@pytest.mark.parametrize("nouns", ["", NUMBER + NUMBER])
def test_a_dial_rings_exactly_one(nouns: str) -> None:
    assert refused(f"<Dial>{nouns}</Dial>").code == 13201


@pytest.mark.parametrize(
    "url", ["mailto:a@b.example", "http://[broken", "https://", "javascript:1"]
)
def test_an_address_that_cannot_be_asked_is_refused(url: str) -> None:
    assert refused(f"<Redirect>{url}</Redirect>").code == 11100
    assert refused(f'<Gather action="{url}"/>').code == 11100


@pytest.mark.parametrize("kind", ["", "text/html", "application/json", "text/plain", "audio/wav"])
def test_another_content_type_is_refused(kind: str) -> None:
    with pytest.raises(RefusedReplyError) as caught:
        read("", kind=kind)
    assert caught.value.code == 12300


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"OK",
        b"<Response>",
        b"<Response/><Response/>",
        b"<response/>",
        b"<TwiML/>",
        b"<Response><Say>\x00</Say></Response>",
        b"<Response><Say>\xff</Say></Response>",
        b'<?xml version="1.0" encoding="utf-16"?><Response/>',
        b'<!DOCTYPE Response [<!ENTITY a "a">]><Response><Say>&a;</Say></Response>',
        b"<Response><Say><![CDATA[a]]></Say></Response>",
        '<?xml version="1.0"?><Response/>'.encode("utf-16"),
    ],
)
def test_what_is_not_a_plain_document_is_refused(body: bytes) -> None:
    with pytest.raises(RefusedReplyError) as caught:
        read_document(Source(URL), "text/xml", body)
    assert caught.value.code == 12100


def test_a_reply_may_have_64_kilobytes_and_not_one_byte_more() -> None:
    room = MOST_BYTES - len("<Response></Response>")
    assert read(" " * room).verbs == ()
    assert refused(" " * (room + 1)).code == 11750


def test_the_response_itself_takes_no_attribute() -> None:
    with pytest.raises(RefusedReplyError):
        read_document(Source(URL), "text/xml", b'<Response version="1"/>')


@given(st.binary(max_size=200))
def test_whatever_comes_it_is_read_or_refused(body: bytes) -> None:
    for whole in (body, b"<Response>" + body + b"</Response>"):
        with suppress(RefusedReplyError):
            read_document(Source(URL), "text/xml", whole)
