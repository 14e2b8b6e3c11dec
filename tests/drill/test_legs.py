"""No leg says what belongs on another one, and nobody is let through without code or key."""

import pytest

from ivr.drill.legs import ALLOWED, FAULTS, drill, spots
from ivr.logs import quiet


def test_every_kind_of_leg_is_walked_for_several_steps() -> None:
    with quiet():
        kinds = [one.kind for one in spots()]
    assert set(kinds) == set(ALLOWED)
    assert all(kinds.count(kind) >= 2 for kind in ("gate", "screening", "operator"))


def test_whatever_breaks_each_leg_ends_in_its_own_way() -> None:
    score = drill(most=1500)
    assert score.tried == 1500
    assert (score.wrong, score.examples) == (0, ())


@pytest.mark.parametrize("fault", list(FAULTS))
def test_the_drill_finds_what_was_planted(fault: str) -> None:
    assert drill(most=1500, fault=fault).wrong > 0
