"""The end of calls, as the carrier tells it afterwards: late, out of order, and sometimes twice."""

from threading import Lock

from ivr.voice.desk import Desk
from ivr.voice.form import FINAL, good_values
from ivr.voice.news import of_status
from ivr.voice.report import report
from ivr.voice.request import Webhook

MOST_REMEMBERED = 10_000


class Ended:
    """The calls whose end was counted, so that none is twice: in memory, and not for long."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        """Begin with none."""
        self._calls: dict[str, None] = {}
        self._most = most
        self._lock = Lock()

    def is_news(self, call: str) -> bool:
        """Whether the end of this call was not told before; afterwards it was."""
        with self._lock:
            if call in self._calls:
                return False
            while len(self._calls) >= self._most:
                del self._calls[next(iter(self._calls))]
            self._calls[call] = None
            return True


def take_status(desk: Desk, ended: Ended, webhook: Webhook) -> None:
    """Count the end of a caller's call. Nothing goes backwards: an earlier state that arrives
    later says nothing, and a leg that we dialled is no caller.
    """
    values, good = good_values(webhook.fields)
    over = good and values.get("CallStatus") in FINAL and "ParentCallSid" not in values
    try:
        if over and ended.is_news(values.get("CallSid", "")):
            desk.tally.ended(webhook.account.carrier, values["CallStatus"])
    except Exception as error:  # the call is over: nobody is helped by an error here
        report(error, "", webhook.account.carrier)


def take_news(desk: Desk, attempt: str, webhook: Webhook) -> None:
    """Keep what a status event says about an attempt to ring her."""
    carrier = webhook.account.carrier
    try:
        news = of_status(attempt, webhook.fields, carrier, desk.line.world(carrier).at)
        if news:
            desk.attempts.take(news)
    except Exception as error:  # the sweeps ask the carrier for what was missed here
        report(error, "", carrier)
