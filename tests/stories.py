"""Whole calls as stories: how the sentences in `tests/calls/*.toml` are read and played.

A story has a `story` (one sentence), what it begins with, and its `steps`. Everything that a step
can say stands in SENTENCES below, so that a social worker can write a story without a programmer.
"""

import re
from collections.abc import Callable

from routing.directory import Directory
from routing.numbers import say_digits
from tests.caller import Caller, Heard
from tests.story_files import CALLERS, Story

KEYS = {"1": "nl", "2": "fr", "3": "de", "4": "en"}


class Teller:
    """Plays one story in one language."""

    def __init__(self, story: Story, language: str, caller: Caller, directory: Directory) -> None:
        self.story, self.language, self.caller = story, language, caller
        self.directory = directory

    def tell(self) -> None:
        """Play every step; the first that does not hold says which."""
        for number, step in enumerate(self.story.steps, 1):
            try:
                self._play(step)
            except AssertionError as error:
                where = f"{self.story.name}, in {self.language}, step {number}: {step!r}"
                raise AssertionError(f"{where}: {error}") from error

    def _play(self, step: str) -> None:
        for pattern, play in SENTENCES:
            match = re.fullmatch(pattern, step)
            if match:
                play(self, *match.groups())
                return
        raise AssertionError("no sentence of a story says this")

    # ---- what she does
    def dials(self) -> None:
        number = number_of(self.directory, self.story.number, self.language)
        self.caller.dials(
            number, self.story.caller, answers=self.story.rung, tones=self.story.tones
        )

    def chooses(self) -> None:
        key = next(key for key, language in KEYS.items() if language == self.language)
        self.caller.presses(key)

    def presses(self, keys: str) -> None:
        self.caller.presses(keys.replace(" ", "").replace("then", ""))

    def quickly(self, keys: str) -> None:
        self.caller.presses_at_once(keys.replace(" ", ""))

    def keys(self, digits: str) -> None:
        self.caller.presses_at_once(digits.replace(" ", ""))

    def keys_and_waits(self, digits: str) -> None:
        """A number ends by a pause."""
        self.keys(digits)
        self.caller.keeps_silent()

    def dials_again(self, caller: str) -> None:
        number = number_of(self.directory, "the line", self.language)
        self.caller.dials(number, CALLERS[caller], answers=self.story.rung)

    def late(self, key: str, seconds: str) -> None:
        self.caller.presses(key, after=float(seconds))

    def silent(self) -> None:
        self.caller.keeps_silent()

    def hangs_up(self) -> None:
        self.caller.hangs_up()

    def waits(self) -> None:
        self.caller.waits()

    def they_speak(self) -> None:
        assert self.caller.phone.now.phase == "talking", self.caller.phone.now.phase

    def centre_hangs_up(self) -> None:
        self.caller.other_hangs_up()

    # ---- what she hears
    def hears(self, keys: str) -> None:
        self._hears(keys.split(), self.language)

    def hears_in(self, keys: str, language: str) -> None:
        self._hears(keys.split(), language)

    def _hears(self, keys: list[str], language: str) -> None:
        heard = self.caller.heard()
        place = 0
        for key in keys:
            found = [n for n, one in enumerate(heard[place:]) if (key, language) in one]
            assert found, f"{key} in {language} is not heard there, but {told(heard)}"
            place += found[0] + 1

    def hears_not(self, keys: str) -> None:
        heard = {key for one in self.caller.heard() for key, _ in one}
        assert not heard & set(keys.split()), told(self.caller.heard())

    def hears_number(self, centre: str) -> None:
        said = [key for group in say_digits(self.directory.by_id[centre].said) for key in group]
        heard = [one for one in self.caller.heard() if is_digit(one)]
        spoken = " ".join(next(key for key, _ in one if key.startswith("digit.")) for one in heard)
        assert " ".join(said) in spoken, f"{centre} is not among {spoken}"

    def hears_shop(self) -> None:
        heard = self.caller.heard()
        assert heard
        assert all(any(key == "cover.shop" for key, _ in one) for one in heard), told(heard)

    def hears_nothing_else(self) -> None:
        languages = {language for one in self.caller.heard() for _, language in one}
        assert languages == {self.language}, languages

    def slower(self) -> None:
        assert "clear" in self.renderings(), self.renderings()

    def renderings(self) -> str:
        """How what was heard last was said: normal or clear."""
        return " ".join(self.caller.renderings())

    def other_hears(self, keys: str) -> None:
        heard = {key for one in self.caller.heard(other=True) for key, _ in one}
        assert set(keys.split()) <= heard, heard

    # ---- where the call is
    def rung_is(self, centre: str) -> None:
        assert self.caller.phone.now.phase == "ringing", self.caller.phone.now.phase
        dial = self.directory.by_id[centre].dial
        assert self.caller.dialled()[-1:] == [dial], self.caller.dialled()

    def nobody_rung(self) -> None:
        assert not self.caller.dialled()

    def goes_on(self) -> None:
        assert self.caller.phone.now.phase == "listening", self.caller.phone.now.phase

    def ended(self) -> None:
        assert self.caller.phone.now.phase == "ended", self.caller.phone.now.phase
        reasons = [e["reason"] for e in self.caller.phone.all_of("ended") if e["call"] == self.own]
        assert reasons == ["the line hung up"], reasons

    @property
    def own(self) -> str:
        """Her own leg."""
        return self.caller.phone.now.call


SENTENCES: tuple[tuple[str, Callable[..., None]], ...] = (
    (r"she dials", Teller.dials),
    (r"she chooses her language", Teller.chooses),
    (r"she presses ((?:[0-9*#] ?)+)", Teller.presses),
    (r"she keys ([0-9 ]+) and waits", Teller.keys_and_waits),
    (r"she keys ([0-9 ]+)", Teller.keys),
    (r"she dials again from (.+)", Teller.dials_again),
    (r"she quickly presses ((?:[0-9*#] ?)+)", Teller.quickly),
    (r"she presses ([0-9*#]) after (\d+) seconds", Teller.late),
    (r"she keeps silent", Teller.silent),
    (r"she hangs up", Teller.hangs_up),
    (r"she waits", Teller.waits),
    (r"they speak", Teller.they_speak),
    (r"the centre hangs up", Teller.centre_hangs_up),
    (r"she hears the number of (\S+)", Teller.hears_number),
    (r"she hears only the shop", Teller.hears_shop),
    (r"she hears nothing but her language", Teller.hears_nothing_else),
    (r"she hears it slower", Teller.slower),
    (r"she hears in (nl|fr|de|en) (.+)", lambda t, language, keys: t.hears_in(keys, language)),
    (r"she does not hear (.+)", Teller.hears_not),
    (r"she hears (.+)", Teller.hears),
    (r"whoever is rung hears (.+)", Teller.other_hears),
    (r"nobody is rung", Teller.nobody_rung),
    (r"(\S+) is rung", Teller.rung_is),
    (r"the call goes on", Teller.goes_on),
    (r"the line hangs up", Teller.ended),
)


def told(heard: list[Heard]) -> list[str]:
    """What was heard, for a message."""
    return ["/".join(sorted(f"{key}:{language}" for key, language in one)) for one in heard]


def is_digit(one: Heard) -> bool:
    """Whether a recording is a digit."""
    return any(key.startswith("digit.") for key, _ in one)


def number_of(directory: Directory, which: str, language: str) -> str:
    """The access number that a story rings; `of her own language` is one that is bound to it."""
    lines = [one for one in directory.access if one.purpose == "line"]
    match which:
        case "the line":
            return next(one.number for one in lines if not one.bound)
        case "a bound line":
            return next(one.number for one in lines if one.bound)
        case "the number that our calls show":
            return next(one.number for one in directory.access if one.purpose == "outbound")
        case _:
            return which
