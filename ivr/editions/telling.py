"""The difference between two editions in sentences that anybody can read."""

from ivr.call.edition import Edition
from ivr.editions.change import Change, Kind
from ivr.editions.difference import at, diff


def sentences(
    old: Edition, new: Edition, changes: tuple[Change, ...] | None = None
) -> tuple[str, ...]:
    """A sentence for each change."""
    found = diff(old, new) if changes is None else changes
    return tuple(_sentence(old, new, one) for one in found)


def _sentence(old: Edition, new: Edition, change: Change) -> str:
    place = change.place
    before, after = at(old, place), at(new, place)
    if place.kind is Kind.ORDER:
        return f"{place} changes."
    if before is None or after is None:
        gone, shown = after is None, after or before or {}
        words = f": {shown['words']!r} ({shown['state']})" if shown.get("words") else ""
        return f"{place} is {'taken away' if gone else 'new'}{words}."
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    parts = (f"{one} {before.get(one)!r} → {after.get(one)!r}" for one in names if one != "english")
    return f"{place}: {'; '.join(parts)}."
