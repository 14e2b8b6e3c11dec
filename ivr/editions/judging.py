"""Whether an edition may be published: what the checker finds in it over the real machine.

An error refuses. A warning is what was wrong before as well, or what staff may well have meant; it
wants a yes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ivr.call.edition import Edition
from ivr.call.proof.check import Verdict, check
from ivr.call.proof.finding import Finding
from ivr.call.world import World
from ivr.editions import sense
from ivr.editions.change import Change, Kind
from ivr.editions.difference import diff
from ivr.editions.states import Sound, sound_of

Prove = Callable[[World], Verdict]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What speaks against an edition: `errors` forbid it, `warnings` want a yes."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def judge(world: World, edition: Edition, *, lenient: bool = False, prove: Prove = check
          ) -> Judgement:  # fmt: skip
    """Judge an edition beside the one that runs in `world`. Takes seconds: it walks every way.

    `lenient` is for going back: a language that is lost by it is a warning then, no error.
    """
    wrong = tuple(Finding("an edition makes sense", "", one, "") for one in sense.problems(edition))
    if wrong:
        return Judgement(wrong, ())
    found = prove(replace(world, edition=edition)).findings
    before = {_what(one) for one in prove(world).findings} if found else set()
    errors = [one for one in found if _what(one) not in before]
    warnings = [one for one in found if _what(one) in before]
    changes = diff(world.edition, edition)
    (warnings if lenient else errors).extend(_lost(world.edition, edition, changes))
    return Judgement(tuple(errors), (*warnings, *_stale(edition, changes)))


def _what(one: Finding) -> tuple[str, str, str]:
    return (one.rule, one.where, one.language)


def _lost(old: Edition, new: Edition, changes: tuple[Change, ...]) -> Iterator[Finding]:
    """Languages that callers have now and would lose, but for those whose row is taken away."""
    meant = {o.place.language for o in changes if o.place.kind is Kind.LANGUAGE and o.value is None}
    left = {one.code for one in new.offered(rehearsal=False)}
    for one in old.offered(rehearsal=False):
        if one.code not in left | meant:
            lacks = new.unspeakable(new.by_code[one.code], rehearsal=False)
            named = ", ".join(lacks[:5]) + (" …" if len(lacks) > 5 else "")
            yield Finding(
                "callers keep their language",
                f"language {one.code}",
                f"Callers could not choose {one.name} any more: {named}.",
                "Approve and record these, or take the language away.",
                one.code,
            )


def _stale(edition: Edition, changes: tuple[Change, ...]) -> Iterator[Finding]:
    """Recordings that no longer speak their text, where these changes touch it."""
    for code, key in sorted({(one.place.language, one.place.key) for one in changes
                             if one.place.kind in (Kind.TEXT, Kind.RECORDING)}):  # fmt: skip
        if sound_of(edition, code, key) is Sound.STALE:
            yield Finding(
                "a recording speaks its text",
                f"{code}, prompt {key}",
                "The recording speaks other words than the text.",
                "Record it again, or accept that callers hear the old words.",
                code,
            )
