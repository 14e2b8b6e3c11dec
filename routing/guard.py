"""The guard: which numbers of centres may be rung, and which may be said. It refuses by default.

Allowed are ordinary fixed, mobile and national (078) numbers of the directory's countries, and
`sip:` addresses. A free number is rung only by choice, and a short code cannot be.
"""

import re
from dataclasses import dataclass

from routing.directory import Directory
from routing.kinds import from_national, kind_of, short_code

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
SIP = re.compile(
    r"sip:(?P<user>[A-Za-z0-9+][A-Za-z0-9+._-]{0,63})"
    r"@(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,63})"
    r"(?::[1-9][0-9]{0,4})?(?:;transport=(?:tls|tcp|udp))?"
)
ORDINARY = {"fixed", "mobile", "fixed or mobile", "national"}


@dataclass(frozen=True, slots=True)
class Yes:
    """It is allowed."""


@dataclass(frozen=True, slots=True)
class No:
    """It is refused, and why: a clause in plain words, fit for a page."""

    reason: str


def may_dial(target: str, directory: Directory) -> Yes | No:
    """Whether a target of a centre may be rung. Never raises, whatever the string."""
    if is_buried(target, directory):
        return No("it was withdrawn, and a withdrawn number is never dialled again")
    if E164.fullmatch(target):
        return _judge(target, directory, free=_chosen(target, directory))
    address = SIP.fullmatch(target)
    if address:
        return _judge_sip(address["user"], directory)
    if _short(target, directory):
        return No("it is a short code, which a carrier cannot dial")
    return No("it is neither a number in international form (+32…) nor a sip: address")


def may_say(said: str, directory: Directory) -> Yes | No:
    """Whether a number, written as people say it, may be told to a caller. Never raises."""
    digits = re.sub("[^0-9]", "", said)
    if not digits:
        return No("there is no number to say")
    short = _short(digits, directory)
    if short:
        return No("it is a premium short code") if short == "premium" else Yes()
    numbers = {f"+{digits}"} if said.strip().startswith("+") else _national(digits, directory)
    answers = [_judge(one, directory, free=True) for one in sorted(numbers)]
    refused = answers[0] if answers else No("no country is allowed")
    return next((one for one in answers if isinstance(one, Yes)), refused)


def canonical(target: str) -> str:
    """One way to write a target, so that a buried one does not come back in another dress."""
    folded = target.casefold().strip()
    address = re.match(r"sips?:([^@:;?]*)[^@]*@([^:;?]*)", folded)
    return f"sip:{address[1]}@{address[2].rstrip('.')}" if address else folded


def is_buried(target: str, directory: Directory) -> bool:
    """Whether a target was withdrawn from the directory, however it is written."""
    buried = directory.buried
    return target in buried or canonical(target) in {canonical(one) for one in buried}


def _chosen(target: str, directory: Directory) -> bool:
    return any(one.toll_free for one in directory.centres if one.dial == target)


def _short(digits: str, directory: Directory) -> str:
    if not re.fullmatch("[0-9]{3,6}", digits):
        return ""
    found = (short_code(digits, country) for country in directory.countries)
    return next((one for one in found if one), "")


def _judge(number: str, directory: Directory, *, free: bool) -> Yes | No:
    kind = kind_of(number)
    if number in directory.by_number:
        return No("it is a number of this line itself")
    if is_buried(number, directory):
        return No("it was withdrawn, and a withdrawn number is never dialled again")
    if kind is None:
        return No("it is no number that exists")
    if kind.country not in directory.countries:
        return No(f"it is a number of {kind.country}, which is not among the allowed countries")
    if kind.type == "free":
        return Yes() if free else No("it is a free number, and nobody has chosen to ring it")
    return Yes() if kind.type in ORDINARY else No(f"it is a {kind.type} number")


def _judge_sip(user: str, directory: Directory) -> Yes | No:
    """Judge the name in a sip: address: a telephone number in it is judged as that number."""
    bare = re.sub("[._-]", "", user)  # what separates digits for the eye alone
    if _short(bare, directory) == "emergency":
        return No("it is an emergency number, which a caller has to dial herself")
    if not re.fullmatch(r"\+?[0-9]+", bare):
        return Yes()
    if bare.startswith("+"):
        return _judge(bare, directory, free=False)
    readings = sorted({f"+{bare}"} | _national(bare, directory))
    answers = (_judge(one, directory, free=False) for one in readings if _means(one, directory))
    return next((one for one in answers if isinstance(one, No)), Yes())


def _national(digits: str, directory: Directory) -> set[str]:
    return {from_national(digits, country) for country in directory.countries}


def _means(number: str, directory: Directory) -> bool:
    """Whether digits read in this way are a number at all: most are an extension of a centre."""
    return bool(kind_of(number)) or number in directory.by_number or is_buried(number, directory)
