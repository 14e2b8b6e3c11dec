"""Of a form whose signature holds, only good values are read; the rest is silence, or nothing."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.signals import DialEnded, HungUp, Outcome, Pressed, Silent
from ivr.voice.form import MOST_BYTES, MOST_FIELDS, account_of, number_of, read_fields
from ivr.voice.signals import read_signal

CALL = "CA" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("form", "signal"),
    [
        ("Digits=1", Pressed("1")),
        ("Digits=%23", Pressed("#")),
        ("Digits=*", Pressed("*")),
        ("Digits=", Silent()),
        ("", Silent()),
        ("DialCallStatus=completed&DialBridged=true", DialEnded(Outcome.COMPLETED, True)),
        ("DialCallStatus=completed&DialBridged=false", DialEnded(Outcome.COMPLETED, False)),
        ("DialCallStatus=completed", DialEnded(Outcome.COMPLETED, False)),
        ("DialCallStatus=answered", DialEnded(Outcome.COMPLETED, False)),
        ("DialCallStatus=busy", DialEnded(Outcome.BUSY, False)),
        ("DialCallStatus=no-answer", DialEnded(Outcome.NO_ANSWER, False)),
        ("DialCallStatus=failed", DialEnded(Outcome.FAILED, False)),
        ("DialCallStatus=canceled", DialEnded(Outcome.CANCELLED, False)),
        ("CallStatus=in-progress&Digits=4", Pressed("4")),
        ("CallStatus=completed&Digits=4", HungUp()),
        ("CallStatus=canceled&DialCallStatus=completed&DialBridged=true", HungUp()),
    ],
)
def test_what_a_form_says(form: str, signal: object) -> None:
    assert read_signal(read_fields(form.encode())).signal == signal


@pytest.mark.parametrize(
    "form",
    [
        "Digits=%C2%B2",  # "²".isdigit() is true
        "Digits=%D9%A1",  # an Arabic digit
        "Digits=1%0A",
        "Digits=A",
        "Digits=w",
        "Digits=" + "1" * 21,
        "Digits=1&Digits=1",
        "Digits=1&CallSid=CA1",
        f"Digits=1&CallSid={CALL}&CallSid={CALL}",
        f"Digits=1&CallSid={CALL}%0A",
        "Digits=1&CallStatus=dreaming",
        "Digits=1&CallStatus=Completed",
        "DialCallStatus=completed&DialBridged=True",
        "DialCallStatus=completed&DialBridged=1",
        "DialCallStatus=maybe&DialBridged=true",
        "Digits=1&PretendAt=yesterday",
    ],
)
def test_one_bad_value_makes_it_silence(form: str) -> None:
    heard = read_signal(read_fields(form.encode()))
    assert (heard.signal, heard.dialled) == (Silent(), None)


def test_what_nobody_reads_may_be_anything() -> None:
    form = "FromCity=K%C3%B6ln&FromCity=%00%FF&Digits=1&digits=x&From=anonymous&=&x"
    assert read_signal(read_fields(form.encode())).signal == Pressed("1")


def test_the_end_of_a_dial_is_known_although_she_hung_up_first() -> None:
    form = b"CallStatus=completed&DialCallStatus=completed&DialBridged=true"
    heard = read_signal(read_fields(form))
    assert heard.signal == HungUp()
    assert heard.dialled == DialEnded(Outcome.COMPLETED, True)


def test_the_call_is_known_although_something_else_is_bad() -> None:
    heard = read_signal([("CallSid", CALL), ("ParentCallSid", CALL.lower()), ("Digits", "x")])
    assert (heard.call, heard.parent) == (CALL, "")


def test_a_pretended_time_has_its_zone_and_is_in_a_calendar() -> None:
    moment = read_signal([("PretendAt", "2026-03-29T02:30:00+01:00")]).pretend
    assert moment is not None
    assert moment.utcoffset() is not None
    assert read_signal([("PretendAt", "2026-03-29T01:30:00Z")]).pretend == moment
    assert read_signal([("PretendAt", "2026-02-30T02:30:00Z")]).pretend is None
    assert read_signal([("PretendAt", "2026-03-29T02:30:00")]).pretend is None


PIECES = st.sampled_from(["a", "=", "&", "+", "%", "%2B", "%C3%A9", "%ff", "%0", "%zz", ";", " "])
ESCAPES = st.sampled_from(["%2B", "%3A", "%2F", "%3a", "%", "2", "B", "3", "A", "+", "=", "%25"])


@given(
    st.text(st.characters(max_codepoint=127))
    | st.lists(PIECES).map("".join)
    | st.lists(ESCAPES).map("".join)
)
def test_a_form_is_split_as_the_standard_library_splits_it(form: str) -> None:
    assert read_fields(form.encode()) == parse_qsl(form, keep_blank_values=True)


@given(st.binary(max_size=300))
def test_any_body_is_read_or_refused_in_one_way(body: bytes) -> None:
    try:
        fields = read_fields(body)
    except ValueError:
        return
    read_signal(fields)


def test_a_form_has_its_limits() -> None:
    assert len(read_fields(b"&".join([b"a=1"] * MOST_FIELDS))) == MOST_FIELDS
    with pytest.raises(ValueError, match="fields"):
        read_fields(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))
    assert read_fields(b"a" * MOST_BYTES)
    with pytest.raises(ValueError, match="bytes"):
        read_fields(b"a" * (MOST_BYTES + 1))
    with pytest.raises(ValueError, match="ascii"):
        read_fields("a=é".encode())


def test_account_and_number_come_once_and_in_their_shape() -> None:
    sid = "AC" + "0" * 32
    assert account_of([("AccountSid", sid)]) == sid
    assert number_of([("To", "+12025550100")]) == "+12025550100"  # an example: nobody's
    for bad in ([], [("AccountSid", sid)] * 2, [("AccountSid", f"{sid}\n")], [("AccountSid", "")]):
        with pytest.raises(ValueError, match="good value"):
            account_of(bad)
    for number in ("", "12025550100", "+02025550100", "+1202555٠100", "sip:line@example.org"):
        with pytest.raises(ValueError, match="good value"):
            number_of([("To", number)])
