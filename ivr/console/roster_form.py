"""What a supervisor typed about a shift, read; or what is wrong with it, field by field."""

import re
from datetime import time

from werkzeug.datastructures import MultiDict

from ivr.console.frame import number, t
from routing.checks import LANGUAGES
from routing.directory import Duty, Stretch
from routing.roster import MOST_OPERATORS
from routing.week import minutes, on_quarter

TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])|24[:.h]00")
Form = MultiDict[str, str]
Wrong = dict[str, str]


def read(form: Form) -> tuple[Duty | None, Wrong]:
    """The shift; None, and a sentence for each field that is not right."""
    start, until = _time(form.get("start", "")), _time(form.get("until", ""))
    day, operators = number(form.get("day", "")), number(form.get("operators", ""))
    spoken = _spoken(form)
    wrong = {
        "day": "" if day in range(1, 8) else t("roster.wrong.day"),
        "start": "" if start else t("roster.wrong.time"),
        "until": "" if until else t("roster.wrong.time"),
        "operators": _wrong_count(operators),
        **_wrong_languages(spoken),
    }
    found = {field: text for field, text in wrong.items() if text}
    if start is None or until is None or found:
        return None, found
    stretch = Stretch(day - 1, start, until)
    begins, ends = minutes(stretch)
    if ends <= begins:
        return None, {"until": t("roster.wrong.order")}
    return Duty(stretch, spoken, operators), {}


def _wrong_count(operators: int) -> str:
    fits = operators in range(1, MOST_OPERATORS + 1)
    return "" if fits else t("roster.wrong.operators", n=MOST_OPERATORS)


def _wrong_languages(spoken: tuple[str, ...]) -> Wrong:
    unknown = [code for code in spoken if code not in LANGUAGES]
    return {
        "languages": "" if spoken else t("roster.wrong.languages"),
        "others": t("roster.wrong.code", codes=", ".join(unknown)) if unknown else "",
    }


def _spoken(form: Form) -> tuple[str, ...]:
    typed = form.get("others", "").lower().replace(",", " ").split()
    return tuple(dict.fromkeys(one for one in (*form.getlist("languages"), *typed) if one))


def _time(source: str) -> time | None:
    """A time of day on a quarter of an hour; 24:00 is midnight at the day's end."""
    found = TIME.fullmatch(source.strip())
    if not found:
        return None
    moment = time(int(found[1]), int(found[2])) if found[1] else time(0)
    return moment if on_quarter(moment) else None
