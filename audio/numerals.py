"""Numerals as words: the recogniser writes 17 where "seventeen" was said."""

import re
from collections.abc import Callable

_UNITS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien "
    "vijftien zestien zeventien achttien negentien",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix-sept dix-huit dix-neuf",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
}
_HUNDRED = {"nl": "honderd", "de": "hundert", "en": "hundred", "fr": "cent"}
_THOUSAND = {"nl": "duizend", "de": "tausend", "en": "thousand", "fr": "mille"}


def in_words(text: str, language: str, *, by_digit: bool = False) -> str:
    """Replace every numeral by words, as one number or digit by digit; other languages than nl, fr,
    de, en are kept.
    """
    if language not in _UNITS:
        return text
    text = re.sub(r"(?<=\d)\s?h(?=\d|\b)", " heures " if language == "fr" else " ", text)
    text = re.sub(r"(?<=\d):00\b", " ", text)
    text = re.sub(r"(?<=\d)(ste|de|e|ème|er|th|st|nd|rd)\b", "", text)
    say = _digits if by_digit else _said
    return re.sub(r"\d+", lambda found: f" {say(found[0], language)} ", text)


def number(value: int, language: str) -> str:
    """A whole number from 0 to 9999 as it is said; larger ones are said digit by digit."""
    units = _UNITS[language].split()
    if value < 20:
        return units[value]
    if value < 100:
        return _tens(value, language, units)
    for size, word in ((100, _HUNDRED), (1000, _THOUSAND)):
        if value < size * 10:
            return _large(value, size, word[language], language)
    return _digits(str(value), language)


def _tens(value: int, language: str, units: list[str]) -> str:
    ten, rest = _TENS[language].split()[value // 10 - 2], value % 10
    if not rest:
        return ten
    joiners: dict[str, Callable[[], str]] = {
        "nl": lambda: f"{units[rest]}{'ën' if rest in (2, 3) else 'en'}{ten}",
        "de": lambda: f"{'ein' if rest == 1 else units[rest]}und{ten}",
        "en": lambda: f"{ten}-{units[rest]}",
        "fr": lambda: (
            f"{ten} et un" if rest == 1 and ten != "quatre-vingt" else f"{ten}-{units[rest]}"
        ),
    }
    return joiners[language]()


def _large(value: int, size: int, word: str, language: str) -> str:
    many, rest = divmod(value, size)
    space = " " if language in ("en", "fr") else ""
    head = word if many == 1 and language != "en" else f"{number(many, language)}{space}{word}"
    return f"{head}{space}{number(rest, language)}" if rest else head


def _digits(digits: str, language: str) -> str:
    return " ".join(_UNITS[language].split()[int(digit)] for digit in digits)


def _said(digits: str, language: str) -> str:
    """A numeral as a number, its leading zeros one by one: 0800 is zero, eight hundred."""
    bare = digits.lstrip("0")
    zeros = digits[: len(digits) - len(bare)]
    return " ".join(
        part
        for part in (_digits(zeros, language), number(int(bare), language) if bare else "")
        if part
    )
