"""A line that says what a test tells it to, so that the carrier is tried without ours."""

import io
import wave
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.handset import Handset, headless

SID = "AC" + "0123456789abcdef" * 2
TOKEN = "a-token-for-rehearsals-and-tests-only"
BASE = "http://line.example"
CALLER = "+12025550123"  # an example: 555-01xx belongs to nobody
ACCESS = "+12025550111"  # an example
OURS = "+12025550100"  # an example
CENTRE = "+12025550177"  # an example
WITHHELD = "anonymous"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
XML = {"Content-Type": "text/xml; charset=utf-8"}

Form = Mapping[str, str]
Answers = tuple[int, Mapping[str, str], bytes]


def wav(seconds: float = 1.0) -> bytes:
    """Silence in the telephone's format."""
    body = io.BytesIO()
    with wave.open(body, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return body.getvalue()


@dataclass(frozen=True)
class Asked:
    """One request that the carrier sent."""

    method: str
    url: str
    form: Form
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """The address without its host."""
        return self.url.removeprefix(BASE)


@dataclass
class Standin:
    """Documents by path; a function is asked with the form. Every `.wav` lasts as it is named."""

    documents: dict[str, object] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    clock: "Clock" = field(default_factory=lambda: Clock())

    def send(self, method: str, url: str, form: Form, headers: Mapping[str, str]) -> Answers:
        """Answer one request of the carrier."""
        request = Asked(method, url, dict(form), dict(headers))
        self.asked.append(request)
        path = request.path.partition("?")[0]
        document = self.documents.get(path)
        if callable(document):
            document = document(form)
        if isinstance(document, Exception):
            raise document
        if isinstance(document, tuple):
            return document
        if isinstance(document, str):
            return 200, XML, f"<Response>{document}</Response>".encode()
        if path.endswith(".wav"):
            name = path.rpartition("/")[2].removesuffix(".wav").partition("-")[0]
            return 200, {"Content-Type": "audio/wav"}, wav(float(name))
        return (204, {}, b"") if path == "/status" else (404, {}, b"no such page")

    def forms(self, path: str) -> list[Form]:
        """What was posted to one address."""
        return [asked.form for asked in self.asked if asked.path.partition("?")[0] == path]


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        """The time."""
        return self.at

    def go(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


NUMBERS = Numbers(BASE + "/voice", BASE + "/status")
ACCOUNT = Account(SID, TOKEN, frozenset({OURS}))


def handset(line: Standin, numbers: Numbers = NUMBERS, account: Account = ACCOUNT) -> Handset:
    """A telephone on an exchange of its own."""
    return headless(line.send, account, numbers, line.clock)


def rings(
    document: object,
    *answers: Answer,
    from_: str = CALLER,
    tones: bool = True,
    talk: float | None = None,
    at: datetime | None = None,
    others: Mapping[str, object] | None = None,
    numbers: Numbers = NUMBERS,
) -> tuple[Handset, Standin]:
    """Ring a line whose first document this is."""
    line = Standin({"/voice": document, **(others or {})})
    phone = handset(line, numbers)
    setup = Setup(ACCESS, from_, answers or (Answer.PRESSES,), tones, at, talk)
    phone.ring(setup)
    return phone, line


def gather(inside: str = "", *, action: str = "/next", keys: str = 'numDigits="1"',
           timeout: int = 5, finish: str = "", empty: bool = True) -> str:  # fmt: skip
    """A Gather as our line writes it."""
    return (
        f'<Gather input="dtmf" action="{action}" {keys} timeout="{timeout}" '
        f'finishOnKey="{finish}" actionOnEmptyResult="{str(empty).lower()}">{inside}</Gather>'
    )


def play(seconds: float, name: str = "") -> str:
    """Play a clip of so many seconds; `name` tells apart clips of one length."""
    return f"<Play>{BASE}/audio/{seconds}{'-' + name if name else ''}.wav</Play>"


Check = Callable[[Form], str]
