"""What ships is proved from the real recordings, not from estimates."""

import pytest

from ivr.call.proof import check
from ivr.commands.check import of_the_release
from tests.worlds import MONDAY_MORNING


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_nothing_is_wrong_with_what_ships(language: str) -> None:
    verdict = check(of_the_release(MONDAY_MORNING), language)
    assert verdict.findings == ()
    assert 0 < verdict.silence <= 120
    assert len(verdict.worst) > 20
