"""Whose telephone a number is: one of ours on a page or in a test, or a scripted other end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.legs import LIVE, Family, Leg


@dataclass(frozen=True, slots=True)
class Owner:
    """How a number is met whenever it is rung; `paced`: its telephone says when time passes, also
    in a call that the account placed to it. After `until` nobody owns it: its page is gone.
    """

    answer: Answer = Answer.HAND
    paced: bool = False
    until: datetime | None = None


def owned(answer: Answer, at: datetime, *, paced: bool, seconds: float) -> Owner:
    """An owner from now on: for so many seconds, or for good where they are negative."""
    until = None if seconds < 0 else at + timedelta(seconds=seconds)
    return Owner(answer, paced, until)


def owner_of(owners: Mapping[str, Owner], number: str, at: datetime) -> Owner | None:
    """Who owns a number now, if anybody does."""
    owner = owners.get(number)
    gone = owner is not None and owner.until is not None and owner.until <= at
    return None if gone else owner


def answer_of(owners: Mapping[str, Owner], family: Family, number: str, at: datetime) -> Answer:
    """How a number is met: as its owner does, else as the call's script says."""
    owner = owner_of(owners, number, at)
    return owner.answer if owner else family.next_answer()


def lines_of(legs: Mapping[str, Leg], number: str) -> list[dict[str, Any]]:
    """The live legs to a number, newest first: what its telephone shows."""
    return [
        {"leg": leg.sid, "call": leg.family.root, "status": leg.status.value, "from": leg.from_}
        for leg in reversed(list(legs.values()))
        if leg.to == number and leg.status in LIVE
    ]
