"""What several tests of the call look at: the whole check of what ships, made once."""

import pytest

from ivr.call.proof import Verdict, check
from tests.worlds import world


@pytest.fixture(scope="session")
def verdict() -> Verdict:
    """What the checker says of what ships."""
    return check(world())
