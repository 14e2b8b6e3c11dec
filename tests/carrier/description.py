"""Twilio's REST API as its own public description has it, served on this machine by Prism.

Prism answers with the description's examples, and refuses with 422 what breaks the description;
that some of the examples break it themselves is Twilio's affair. It is given only the addresses
that the line uses, which takes half the time. Names that are not described, as one with a slip, it
lets pass in silence, so the names of all that is sent are looked at here.
"""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from ivr.carrier.twilio import make_client
from tests.carrier.standin import SID, TOKEN

NODE = Path(__file__).parents[1] / "node/node_modules"
DESCRIPTION = NODE / "@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json"
PRISM = NODE / "@stoplight/prism-cli/dist/index.js"
ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
CALLS, CALL = f"{ACCOUNT}/Calls.json", f"{ACCOUNT}/Calls/{{Sid}}.json"
NUMBERS = f"{ACCOUNT}/IncomingPhoneNumbers.json"
EXAMPLE = "CA" + "a" * 32
"""The call that the description's examples speak of."""
LONGEST_START = 60.0
LISTENING = re.compile(r"listening on (http://\S+)")


@cache
def described() -> dict[str, Any]:
    """The description, cut to what the line asks for. How lists stand in a form, which is OpenAPI's
    default anyway, has to be said to Prism; and the examples' next page is none that it would give.
    """
    assert DESCRIPTION.is_file(), "npm ci --prefix tests/node installs the description"
    whole: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    whole["paths"] = {path: whole["paths"][path] for path in (CALLS, CALL, NUMBERS)}
    for form in whole["paths"][CALLS]["post"]["requestBody"]["content"].values():
        fields = form["schema"]["properties"].items()
        lists = [name for name, field in fields if field.get("type") == "array"]
        form["encoding"] = {name: {"style": "form", "explode": True} for name in lists}
    for path in (CALLS, NUMBERS):
        examples = whole["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        for example in examples["examples"].values():
            example["value"]["next_page_uri"] = None
    return whole


@contextmanager
def prism(folder: Path) -> Iterator[str]:
    """Serve the description on a free port; the address."""
    given, log = folder / "description.json", folder / "prism.log"
    given.write_text(json.dumps(described()), encoding="utf-8")
    command = ["node", str(PRISM), "mock", "-h", "127.0.0.1", "-p", "0", str(given)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        yield _address(server, log)
    finally:
        server.kill()
        server.wait()


def _address(server: "subprocess.Popen[bytes]", log: Path) -> str:
    begun = time.monotonic()
    while server.poll() is None and time.monotonic() - begun < LONGEST_START:
        found = LISTENING.search(log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))


class Towards:
    """The HTTP client of a Twilio client, with all that it asks sent to another address, seen."""

    def __init__(self, client: Any, address: str) -> None:
        self.own, self.address = client.http_client, address
        self.sent: list[str] = []
        self.answers: list[int] = []
        adapter = self.own.session.get_adapter("https://api.twilio.com")
        self.own.session.mount("http://", adapter)  # with its retries, or rather without any
        client.http_client = self

    def request(self, method: str, url: str, **more: Any) -> Any:
        path = "/" + url.partition("//")[2].partition("/")[2]
        self.sent.append(f"{method} {path.rpartition('/')[2]}")
        _are_described(method, path, {*(more.get("params") or {}), *(more.get("data") or {})})
        reply = self.own.request(method, self.address + path, **more)
        self.answers.append(reply.status_code)
        assert '["request"' not in reply.headers.get("sl-violations", "")
        return reply


def _are_described(method: str, path: str, names: set[str]) -> None:
    kind = NUMBERS if "IncomingPhoneNumbers" in path else CALL if "/Calls/" in path else CALLS
    operation = described()["paths"][kind][method.lower()]
    known = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
    for form in operation.get("requestBody", {"content": {}})["content"].values():
        known |= form["schema"]["properties"].keys()
    assert names <= known, f"not described: {sorted(names - known)}"


def client_towards(address: str) -> tuple[Any, Towards]:
    """Our own client, as real calls use it, that asks there."""
    client = make_client(SID, TOKEN, "ie1", "dublin")
    return client, Towards(client, address)
