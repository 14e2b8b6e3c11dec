"""Recipes name clips on every machine, so their bytes are a promise."""

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audio import recipe
from audio.recipe import CHAIN, Pause, Piece, Recipe, RecipeError, Rendering, name, unpack

digests = some.binary(min_size=32, max_size=32).map(bytes.hex)
pauses = some.integers(1, 1500).map(lambda units: Pause(round(units * recipe.UNIT, 2)))


@some.composite
def recipes(draw: some.DrawFn) -> Recipe:
    """Any recipe without two pauses in a row, which are one."""
    pieces: list[Piece] = []
    for piece in draw(some.lists(digests | pauses, max_size=30)):
        if not (pieces and isinstance(piece, Pause) and isinstance(pieces[-1], Pause)):
            pieces.append(piece)
    return Recipe(tuple(pieces), draw(some.sampled_from(Rendering)))


def shortened(piece: Piece) -> Piece:
    return piece if isinstance(piece, Pause) else piece[: recipe.PREFIX]


@given(recipes())
def test_a_recipe_survives_packing(given_recipe: Recipe) -> None:
    packed = given_recipe.pack()
    found = unpack(packed)
    assert found.rendering is given_recipe.rendering
    assert joined_pauses(found.pieces) == tuple(map(shortened, given_recipe.pieces))
    assert found.pack() == packed
    assert found.name == given_recipe.name == name(packed)


def joined_pauses(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A pause over 5.1 s is packed as several."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and isinstance(piece, Pause) and isinstance(joined[-1], Pause):
            joined[-1] = Pause(round(joined[-1].seconds + piece.seconds, 2))
        else:
            joined.append(piece)
    return tuple(joined)


def test_the_packed_form_is_kept_for_ever() -> None:
    made = Recipe((Pause(0.4), "ab" * 32, Pause(0.2), "cd" * 32), Rendering.CLEAR)
    packed = bytes.fromhex("01011400abababababababab0a00cdcdcdcdcdcdcdcd")
    assert made.pack() == packed
    assert made.name == hashlib.sha256(packed).hexdigest()


@given(recipes(), recipes())
def test_what_is_heard_otherwise_is_named_otherwise(one: Recipe, other: Recipe) -> None:
    same = (tuple(map(shortened, one.pieces)), one.rendering) == (
        tuple(map(shortened, other.pieces)),
        other.rendering,
    )
    assert (one.name == other.name) is same


def test_another_chain_gives_every_clip_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Recipe(("ab" * 32,))
    before, packed = made.name, made.pack()
    monkeypatch.setattr(recipe, "CHAIN", CHAIN + 1)
    assert made.name != before
    with pytest.raises(RecipeError, match="version"):
        unpack(packed)


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 0.009])
def test_no_pause_leaves_no_trace(seconds: float) -> None:
    assert Recipe((Pause(seconds), "ab" * 32)).pack() == Recipe(("ab" * 32,)).pack()


@pytest.mark.parametrize("seconds", [0.02, 0.12, 0.2, 0.4, 0.6, 0.7, 0.8, 1.0, 5.1])
def test_the_pauses_of_the_house_are_exact(seconds: float) -> None:
    assert unpack(Recipe((Pause(seconds),)).pack()).pieces == (Pause(seconds),)


@given(some.binary(max_size=60))
def test_any_bytes_are_a_recipe_or_an_error(packed: bytes) -> None:
    with suppress(RecipeError):
        assert unpack(packed).pack() == packed


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        bytes((CHAIN,)),
        bytes((CHAIN, len(Rendering))),
        bytes((CHAIN, 0, 0)),
        bytes((CHAIN, 0)) + b"\0" + b"x" * 7,
        bytes((CHAIN, 0)) + b"\1" * (recipe.MOST_PIECES + 1),
    ],
)
def test_what_is_no_recipe_is_refused(packed: bytes) -> None:
    with pytest.raises(RecipeError):
        unpack(packed)


def test_a_screen_of_twelve_pieces_fits_into_an_address() -> None:
    pieces = [piece for number in range(12) for piece in (f"{number:064x}", Pause(0.7))]
    assert len(Recipe(tuple(pieces)).pack()) < 130
