"""How long somebody waits after `ivr up` on an empty folder until a telephone can ring the line."""

import http.client
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from ivr import clock
from ivr.bench.figures import Sample
from ivr.bench.gates import RING
from ivr.bench.honest import check_reply
from ivr.bench.servers import child, listening, wait_for
from ivr.bench.site import bare_environ
from ivr.bench.webhooks import SIGNATURE, Answer
from ivr.commands.demo import FILE
from ivr.voice.signature import sign

TARGET = "/voice/incoming"
WAIT = 5.0
_LINE = re.compile(r"export (\w+)='(.*)'")


def measure(folder: Path, rounds: int) -> Iterator[Sample]:
    """Wall seconds from the command to the first answer, in a new folder each time."""
    for number in range(1, rounds + 1):
        with TemporaryDirectory(prefix="up-", dir=folder) as var:
            yield Sample(RING, "ivr up", number, _once(Path(var)), "s")


def _once(var: Path) -> float:
    with listening() as door:
        port = str(door.getsockname()[1])  # free as soon as this block ends
    began = clock.monotonic()
    environ = {**bare_environ(), "IVR_VAR": str(var)}
    log = var / "up.log"
    with child(["-m", "ivr", "up", "--port", port], environ, log) as process:
        wait_for(lambda: ring(var / FILE) is not None, process, log)
        return clock.monotonic() - began


def ring(kept: Path) -> Answer | None:
    """Ring the line whose settings a file keeps; None where nothing answers yet.

    Raises UnfitError for an answer that no telephone understands.
    """
    settings = dict(_LINE.findall(kept.read_text(encoding="utf-8"))) if kept.exists() else {}
    if not settings:
        return None
    try:
        answer = _post(settings)
    except OSError:
        return None
    check_reply(answer)
    return answer


def _post(settings: Mapping[str, str]) -> Answer:
    base = settings["IVR_PUBLIC_BASE_URL"]
    form = {
        "AccountSid": settings["IVR_REHEARSAL_ACCOUNT_SID"],
        "CallSid": "CA" + "0" * 32,
        "CallStatus": "ringing",
        "From": "+12025550123",  # an example: nobody's number
        "To": "+3220000007",  # an example too
    }
    signature = sign(base, TARGET, list(form.items()), settings["IVR_REHEARSAL_AUTH_TOKEN"])
    headers = {SIGNATURE: signature, "Content-Type": "application/x-www-form-urlencoded"}
    wire = http.client.HTTPConnection(urlsplit(base).netloc, timeout=WAIT)
    try:
        wire.request("POST", TARGET, urlencode(form), headers)
        reply = wire.getresponse()
        return Answer(reply.status, dict(reply.getheaders()), reply.read())
    finally:
        wire.close()
