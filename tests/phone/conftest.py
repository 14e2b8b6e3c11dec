"""One whole demonstration for every test in this room that needs one."""

from collections.abc import Iterator

import pytest

from tests.phone.lines import Running, running


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The application and the rehearsal carrier, running, with the shipped audio."""
    with running(tmp_path_factory.mktemp("demonstration")) as stage:
        yield stage
