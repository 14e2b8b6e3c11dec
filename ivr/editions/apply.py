"""Changes over an edition: pure, whole values at their places, so that their order does not matter.

Whoever approved a text read it beside the English words of that day: when these are others in the
end, the text needs review, as gettext marks it fuzzy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ivr.call.edition import Edition
from ivr.editions.change import NEUTRAL, NODES, TEXTS, Change, Kind, Place, Value
from ivr.editions.document import read_recording
from ivr.editions.normal import named
from prompts import Catalogue, Language, Menu, Node, Recording, Text, TextState, text_digest
from prompts.catalogue import SOURCE
from prompts.language import read_languages
from prompts.menu import read_node

Given = Mapping[Place, Value]
_NOTHING: Mapping[str, Any] = {}


def apply(edition: Edition, changes: Iterable[Change]) -> Edition:
    """The edition with these changes, at most one for a place, under the digest of its content.

    Raises KeyError, TypeError, ValueError or AttributeError for a value that is none of its kind.
    """
    given = {change.place: change.value for change in changes}
    return named(
        replace(
            edition,
            menu=_menu(edition.menu, given),
            languages=_languages(edition.languages, given),
            catalogue=_catalogue(edition.catalogue, given),
            recordings=_recordings(edition.recordings, given),
        )
    )


def _of(given: Given, kind: Kind) -> dict[Place, Value]:
    return {place: value for place, value in given.items() if place.kind is kind}


def order_of(value: Value) -> tuple[str, ...]:
    """The names that an order holds."""
    return tuple((value or _NOTHING)["names"])


def _sorted(names: Iterable[str], given: Given, key: str) -> list[str]:
    """Those that the order names first; the others stay behind them, as they stood."""
    there = list(names)
    wanted = given.get(Place(Kind.ORDER, "", key))
    first = [one for one in order_of(wanted) if one in there] if wanted is not None else []
    return [*first, *(one for one in there if one not in first)]


def _menu(menu: Menu, given: Given) -> Menu:
    nodes: dict[str, Node] = dict(menu.nodes)
    for place, value in sorted(_of(given, Kind.NODE).items(), key=lambda one: one[0]):
        if value is None:
            nodes.pop(place.key, None)
        else:
            nodes[place.key] = read_node(place.key, value)
    neutral = given.get(Place(Kind.ORDER, "", NEUTRAL))
    return Menu(
        nodes={name: nodes[name] for name in _sorted(nodes, given, NODES)},
        neutral=order_of(neutral) if neutral is not None else menu.neutral,
    )


def _languages(languages: tuple[Language, ...], given: Given) -> tuple[Language, ...]:
    rows = {one.code: one for one in languages}
    for place, value in _of(given, Kind.LANGUAGE).items():
        rows.pop(place.language, None)
        if value is not None:
            (rows[place.language],) = read_languages({place.language: value})
    return tuple(rows.values())


def _catalogue(catalogue: Catalogue, given: Given) -> Catalogue:
    texts = {code: dict(own) for code, own in catalogue.texts.items()}
    before = dict(texts.get(SOURCE, {}))
    for place, value in sorted(_of(given, Kind.TEXT).items(), key=lambda one: one[0]):
        own = texts.setdefault(place.language, {})
        if value is None:
            own.pop(place.key, None)
        else:
            note = own[place.key].note if place.key in own else ""
            own[place.key] = _text(place.key, value, note)
    after = texts.get(SOURCE, {})
    texts[SOURCE] = {key: after[key] for key in _sorted(after, given, TEXTS)}
    for code in texts.keys() - {SOURCE}:
        texts[code] = {
            key: _reviewed(code, text, given, before, after) for key, text in texts[code].items()
        }
    return Catalogue(texts)


def _text(key: str, value: Mapping[str, Any], note: str) -> Text:
    return Text(key, value["words"], TextState(value["state"]), value.get("note", note))


def _reviewed(
    code: str, text: Text, given: Given, before: Mapping[str, Text], after: Mapping[str, Text]
) -> Text:
    if text.state is not TextState.APPROVED or text.key not in after:
        return text
    own = given.get(Place(Kind.TEXT, code, text.key))
    read = own["english"] if own else english(before, text.key)
    if read == english(after, text.key):
        return text
    return replace(text, state=TextState.NEEDS_REVIEW)


def english(texts: Mapping[str, Text], key: str) -> str:
    """The digest of the English words of a key, beside which a translation is read."""
    return text_digest(texts[key].words if key in texts else "")


def _recordings(
    recordings: Mapping[str, Mapping[str, Recording]], given: Given
) -> dict[str, dict[str, Recording]]:
    found = {code: dict(own) for code, own in recordings.items()}
    for place, value in _of(given, Kind.RECORDING).items():
        own = found.setdefault(place.language, {})
        if value is None:
            own.pop(place.key, None)
        else:
            own[place.key] = read_recording(value)
    return found
