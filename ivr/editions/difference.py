"""What lies between two editions, place by place; and what a release changed beside staff's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.call.edition import Edition
from ivr.editions.apply import apply, english
from ivr.editions.change import NEUTRAL, NODES, TEXTS, Change, Kind, Place, Value
from ivr.editions.document import write_recording
from ivr.editions.normal import normal
from prompts import Text
from prompts.catalogue import SOURCE
from prompts.language import write_languages
from prompts.menu import write_menu


def places(edition: Edition) -> dict[Place, Value]:
    """Everything that an edition says, by its place."""
    menu = write_menu(edition.menu)
    found: dict[Place, Value] = {
        Place(Kind.ORDER, "", NODES): {"names": list(edition.menu.nodes)},
        Place(Kind.ORDER, "", NEUTRAL): {"names": menu["neutral"]},
        Place(Kind.ORDER, "", TEXTS): {"names": list(edition.catalogue.texts.get(SOURCE, {}))},
    }
    for name, node in menu["node"].items():
        found[Place(Kind.NODE, "", name)] = node
    for code, row in write_languages(edition.languages).items():
        found[Place(Kind.LANGUAGE, code, "")] = row
    found.update(_texts(edition))
    for code, recordings in edition.recordings.items():
        for key, one in recordings.items():
            found[Place(Kind.RECORDING, code, key)] = write_recording(one)
    return found


def at(edition: Edition, place: Place) -> Value:
    """What an edition says at one place."""
    match place.kind:
        case Kind.TEXT:
            text = edition.catalogue.texts.get(place.language, {}).get(place.key)
            return _text(edition, place.language, text) if text and text.words else None
        case Kind.RECORDING:
            one = edition.recording(place.key, place.language)
            return write_recording(one) if one else None
        case _:
            return places(edition).get(place)


def diff(old: Edition, new: Edition) -> tuple[Change, ...]:
    """The changes that make the new one out of the old one: nothing that is not needed."""
    changed = tuple(_between(places(normal(old)), places(normal(new))))
    simple = tuple(one for one in changed if one.place.kind is not Kind.ORDER)
    made, wanted = places(apply(old, simple)), places(normal(new))
    still = {one.place: one for one in _between(made, wanted)}
    return tuple(sorted({**{o.place: o for o in simple}, **still}.values(), key=_by_place))


@dataclass(frozen=True, slots=True)
class Merged:
    """What a release brings: `clean` where staff left what shipped, `lost` where they did not."""

    clean: tuple[Change, ...]
    lost: tuple[Change, ...]


def merge(base: Edition, theirs: Edition, ours: Edition) -> Merged:
    """What changed from `base` to `theirs`, sorted by whether it is still as in `base` in `ours`.

    What stands in `ours` as in `theirs` already is in neither. A translation that the release read
    again beside new English, and left as it was, is clean where the English is.
    """
    then, now, own = (places(normal(one)) for one in (base, theirs, ours))
    wanted = [Change(one.place, now.get(one.place)) for one in diff(base, theirs)]
    read_again = [o for o in wanted if same(then.get(o.place), o.value)]
    news = [o for o in wanted if o not in read_again and not same(own.get(o.place), o.value)]
    clean = [o for o in news if same(own.get(o.place), then.get(o.place))]
    english = {o.place.key for o in clean if _is_english(o.place)}
    still = [o for o in read_again if o.place.key in english and same(own.get(o.place), o.value)]
    lost = [one for one in news if one not in clean]
    return Merged(tuple(sorted([*clean, *still], key=_by_place)), tuple(lost))


def _is_english(place: Place) -> bool:
    return (place.kind, place.language) == (Kind.TEXT, SOURCE)


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same; whose English it was read beside is not said."""
    return one == other or _said(one) == _said(other)


def _said(value: Value) -> Mapping[str, Any] | None:
    if value is None or ("words" in value and not value["words"] and "note" not in value):
        return None
    return {name: part for name, part in value.items() if name != "english"}


def _texts(edition: Edition) -> Iterator[tuple[Place, Value]]:
    for code, texts in edition.catalogue.texts.items():
        for key, text in texts.items():
            if text.words or code == SOURCE:
                yield Place(Kind.TEXT, code, key), _text(edition, code, text)


def _text(edition: Edition, code: str, text: Text) -> dict[str, str]:
    row = {"words": text.words, "state": text.state.value}
    if code == SOURCE:
        return {**row, "note": text.note}
    return {**row, "english": english(edition.catalogue.texts.get(SOURCE, {}), text.key)}


def _between(old: Mapping[Place, Value], new: Mapping[Place, Value]) -> Iterator[Change]:
    for place in sorted(old.keys() | new.keys()):
        if not same(old.get(place), new.get(place)):
            yield Change(place, new.get(place))


def _by_place(change: Change) -> Place:
    return change.place
