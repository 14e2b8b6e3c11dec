"""The telephone in a terminal: a transcript on the way out, keys on the way in.

Nothing is played, so nothing is waited for: a comma waits for the next silence to count (or for
what else comes next: somebody picks up, a talk ends), a full stop lets one second pass.
"""

from collections.abc import Callable, Iterable, Iterator

from ivr.call.edition import Edition
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.handset import Handset
from ivr.carrier.rehearsal.legs import Entry
from ivr.carrier.rehearsal.telephone import Telephone, View
from ivr.phone.hearing import Ear, Said
from ivr.phone.transcript import Line, lines, place
from ivr.phone.words import words

KEYS = frozenset("0123456789*#")
WAIT, SECOND, HANG_UP, OTHER = ",", ".", "h", "o"
SCRIPT = KEYS | {WAIT, SECOND, HANG_UP, OTHER}


class Terminal:
    """One telephone whose user reads and types. `say` writes a line of text."""

    def __init__(
        self, telephone: Telephone, ear: Ear, say: Callable[[str], None], language: str
    ) -> None:
        """Hold a telephone; `language` is the one that the terminal itself speaks."""
        self.handset = Handset(telephone)
        self._ear, self._say, self._language = ear, say, language
        self._shown, self._node, self._passed = 0, "", 0.0

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.handset.now.phase == "ended"

    @property
    def failed(self) -> bool:
        """Whether the carrier could not run something that the line replied."""
        return bool(self.handset.all_of("error"))

    def ring(self, setup: Setup) -> None:
        """Ring, and show what is heard first."""
        self._shown, self._node, self._passed = 0, "", 0.0
        self.handset.ring(setup)
        self._show()

    def play(self, script: Iterable[str]) -> None:
        """Do what a script says, one sign at a time, until it or the call is over."""
        for sign in script:
            if self.over:
                return
            self._do(sign)
            self._show()

    def _do(self, sign: str) -> None:
        passed, self._passed = self._passed, 0.0
        if sign in KEYS:
            self.handset.press(sign, after=passed)
        elif sign == WAIT:
            wait(self.handset)
        elif sign == SECOND:
            self._passed = passed + 1.0
        elif sign == HANG_UP:
            self.handset.hang_up()
        elif sign == OTHER and self.handset.now.other:
            self.handset.other_hangs_up()

    def _show(self) -> None:
        view = self.handset.now
        fresh = [entry for entry in self.handset.entries if entry["n"] > self._shown]
        for line in lines(self._ear, view.call, fresh, placed=view.placed):
            if line.who == "line":
                self._show_place(view, fresh)
            for text in written(line, self._ear, self._language):
                self._say(text)
        self._shown = view.last

    def _show_place(self, view: View, fresh: Iterable[Entry]) -> None:
        """Say where the call stands now, when it has moved."""
        where = place(self._ear, view.call, fresh)
        node = "" if where is None else f"{where.node} (#)" if where.covered else where.node
        if node and node != self._node:
            self._node = node
            self._say(f"— {node} —")


def wait(handset: Handset) -> None:
    """Wait as somebody does who presses nothing: until a silence has counted, a ringing or a talk
    has come to something, or the call is over.
    """
    before = handset.now.phase
    silences = len(handset.all_of("silence"))
    handset.wait()
    handset.wait_for(
        lambda view: (
            view.phase != before
            if before in {"ringing", "talking"}
            else view.phase in {"ringing", "talking"} or len(handset.all_of("silence")) > silences
        )
    )


def written(line: Line, ear: Ear, language: str) -> Iterator[str]:
    """A line as text. Words that nobody has approved are marked."""
    name = words(language)[f"who.{line.who}"]
    if line.kind != "says":
        yield f"{name}: {line.tell(ear, language)}"
        return
    text = " ".join(one.words for one in line.said) or "…"
    marks = "".join(f" [{mark}]" for mark in _marks(line.said, language))
    yield f"{name}: {text}{marks}"


def _marks(said: tuple[Said, ...], language: str) -> Iterator[str]:
    texts = words(language)
    found = dict.fromkeys(texts.get(f"state.{one.state}", "") for one in said)
    yield from (mark for mark in found if mark)
    if any(one.clear for one in said):
        yield texts["state.clear"]


def language_key(edition: Edition, language: str) -> str:
    """The keys that choose a language on the pages of languages: commas turn the page."""
    for one in edition.languages:
        if one.code == language:
            return WAIT * (one.page - 1) + one.key
    raise ValueError(f"{language!r} is not a language of this line")
