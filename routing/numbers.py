"""Telephone numbers as a call meets them: who rings, and how a number is said."""

import re
from functools import lru_cache

from routing.guard import No, Yes, may_dial, may_say
from routing.kinds import real_number

__all__ = ["No", "Yes", "may_dial", "may_say", "read_caller", "say_digits"]

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
# Words in place of a number are no E.164; these keys spell such words, also after a leading 1.
WITHHELD_DIGITS = {"266696687", "7378742833", "86282452253", "8656696", "2562533"}


def read_caller(raw: str) -> str | None:
    """Read a caller ID: E.164 as it came, or None where there is no number to use.

    Withheld ones, the digit forms that stand for them, and whatever is no possible number of any
    country are "no number". Never raises, and keeps nothing of what it read.
    """
    if not E164.fullmatch(raw):
        return None
    if raw[1:] in WITHHELD_DIGITS or raw.removeprefix("+1") in WITHHELD_DIGITS:
        return None
    return raw if real_number(raw) else None


@lru_cache(maxsize=256)
def say_digits(said: str) -> tuple[tuple[str, ...], ...]:
    """Say a number as people write it: for each group of digits its `digit.N` prompts."""
    return tuple(tuple(f"digit.{one}" for one in group) for group in re.findall("[0-9]+", said))
