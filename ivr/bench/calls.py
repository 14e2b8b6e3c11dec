"""The calls that are measured: real ones, followed by the rehearsal carrier through the real line.

Every call has eight webhooks: it rings, chooses a language, walks through menus and topics, goes
back, is silent or presses a key that does nothing, and ends where somebody is rung for it.
"""

import wave
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from random import Random

from ivr.bench.honest import UnfitError, check_reply
from ivr.bench.site import ACCOUNT, Site
from ivr.bench.webhooks import Answer, Webhook, make_webhook
from ivr.carrier.rehearsal.board import Account, Numbers
from ivr.carrier.rehearsal.exchange import Exchange, Setup
from ivr.carrier.rehearsal.handset import Handset
from ivr.carrier.rehearsal.journal import MemoryJournal
from ivr.carrier.rehearsal.switch import Sent, Switch
from ivr.carrier.rehearsal.telephone import OwnTelephone

WEBHOOKS = 8
SILENCE, LANGUAGE = "s", "l"
WAYS = ("l421990", "l529921", "l129923", "l432980", "l411s90", "l427990")
"""What is pressed: `l` is the key of the call's language, `s` a silence."""
LANGUAGES = "1234"
MOMENT = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
"""The moment that every call pretends: a Monday morning, so that a route has its usual length."""
CALLER = "+12025550123"  # an example: nobody's number
ANSWERED = ("listening", "ringing", "ended")

Ask = Callable[[Webhook], Answer]


@dataclass(frozen=True, slots=True)
class Step:
    """One webhook of a call, with its form before it was written down."""

    webhook: Webhook
    form: Mapping[str, str]


Call = tuple[Step, ...]


def record(ask: Ask, site: Site, number: str, *, count: int, seed: int) -> list[Call]:
    """Make calls to an access number, and keep what the carrier sent; each call is another one.

    Raises UnfitError at the first reply that no carrier would take.
    """
    random = Random(seed)  # noqa: S311  # the same calls every time, and no secret among them
    return [_one(ask, site, number, random) for _ in range(count)]


def _one(ask: Ask, site: Site, number: str, random: Random) -> Call:
    steps: list[Step] = []

    def send(method: str, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Sent:
        if method == "GET":  # a sound: how the line makes those is another question
            return 200, {"Content-Type": "audio/wav"}, QUIET
        webhook = make_webhook(url, form, headers)
        answer = ask(webhook)
        check_reply(answer)
        steps.append(Step(webhook, dict(form)))
        return answer.status, answer.headers, answer.body

    phone = _phone(send, site, random)
    phone.ring(Setup(number, CALLER, at=MOMENT))
    language = random.choice(LANGUAGES)
    for step in random.choice(WAYS):
        phone.wait_for(lambda view: view.phase in ANSWERED)
        _do(phone, language if step == LANGUAGE else step)
    if len(steps) != WEBHOOKS or phone.all_of("error"):
        raise UnfitError(f"a call went {len(steps)} webhooks far instead of {WEBHOOKS}")
    return tuple(steps)


def _do(phone: Handset, step: str) -> None:
    if step == SILENCE:
        phone.keep_silent()
    else:
        phone.press(step)


def _phone(send: Callable[..., Sent], site: Site, random: Random) -> Handset:
    """A telephone whose carrier draws the names of calls from a seed."""
    base = site.settings.public_base_url
    exchange = Exchange(
        Account(ACCOUNT, site.token),
        Numbers(f"{base}/voice/incoming"),
        lambda prefix: f"{prefix}{random.getrandbits(128):032x}",
    )
    return Handset(OwnTelephone(Switch(exchange, send, MemoryJournal(), lambda: MOMENT)))


def _quiet() -> bytes:
    """A tenth of a second of silence."""
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    return file.getvalue()


QUIET = _quiet()
