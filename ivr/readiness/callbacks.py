"""Whether callers can be called back: who works, where they are rung, what her telephone hears."""

from collections.abc import Iterator, Mapping, Sequence

from ivr.call.edition import Edition
from ivr.readiness import Finding
from ivr.store import staff
from ivr.store.database import Away, Store
from prompts import Origin
from routing.directory import Directory, Purpose

HEARD = ("gate.hello", "gate.wrong", "gate.message", "deadend.closed")
"""What whoever picks up her telephone hears, or rings back: it must sound like anybody's."""
CALLING = frozenset({"operator", "supervisor"})


def examine(
    edition: Edition, directory: Directory, store: Store, outbound: str
) -> Iterator[Finding]:
    """Find what keeps callbacks from being promised, or would betray her. `outbound` is the number
    that our own calls show.
    """
    yield from _number(directory, outbound)
    yield from _gate(edition, directory, outbound)
    yield from _roster(edition, directory)
    try:
        with store.reading() as connection:
            people = staff.everybody(connection)
    except Away:
        return  # which has been told already
    yield from _telephones(directory, people)


def _number(directory: Directory, outbound: str) -> Iterator[Finding]:
    access = directory.by_number.get(outbound)
    if access is not None and access.purpose is Purpose.LINE:
        yield Finding(
            f"Our own calls show {outbound}, which is the line's: who sees it knows who rang.",
            "Rent a local number that is published nowhere, and set IVR_OUTBOUND_NUMBER.",
        )


def _gate(edition: Edition, directory: Directory, outbound: str) -> Iterator[Finding]:
    """No callback is real while a machine says "hello?": it is heard at once that it is one."""
    access = directory.by_number.get(outbound)
    cover = access.cover if access else ""
    recordings = edition.recordings.get(cover, {})
    lacking = [
        key for key in HEARD if key not in recordings or recordings[key].origin is Origin.SYNTHETIC
    ]
    if lacking:
        yield Finding(
            f"Her telephone would speak with a machine's voice ({cover or 'no language'}:"
            f" {', '.join(lacking)}).",
            "Let a person record these before anybody real is called back.",
        )


def _roster(edition: Edition, directory: Directory) -> Iterator[Finding]:
    if not any(duty.operators for duty in directory.roster):
        yield Finding(
            "Nobody works by the roster, so no callback can be promised.",
            "Let a supervisor write down at /console/roster when operators work.",
        )
        return
    spoken = {code for duty in directory.roster if duty.operators for code in duty.languages}
    silent = [one.name for one in edition.languages if one.code not in spoken]
    if silent:
        yield Finding(
            f"By the roster nobody speaks {', '.join(silent)}: no callback is offered in it.",
            "Put somebody to work who does, or leave it at that.",
            reminder=True,
        )


def _telephones(directory: Directory, people: Sequence[staff.Row]) -> Iterator[Finding]:
    at_work = [one for one in people if one.role in CALLING and one.disabled_at is None]
    ringing = [one for one in at_work if one.has_phone]
    if not ringing:
        yield Finding(
            "No operator has a telephone of her own here, so nobody can be called back.",
            "Add people with `ivr staff add`; each keeps her number at /console/account.",
        )
        return
    without = [one.name for one in at_work if not one.has_phone]
    if without:
        yield Finding(
            f"These have no telephone of their own and cannot call anybody: {', '.join(without)}.",
            "Let each keep her number at /console/account.",
        )
    yield from _promised(directory, {code for one in ringing for code in one.speaks})


def _promised(directory: Directory, spoken: set[str]) -> Iterator[Finding]:
    """What the roster promises in a language that nobody speaks who could call."""
    promised: Mapping[str, None] = dict.fromkeys(
        code for duty in directory.roster if duty.operators for code in duty.languages
    )
    unkept = [code for code in promised if code not in spoken]
    if unkept:
        yield Finding(
            f"The roster promises calls in {', '.join(unkept)}, and nobody with a telephone"
            " speaks it.",
            "Correct the roster, or the languages of somebody at /console/people.",
        )
