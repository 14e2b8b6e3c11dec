"""Seals and hashes: bound to their place and day, of one length, and no longer than their key."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.store.sealing import LENGTHS, LostError, Place, Vault

DAY = date(2026, 11, 27)
NEXT = DAY + timedelta(days=1)
ONE, TWO = b"1" * 32, b"2" * 32
NUMBER = "+3220000001"  # an example: no Belgian number begins so
PLACE = Place("callbacks", 7, "number")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "ring", (ONE,))


@given(plain=st.binary(max_size=31), row=st.integers(1, 10**9))
def test_what_is_sealed_comes_back(
    tmp_path_factory: pytest.TempPathFactory, plain: bytes, row: int
) -> None:
    vault = Vault(tmp_path_factory.getbasetemp() / "ring", (ONE,))
    place = Place("callbacks", row, "number")
    assert vault.unseal(place, vault.seal(place, plain, DAY)) == plain


@pytest.mark.parametrize("column", LENGTHS)
def test_a_seal_has_one_length_and_never_the_same_bytes(vault: Vault, column: str) -> None:
    place = Place("callbacks", 7, column)
    plains = (b"", b"+32", b"0" * (LENGTHS[column] - 1), b"\x80\0\0", b"\0")
    sealed = [vault.seal(place, plain, DAY) for plain in (*plains, b"+32")]
    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == len(sealed)
    assert [vault.unseal(place, one) for one in sealed[:-1]] == list(plains)
    with pytest.raises(ValueError, match="too long"):
        vault.seal(place, b"0" * LENGTHS[column], DAY)


@pytest.mark.parametrize(
    "other",
    [Place("callbacks", 8, "number"), Place("callbacks", 7, "note"), Place("staff", 7, "number")],
)
def test_a_seal_opens_in_its_own_place_alone(vault: Vault, other: Place) -> None:
    with pytest.raises(LostError):
        vault.unseal(other, vault.seal(PLACE, b"+32", DAY))


def test_no_bit_of_a_seal_can_be_changed(vault: Vault) -> None:
    vault.ring.key(NEXT)
    sealed = vault.seal(PLACE, NUMBER.encode(), DAY)
    for place in range(len(sealed)):
        for bit in (1, 128):
            changed = bytearray(sealed)
            changed[place] ^= bit
            with pytest.raises(LostError):
                vault.unseal(PLACE, bytes(changed))
    for cut in (b"", sealed[:8], sealed[:20], sealed[:-1]):
        with pytest.raises(LostError):
            vault.unseal(PLACE, cut)


def test_a_day_that_is_over_opens_nothing_any_more(vault: Vault) -> None:
    sealed, kept = vault.seal(PLACE, b"+32", DAY), vault.seal(PLACE, b"+33", NEXT)
    mark = vault.fingerprint(NUMBER, DAY)
    assert mark in vault.fingerprints(NUMBER)
    assert vault.destroy(DAY) == 0
    assert vault.destroy(NEXT) == 1
    with pytest.raises(LostError, match="destroyed"):
        vault.unseal(PLACE, sealed)
    assert mark not in vault.fingerprints(NUMBER), "nobody can make this hash again"
    assert vault.unseal(PLACE, kept) == b"+33"


def test_ring_and_secret_alone_open_nothing(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(PLACE, b"+32", DAY)
    for other in (Vault(tmp_path / "ring", (TWO,)), Vault(tmp_path / "empty", (ONE,))):
        with pytest.raises(LostError):
            other.unseal(PLACE, sealed)
        assert vault.fingerprint(NUMBER, DAY) not in other.fingerprints(NUMBER)


def test_while_the_secret_is_changed_all_can_be_read(tmp_path: Path) -> None:
    """Old and new run at once: what either wrote the other reads, as long as both are listed."""
    folder = tmp_path / "ring"
    old, new = Vault(folder, (ONE, TWO)), Vault(folder, (TWO, ONE))
    for writer, reader in ((old, new), (new, old)):
        assert reader.unseal(PLACE, writer.seal(PLACE, b"+32", DAY)) == b"+32"
        assert writer.fingerprint(NUMBER, DAY) in reader.fingerprints(NUMBER)
        assert reader.code_is(7, "4711", writer.code(7, "4711"))
        assert writer.daily("booked", NUMBER, DAY) in reader.dailies("booked", NUMBER, (DAY,))
    alone = Vault(folder, (TWO,))
    assert alone.unseal(PLACE, new.seal(PLACE, b"+32", DAY)) == b"+32"
    with pytest.raises(LostError, match="not configured"):
        alone.unseal(PLACE, old.seal(PLACE, b"+32", DAY))
    with pytest.raises(LostError):
        alone.code_is(7, "4711", old.code(7, "4711"))


def test_a_code_is_good_for_one_callback(vault: Vault) -> None:
    kept = vault.code(7, "4711")
    assert vault.code_is(7, "4711", kept)
    assert not vault.code_is(7, "4712", kept)
    assert not vault.code_is(8, "4711", kept)
    assert not vault.code_is(74, "711", vault.code(7, "4711"))


def test_hashes_for_counting_live_two_days(vault: Vault) -> None:
    days = (DAY, DAY - timedelta(days=1))
    for day in days:
        vault.daily("booked", NUMBER, day)
    assert len(set(vault.dailies("booked", NUMBER, days))) == 2
    assert not set(vault.dailies("booked", NUMBER, days)) & {
        *vault.dailies("calling", NUMBER, days),
        *vault.fingerprints(NUMBER),
    }
    vault.destroy(NEXT)
    assert len(vault.dailies("booked", NUMBER, days)) == 1
    vault.destroy(NEXT + timedelta(days=1))
    assert vault.dailies("booked", NUMBER, days) == ()
