"""A call's state is read by us alone, on its own leg alone, until the end of the next day."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.legs import Call, DeadEnd, Inbound, Screening, pack
from ivr.voice.address import address_of_proof
from ivr.voice.keys import derive
from ivr.voice.seal import BLOCK, Binding, State, UnreadableError, seal, unseal
from tests.voice.telephone import BASE, NEWER_SECRET, SECRET

TODAY = date(2026, 11, 23)
BOUND = Binding("AC1", "inbound", "CA1")
SHORT = Inbound("+12025550100", 1, 1_800_000_000_000)  # an example: nobody's number
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
CALLS: st.SearchStrategy[Call] = st.one_of(
    st.builds(Inbound, WORDS, st.integers(0, 9999), st.integers(0, 2**42), WORDS, node=WORDS,
              tried=st.lists(WORDS, max_size=5).map(tuple), told=st.lists(WORDS).map(tuple)),
    st.builds(Screening, WORDS, WORDS, WORDS, st.integers(0, 9999), proof=st.booleans()),
    st.builds(DeadEnd, WORDS, WORDS, st.integers(0, 9999)),
)  # fmt: skip
BINDINGS = st.builds(
    Binding, st.sampled_from(["AC1", "AC2"]), st.sampled_from(["inbound", "screening"]),
    st.sampled_from(["CA1", "CA2", ""]), st.integers(0, 65535),
)  # fmt: skip


def is_unreadable(token: str, *, bound: Binding = BOUND, at: date = TODAY) -> bool:
    """Whether a token opens nothing here."""
    try:
        unseal((SECRET,), bound, token, at)
    except UnreadableError:
        return True
    return False


@given(CALLS, BINDINGS, st.integers(0, 10**6))
def test_a_call_comes_back_from_its_journey(call: Call, bound: Binding, step: int) -> None:
    state = State(call, step, TODAY)
    token = seal((SECRET,), bound, state)
    assert unseal((SECRET,), bound._replace(place=0), token, TODAY) == (bound, state)
    assert seal((SECRET,), bound, state) == token


@given(CALLS, BINDINGS, BINDINGS)
def test_no_other_leg_can_read_it(call: Call, bound: Binding, other: Binding) -> None:
    token = seal((SECRET,), bound, State(call, 1, TODAY))
    same = other._replace(place=0) == bound._replace(place=0)
    assert is_unreadable(token, bound=other) is not same


@settings(max_examples=60)
@given(st.data())
def test_no_bit_can_be_changed(data: st.DataObject) -> None:
    raw = bytearray(urlsafe_b64decode(seal((SECRET,), BOUND, State(SHORT, 1, TODAY))))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    assert is_unreadable(urlsafe_b64encode(bytes(raw)).decode())


@given(st.text(max_size=400) | st.text("AZaz09-_", min_size=256, max_size=1000))
def test_nothing_that_we_did_not_seal_is_read(token: str) -> None:
    assert is_unreadable(token)


def test_nothing_may_be_added_cut_off_or_written_otherwise() -> None:
    token = seal((SECRET,), BOUND, State(SHORT, 1, TODAY))
    for other in (token + "A", token[:-1], token[:-4], f"{token}AAAA", f"{token}=", f"{token}\n"):
        assert is_unreadable(other)


@pytest.mark.parametrize(("days", "readable"), [(-1, False), (0, True), (1, True), (2, False)])
def test_it_is_good_until_the_end_of_the_next_day(days: int, readable: bool) -> None:
    token = seal((SECRET,), BOUND, State(SHORT, 1, TODAY))
    assert is_unreadable(token, at=TODAY + timedelta(days=days)) is not readable


def test_every_day_has_a_key_of_its_own_and_none_stands_for_another() -> None:
    tokens = {seal((SECRET,), BOUND, State(SHORT, 1, TODAY + timedelta(n))) for n in range(5)}
    assert len(tokens) == 5
    claims = b"%d 1 " % TODAY.toordinal() + pack(SHORT)
    forged = derive(SECRET, f"call {TODAY - timedelta(days=1)}").encrypt(
        claims.ljust(BLOCK), [b"AC1|inbound|CA1|0"]
    )
    assert is_unreadable(urlsafe_b64encode(b"\0\0" + forged).decode())


def test_a_secret_can_be_changed_while_calls_are_running() -> None:
    before = seal((SECRET,), BOUND, State(SHORT, 1, TODAY))
    after = seal((NEWER_SECRET, SECRET), BOUND, State(SHORT, 1, TODAY))
    assert before != after
    for token in (before, after):
        assert unseal((NEWER_SECRET, SECRET), BOUND, token, TODAY)[1].call == SHORT
    with pytest.raises(UnreadableError):
        unseal((NEWER_SECRET,), BOUND, before, TODAY)


def test_threads_do_not_disturb_each_other() -> None:
    def journey(step: int) -> bool:
        state = State(SHORT, step, TODAY)
        return unseal((SECRET,), BOUND, seal((SECRET,), BOUND, state), TODAY)[1] == state

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(journey, range(4000)))


def test_its_length_says_nothing() -> None:
    long = SHORT._replace(language="nl", node="happening.journey", tried=("surya", "pag-asa"))
    lengths = {len(seal((SECRET,), BOUND, State(call, 999, TODAY))) for call in (SHORT, long)}
    assert len(lengths) == 1
    longer = SHORT._replace(told=("x" * 300,))
    assert len(seal((SECRET,), BOUND, State(longer, 1, TODAY))) - lengths.pop() == BLOCK * 4 // 3


@pytest.mark.parametrize("written", [b'["inbound"]', b'["gate",1]', b'["inbound",1,2,3]x', b"{}"])
def test_the_state_of_another_release_is_unreadable(written: bytes) -> None:
    plain = (b"%d 1 " % TODAY.toordinal() + written).ljust(BLOCK)
    sealed = derive(SECRET, f"call {TODAY}").encrypt(plain, [b"AC1|inbound|CA1|0"])
    assert is_unreadable(urlsafe_b64encode(b"\0\0" + sealed).decode())


def test_a_test_call_of_ours_has_no_parent() -> None:
    leg = Screening("+12025550111", "nl", "", 1, proof=True)  # an example: nobody's number
    url = address_of_proof(BASE, (SECRET,), "AC1", leg, TODAY)
    assert url.startswith(f"{BASE}/voice/screening/")
    bound = Binding("AC1", "screening", "")
    assert unseal((SECRET,), bound, url.rpartition("/")[2], TODAY)[1] == State(leg, 0, TODAY)
