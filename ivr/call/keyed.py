"""What was keyed, read as she means it: in a menu one key, in an entry all of its digits.

Inside an entry a key is known only when the entry ends. A hash anywhere in it is the cover, a star
begins it again, and a zero or a nine that stands alone means what it means everywhere.
"""

ANY_NUMBER = 17
"""Digits of the longest telephone number: 15 (ITU-T E.164) after two zeros."""
LEAST = 8
"""Digits after a star from which an entry was begun again and ended too."""
ENTRY_SECONDS = 6
CODE = 4
EASY = ("1234", "4321")


def read(keys: str, digits: int) -> str:
    """One reserved key or option, or the digits of an entry that is at most `digits` long."""
    if digits == 1:
        return keys[0]
    if "#" in keys:
        return "#"
    _, star, rest = keys.rpartition("*")
    if star and len(rest) < min(digits, LEAST):
        return "*"
    return rest


def refused(code: str) -> str:
    """The prompt that says why four digits are no code; empty where they are."""
    if len(code) != CODE or not code.isdigit():
        return "code.four"
    return "code.easy" if code in EASY or len(set(code)) == 1 else ""
