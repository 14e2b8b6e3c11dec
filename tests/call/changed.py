"""Editions and directories with one thing changed, for tests that need another than what ships."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ivr.call.edition import Edition
from ivr.call.needs import needed
from prompts import Catalogue, Language, Menu, Node, Option, Recording, Text, TextState, Tier
from routing.directory import AccessNumber, Centre, Directory
from tests.worlds import recorded, shipped_directory, shipped_edition


def menu(nodes: Mapping[str, Node], edition: Edition | None = None) -> Edition:
    """The edition with these nodes in place of its own."""
    edition = edition or shipped_edition()
    return replace(edition, menu=Menu(nodes=nodes, neutral=edition.menu.neutral))


def node(name: str, edition: Edition | None = None, **changes: Any) -> Edition:
    """The edition with one node changed, or added."""
    edition = edition or shipped_edition()
    old = edition.menu.nodes.get(name) or Node(name, changes["kind"])
    return menu({**edition.menu.nodes, name: replace(old, **changes)}, edition)


def without_node(name: str, edition: Edition | None = None) -> Edition:
    """The edition without one node."""
    edition = edition or shipped_edition()
    rest = {key: one for key, one in edition.menu.nodes.items() if key != name}
    return menu(rest, edition)


def option(name: str, place: int, edition: Edition | None = None, **changes: Any) -> Edition:
    """The edition with one option of a node changed."""
    edition = edition or shipped_edition()
    rows: list[Option] = list(edition.menu.nodes[name].options)
    rows[place] = replace(rows[place], **changes)
    return node(name, edition, options=tuple(rows))


def text(language: str, key: str, words: str, state: TextState = TextState.APPROVED) -> Edition:
    """The edition with one text changed, or added, and its recording with it."""
    edition = shipped_edition()
    own = {**edition.catalogue.texts[language], key: Text(key, words, state)}
    catalogue = Catalogue({**edition.catalogue.texts, language: own})
    return replace(edition, catalogue=catalogue, recordings=recorded(catalogue))


def seconds(language: str, key: str, lasts: float) -> Edition:
    """The edition with a recording of another length."""
    edition = shipped_edition()
    own = edition.recordings[language]
    changed = {**own, key: replace(own[key], seconds=lasts)}
    return replace(edition, recordings={**edition.recordings, language: changed})


def languages(*added: Language, **changes: Any) -> Edition:
    """The edition with languages added, or with changes to those named: `nl={"key": "2"}`."""
    edition = shipped_edition()
    own = (replace(one, **changes.get(one.code, {})) for one in edition.languages)
    every = sorted((*own, *added), key=lambda one: (one.page, one.key))
    return replace(edition, languages=tuple(every))


def another(code: str, page: int, key: str, tier: Tier = Tier.FULL) -> Language:
    """A language that the line does not have yet."""
    return Language(code, code, code, tier, page, key, "", ("danger",))


def speaking(edition: Edition, *codes: str, tier: Tier = Tier.FULL) -> Edition:
    """The edition with English words for these languages: all, or what the short tree needs."""
    source = edition.catalogue.texts["en"]
    keys = set(source) if tier is Tier.FULL else set(needed(edition.menu, tier))
    texts = {
        code: {
            key: one if key in keys else Text(key, "", TextState.MISSING)
            for key, one in source.items()
        }
        for code in codes
    }
    catalogue = Catalogue({**edition.catalogue.texts, **texts})
    sounds: dict[str, dict[str, Recording]] = {
        code: {key: one for key, one in rows.items() if code not in codes or key in keys}
        for code, rows in recorded(catalogue).items()
    }
    return replace(edition, catalogue=catalogue, recordings=sounds)


def nine_languages() -> Edition:
    """Eight languages on the first page, and one on the second."""
    added = [another(f"x{key}", 1, key) for key in "5678"] + [another("y1", 2, "1")]
    return speaking(languages(*added), *(one.code for one in added))


def lifeboat() -> Edition:
    """Romanian in the short tree: it has the words and recordings of that tree and no others."""
    added = another("ro", 1, "5", Tier.LIFEBOAT)
    return speaking(languages(added), "ro", tier=Tier.LIFEBOAT)


def centre(id_: str, directory: Directory | None = None, **changes: Any) -> Directory:
    """The directory with one centre changed, or added."""
    directory = directory or shipped_directory()
    old = directory.by_id.get(id_) or Centre(id_, changes["said"])
    rest = tuple(one for one in directory.centres if one.id != id_)
    return replace(directory, centres=(*rest, replace(old, **changes)))


def without_centre(*ids: str) -> Directory:
    """The directory without some centres."""
    directory = shipped_directory()
    rest = tuple(one for one in directory.centres if one.id not in ids)
    return replace(directory, centres=rest)


def access(**changes: Any) -> Directory:
    """The directory with every number of the line changed in one way."""
    directory = shipped_directory()
    own: tuple[AccessNumber, ...] = tuple(replace(one, **changes) for one in directory.access)
    return replace(directory, access=own)
