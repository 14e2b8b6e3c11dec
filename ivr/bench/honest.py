"""What is checked before anything is measured: a line that answers wrongly has no speed."""

from xml.etree import ElementTree as ET

from ivr.bench.webhooks import Answer, Webhook, Wsgi, ask

OK, REFUSED = 200, 403
ROOT = "Response"


class UnfitError(Exception):
    """What is to be measured does not do what it has to do."""


def check_reply(answer: Answer) -> None:
    """A reply that a carrier can act on: 200, XML that parses, verbs in it. Raises UnfitError."""
    if answer.status != OK:
        raise UnfitError(f"a signed webhook was answered with {answer.status}")
    if not answer.headers.get("Content-Type", "").startswith("text/xml"):
        raise UnfitError("a reply is not declared as XML")
    try:
        root = ET.fromstring(answer.body)  # noqa: S314  # our own applications' replies
    except ET.ParseError:
        raise UnfitError("a reply does not parse") from None
    if root.tag != ROOT or len(root) == 0:
        raise UnfitError("a reply holds no verb")


def check_whole(heard: bytes) -> None:
    """The same of an answer as it crossed the wire. Raises UnfitError."""
    head, _, body = heard.partition(b"\r\n\r\n")
    status, *rows = head.decode("latin-1").split("\r\n")
    headers = dict(row.split(": ", 1) for row in rows)
    if headers.get("Content-Length") != str(len(body)):
        raise UnfitError("a reply is longer or shorter than it says")
    check_reply(Answer(int(status.split()[1]), headers, body))


def check_door(app: Wsgi, webhooks: tuple[Webhook, ...]) -> None:
    """Every webhook gets a good reply, and none that was tampered with. Raises UnfitError."""
    for webhook in webhooks:
        check_reply(ask(app, webhook))
        for tampered in (webhook.forged(), _other_key(webhook)):
            status = ask(app, tampered).status
            if status != REFUSED:
                raise UnfitError(f"a broken signature was answered with {status}")


def _other_key(webhook: Webhook) -> Webhook:
    """The same webhook with more in its form than was signed."""
    return Webhook(webhook.target, webhook.body + b"&More=1", webhook.headers)
