"""Publishing in few words: a store in which what ships runs, and what staff do there."""

from collections.abc import Iterator

import pytest

from ivr.call.edition import Edition
from ivr.editions.change import Place
from ivr.editions.publish import Proposal, propose, publish
from ivr.editions.running import current
from ivr.store.database import Store
from tests.editions.staff import APPROVED, NL, NOW, fine, first, running, write


@pytest.fixture
def store(migrated: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store in which what ships runs; its 18 MB are taken as kept but where a test is of them."""
    monkeypatch.setattr("ivr.editions.publish.secure", lambda *_: 0)
    monkeypatch.setattr("ivr.store.clips.known", lambda _, names: frozenset(names))
    with Store(migrated) as store:
        with store.writing() as connection:
            first(connection)
        yield store


def drafted(store: Store, words: str = "Meer horen", place: Place = NL) -> None:
    with store.writing() as connection:
        write(connection, words, place=place, state=APPROVED, two=False)


def proposed(store: Store, *chosen: Place) -> Proposal:
    return propose(store, running(), chosen or None, prove=fine)


def out(store: Store, proposal: Proposal, who: str = "bea", *, accepted: bool = True) -> int:
    return publish(store, proposal, who=who, note="why", at=NOW, accepted=accepted).number


def runs(store: Store) -> Edition:
    with store.reading() as connection:
        return current(connection)


def words(edition: Edition, language: str = "nl") -> str:
    return edition.catalogue.texts[language]["main.info"].words
