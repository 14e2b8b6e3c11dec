"""Who speaks two languages works only once, and a promise given is not taken back."""

from hypothesis import given
from hypothesis import strategies as st

from routing.places import Desk, has_place


def desks(*rows: str) -> list[Desk]:
    """Desks from rows such as `nl fr 2`."""
    return [Desk(frozenset(row.split()[:-1]), int(row.split()[-1])) for row in rows]


def test_a_place_of_ones_own_language() -> None:
    assert has_place("nl", {}, desks("nl 1"))
    assert not has_place("nl", {"nl": 1}, desks("nl 1"))
    assert not has_place("nl", {}, desks("nl 0"))
    assert not has_place("nl", {}, desks("fr 5"))
    assert not has_place("nl", {}, [])


def test_others_move_to_make_a_place() -> None:
    assert has_place("nl", {"fr": 1}, desks("nl fr 1", "fr 1"))
    assert has_place("fr", {"nl": 1}, desks("nl fr 1", "nl 1"))
    assert not has_place("fr", {"nl": 2}, desks("nl fr 1", "nl 1"))
    assert has_place("nl", {"fr": 1, "de": 1}, desks("nl fr 1", "fr de 1", "de 1"))
    assert not has_place("nl", {"fr": 1, "de": 2}, desks("nl fr 1", "fr de 1", "de 1"))


def test_those_who_have_no_place_themselves_take_nobody_elses() -> None:
    assert has_place("fr", {"nl": 9}, desks("nl 2", "fr 1"))
    assert not has_place("fr", {"nl": 9}, desks("nl fr 2", "fr 0"))


SOME = st.sets(st.sampled_from(["nl", "fr", "de", "ro"]), min_size=1).map(frozenset)
ROWS = st.lists(st.tuples(SOME, st.integers(0, 3)), max_size=4)
WANTED = st.dictionaries(st.sampled_from(["nl", "fr", "de", "ro"]), st.integers(1, 3))


def most(wanted: dict[str, int], rows: list[tuple[frozenset[str], int]]) -> int:
    """How many have a place at best, by trying every way (it is a small world)."""
    languages = [language for language, n in wanted.items() for _ in range(n)]
    reached: set[tuple[int, ...]] = {tuple(places for _, places in rows)}
    full = sum(places for _, places in rows)
    for language in languages:
        for left in list(reached):
            reached |= {
                (*left[:place], left[place] - 1, *left[place + 1 :])
                for place, (spoken, _) in enumerate(rows)
                if language in spoken and left[place]
            }
    return max(full - sum(left) for left in reached)


@given(WANTED, ROWS)
def test_there_is_a_place_exactly_when_one_more_can_sit(
    wanted: dict[str, int], rows: list[tuple[frozenset[str], int]]
) -> None:
    more = {**wanted, "nl": wanted.get("nl", 0) + 1}
    found = has_place("nl", wanted, [Desk(*row) for row in rows])
    assert found is (most(more, rows) > most(wanted, rows))
