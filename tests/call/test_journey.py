"""A call on its journey between two webhooks: everything comes back, and nothing else is taken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.legs import (
    KINDS,
    NAMES,
    Call,
    DeadEnd,
    Gate,
    Inbound,
    OperatorLeg,
    Screening,
    pack,
    unpack,
)

COUNTS = st.integers(0, 2**53)
TEXTS = st.text(max_size=20)
LISTS = st.lists(TEXTS, max_size=5).map(tuple)
LEGS: st.SearchStrategy[Call] = st.one_of(
    st.builds(
        Inbound,
        *(TEXTS, COUNTS, COUNTS, TEXTS, TEXTS, COUNTS, COUNTS, COUNTS),
        *(LISTS, TEXTS, TEXTS, LISTS, COUNTS, COUNTS),
        *(st.booleans(), st.booleans(), COUNTS, COUNTS),
        *(TEXTS, st.tuples(TEXTS, COUNTS, st.booleans()), COUNTS),
    ),
    st.builds(
        Screening,
        *(TEXTS, TEXTS, TEXTS, COUNTS),
        *(st.booleans(), st.booleans(), st.booleans(), COUNTS, COUNTS),
    ),
    st.builds(OperatorLeg, TEXTS, TEXTS, TEXTS, COUNTS, COUNTS, st.booleans(), COUNTS),
    st.builds(Gate, *(TEXTS, TEXTS, COUNTS, st.booleans()), *(COUNTS, COUNTS, COUNTS, TEXTS)),
    st.builds(DeadEnd, TEXTS, TEXTS, COUNTS, COUNTS, TEXTS),
)


@given(LEGS)
def test_every_leg_comes_back_as_it_went(call: Call) -> None:
    packed = pack(call)
    back = unpack(packed)
    assert back == call
    assert type(back) is type(call)
    assert hash(back) == hash(call)
    assert pack(back) == packed


@pytest.mark.parametrize("leg", list(KINDS.values()))
def test_no_field_of_a_leg_stays_behind(leg: type[Call]) -> None:
    values: list[Any] = [f"{number}" for number, _ in enumerate(leg._fields)]
    call = leg(*values)
    assert json.loads(pack(call)) == [NAMES[leg], *values]


def test_every_kind_of_leg_has_a_name_of_its_own() -> None:
    assert {NAMES[kind]: kind for kind in NAMES} == KINDS


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"null",
        b"5",
        b"[]",
        b"{}",
        b'"inbound"',
        b'["inbound"]',
        b'["inbound",1,2]',
        b'["elsewhere",1,2,3]',
        b'[["inbound"],1,2,3]',
        b'["deadend","a","b",1,2,"c",3]',
        b'["inbound","a"',
        b"\xff\xfe",
    ],
)
def test_what_is_no_call_of_ours_is_refused(garbage: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        unpack(garbage)


@given(st.binary(max_size=40))
def test_bytes_of_chance_are_refused(chance: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        unpack(chance)
