"""A caller on a whole line: a telephone of the rehearsal carrier that asks a real application.

It carries the house rules into every call that a test makes: every reply is TwiML that a grammar
of somebody else's accepts, every clip answers, every document leads somewhere.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from audio.recipe import Pause, unpack
from ivr.call.edition import Edition
from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.handset import Handset, headless
from ivr.carrier.rehearsal.legs import Entry
from ivr.carrier.rehearsal.telephone import View
from ivr.voice.clips import open_name
from tests.twiml_grammar import validate

Heard = frozenset[tuple[str, str]]
"""The prompts (key, language) that one recording can be: two prompts may share their bytes."""
SETTLED = ("listening", "ringing", "talking", "ended")


class Caller:
    """One caller. `base` is the line's public address; `secrets` open the names of its clips."""

    def __init__(
        self,
        client: FlaskClient,
        account: Account,
        *,
        base: str,
        secrets: tuple[bytes, ...],
        edition: Edition,
        at: datetime,
    ) -> None:
        self.client, self.base, self.secrets, self.edition = client, base, secrets, edition
        self.at = at
        self.replies: list[str] = []
        numbers = Numbers(f"{base}/voice/incoming", f"{base}/voice/status")
        self.phone: Handset = headless(self._send, account, numbers, lambda: at)
        self._known = prompts_by_digest(edition)
        self._mark = 0

    def dials(
        self,
        number: str,
        from_: str,
        *,
        answers: tuple[Answer, ...] = (Answer.PRESSES,),
        tones: bool = True,
    ) -> View:
        """Ring an access number, at the story's own moment."""
        setup = Setup(number, from_, answers, tones, at=self.at)
        self.phone.ring(setup)
        return self._settle()

    def presses(self, keys: str, *, after: float = 0.0) -> View:
        """Press keys one after the other, each once the line listens again or speaks."""
        for key in keys:
            self._begin()
            self.phone.press(key, after=after)
            self._settle()
        return self.phone.now

    def presses_at_once(self, keys: str) -> View:
        """Press keys without listening in between."""
        self._begin()
        for key in keys:
            self.phone.press(key)
        return self._settle()

    def keeps_silent(self) -> View:
        """Press nothing until the silence has counted."""
        self._begin()
        self.phone.keep_silent()
        return self._settle()

    def waits(self) -> View:
        """Let whoever is rung do what they do: pick up, press, or not answer."""
        self._begin()
        ringing = self.phone.now.other
        self.phone.wait_for(lambda view: view.phase != "ringing" or view.other != ringing)
        return self._settle()

    def hangs_up(self) -> View:
        """Put the receiver down."""
        return self.phone.hang_up()

    def other_hangs_up(self) -> View:
        """Whoever she spoke with puts the receiver down."""
        self._begin()
        self.phone.other_hangs_up()
        return self._settle()

    def heard(self, *, other: bool = False) -> list[Heard]:
        """What was heard since the last thing that happened: by her, or by whoever was rung."""
        call = self.phone.now.call
        entries = [
            entry
            for entry in self.phone.all_of("heard")
            if entry["n"] > self._mark and (entry["call"] == call) != other
        ]
        return [prompt for entry in entries for prompt in self._prompts(entry)]

    def renderings(self) -> list[str]:
        """How the clips that were heard last are said: normal or clear."""
        call = self.phone.now.call
        entries = [
            entry
            for entry in self.phone.all_of("heard")
            if entry["n"] > self._mark and entry["call"] == call and entry["kind"] == "clip"
        ]
        return [unpack(self._packed(entry)).rendering.value for entry in entries]

    def dialled(self) -> list[str]:
        """Every target that this call has rung so far, in order."""
        return [entry["to"] for entry in self.phone.all_of("dialled")]

    def errors(self) -> list[Entry]:
        """Whatever a strict carrier took offence at."""
        return [e for what in ("error", "lost", "not fetched") for e in self.phone.all_of(what)]

    def _begin(self) -> None:
        self._mark = int(self.phone.entries[-1]["n"])

    def _settle(self) -> View:
        view = self.phone.wait_for(lambda view: view.phase in SETTLED)
        assert not self.errors(), self.errors()
        return view

    def _prompts(self, entry: Entry) -> list[Heard]:
        if entry["kind"] != "clip":
            said = entry["sound"]
            return [self._known.get(said, frozenset({(said, entry.get("language", ""))}))]
        pieces = unpack(self._packed(entry)).pieces
        return [self._known[piece] for piece in pieces if not isinstance(piece, Pause)]

    def _packed(self, entry: Entry) -> bytes:
        name = urlsplit(entry["sound"]).path.rsplit("/", 1)[-1].removesuffix(".wav")
        packed = open_name(self.secrets, name)
        assert packed is not None, entry
        return packed

    def _send(
        self, method: str, url: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        assert url.startswith(self.base), url
        target = url.removeprefix(self.base)
        reply = self.client.open(
            target,
            method=method,
            data=dict(form) if method == "POST" else None,
            headers=dict(headers),
            environ_overrides={"RAW_URI": target},
        )
        if method == "POST" and "/voice/" in target and not target.endswith("/status"):
            assert reply.status_code == 200, (target, reply.status_code)
            kind = "screening" if "/voice/screening/" in target else "inbound"
            if kind == "screening" and form.get("Digits") == "1":
                kind = "bridge"
            problems = validate(reply.get_data(as_text=True), kind)
            assert not problems, problems
            self.replies.append(reply.get_data(as_text=True))
        return reply.status_code, dict(reply.headers), reply.get_data()


def prompts_by_digest(edition: Edition) -> dict[str, Heard]:
    """Which prompts a recording can be, by the first 16 digits of its digest; voiced, by words."""
    known: dict[str, Heard] = {}
    for language, recordings in edition.recordings.items():
        for key, recording in recordings.items():
            short = recording.digest[:16]
            known[short] = known.get(short, frozenset()) | {(key, language)}
    for language, texts in edition.catalogue.texts.items():
        for key, text in texts.items():
            known[text.words] = known.get(text.words, frozenset()) | {(key, language)}
    return known
