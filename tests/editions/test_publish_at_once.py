"""Publishing while others do, and in a process that dies: one wins, and nothing is half done."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from ivr.callbacks import points
from ivr.callbacks.points import PUBLISHING
from ivr.editions.drafting import ConflictError
from ivr.editions.publish import OvertakenError
from ivr.editions.ship import shipped_edition
from ivr.store import audit, draft
from ivr.store.database import Away, Store
from tests.editions.published import drafted, out, proposed, runs, store, words
from tests.editions.staff import EN, NL, write

__all__ = ["store"]


def test_of_many_who_save_the_same_text_at_once_one_is_first(store: Store) -> None:
    def save(number: int) -> str:
        try:
            with store.writing() as connection:
                write(connection, f"Van {number}", who=f"admin {number}", seen=0)
        except ConflictError as error:
            return str(error)
        except Away:  # it waited as long as it may, and nothing of it was kept
            return "away"
        return "saved"

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(save, range(8)))
    assert done.count("saved") == 1
    with store.reading() as connection:
        assert len(draft.history(connection, NL)) == len(draft.rows(connection)) == 1
        assert list(audit.verify(connection)) == []


def test_of_two_who_publish_at_once_one_wins(store: Store) -> None:
    drafted(store)
    drafted(store, "Hear", EN)
    proposals = [proposed(store, NL) for _ in range(4)]

    def go(number: int) -> str:
        try:
            out(store, proposals[number])
        except OvertakenError as error:
            return str(error)
        except Away:
            return "away"
        return "published"

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(go, range(4)))
    assert done.count("published") == 1
    assert runs(store).number == 2
    assert all("text nl main.info" in one for one in done if one not in ("published", "away"))


def killed_at(point: str, store: Store) -> int:
    """Publish in a process of its own that dies there; how it ended."""
    proposal = proposed(store)
    store.close()
    child = os.fork()
    if child == 0:  # nothing of pytest's own may end in it

        def hook(name: str) -> None:
            if name == point:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            points.arm(hook)
            out(store, proposal)
        finally:
            os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("point", PUBLISHING)
def test_a_process_that_is_killed_leaves_the_old_edition_or_the_new(
    store: Store, point: str
) -> None:
    drafted(store)
    assert killed_at(point, store) == -signal.SIGKILL
    published = point == PUBLISHING[-1]
    assert words(runs(store)) == ("Meer horen" if published else words(shipped_edition()))
    with store.reading() as connection:
        assert len(draft.rows(connection)) == (0 if published else 1)
        acts = [one.act for one in draft.history(connection, NL)]
        assert acts == (["published", "changed"] if published else ["changed"])
        assert list(audit.verify(connection)) == []
    if not published:
        assert out(store, proposed(store)) == 2
