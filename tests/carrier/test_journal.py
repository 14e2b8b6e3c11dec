"""The journal: durable before anything is sent, whole after a kill, the source of every record."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ivr.carrier.rehearsal.exchange import Exchange, Setup
from ivr.carrier.rehearsal.journal import FileJournal, MemoryJournal, read_journal
from ivr.carrier.rehearsal.ledger import Ledger
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from tests.carrier.standin import (
    ACCESS,
    ACCOUNT,
    CALLER,
    NOON,
    NUMBERS,
    Standin,
    gather,
    play,
    rings,
)

ENTRY = {"n": 1, "at": "2026-03-04T12:00:00+00:00", "call": "CA1", "what": "pressed", "key": "é"}


def test_what_was_written_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "journal.jsonl"
    with FileJournal(path) as journal:
        journal.write([ENTRY, {**ENTRY, "n": 2}])
        journal.write([])
    assert [entry["n"] for entry in read_journal(path)] == [1, 2]
    assert next(read_journal(path)) == ENTRY


def test_no_file_is_an_empty_journal(tmp_path: Path) -> None:
    assert not list(read_journal(tmp_path / "none.jsonl"))


def test_half_a_line_is_cut_off_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    whole = json.dumps(ENTRY).encode() + b"\n"
    path.write_bytes(whole + b'{"n": 2, "at": "20')
    assert [entry["n"] for entry in read_journal(path)] == [1]
    with FileJournal(path) as journal:
        journal.write([{**ENTRY, "n": 2}])
    assert [entry["n"] for entry in read_journal(path)] == [1, 2]


def test_two_carriers_never_write_one_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with FileJournal(path), pytest.raises(BlockingIOError):
        FileJournal(path)
    FileJournal(path).close()


def test_every_write_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    seen: list[int] = []
    path = tmp_path / "journal.jsonl"

    def sync(number: int) -> None:
        os.fsync(number)
        seen.append(path.stat().st_size)

    with FileJournal(path, sync) as journal:
        journal.write([ENTRY])
        journal.write([])
        journal.write([ENTRY, ENTRY])
    size = len(json.dumps(ENTRY, ensure_ascii=False).encode()) + 1
    assert seen == [size, 3 * size]


def test_nothing_is_sent_before_it_is_written_down() -> None:
    """Every request is in the journal at the moment in which the line is asked."""
    journal = MemoryJournal()
    line = Standin({"/voice": gather(play(1)), "/next": "<Hangup/>"})
    missing: list[str] = []

    def send(method: str, url: str, form: object, headers: object) -> object:
        written = {entry.get("url") for entry in journal.entries}
        if method == "POST" and url not in written:
            missing.append(url)
        return line.send(method, url, form, headers)

    own = Switch(Exchange(ACCOUNT, NUMBERS, new_name), send, journal, line.clock)
    telephone = OwnTelephone(own)
    view = telephone.ring(Setup(ACCESS, CALLER))
    telephone.press(view.call, "1")
    assert not missing
    assert len(line.asked) == 4


def test_a_whole_call_is_in_the_journal_leg_key_dial_and_time() -> None:
    phone, line = rings(
        gather(play(1)),
        others={"/next": '<Dial callerId="+12025550100"><Number>+12025550177</Number></Dial>'},
    )
    phone.press("1")
    phone.wait_for(lambda view: view.phase == "talking")
    phone.hang_up()
    entries = phone.telephone.switch.journal.entries
    told = {entry["what"] for entry in entries}
    assert told >= {"call", "document", "reply", "fetched", "heard", "pressed", "dialled",
                    "answered", "bridged", "ended", "notice"}  # fmt: skip
    assert [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry["at"] and entry["moment"] and entry["call"] for entry in entries)
    assert len({entry["call"] for entry in entries}) == 2
    assert line.asked


def test_the_ledger_knows_what_the_journal_holds_and_nothing_deleted() -> None:
    phone, _ = rings("<Hangup/>")
    entries = phone.telephone.switch.journal.entries
    ledger = Ledger(entries)
    assert ledger.records[phone.now.call]["status"] == "completed"
    deleted = {**entries[-1], "n": ledger.last + 1, "what": "deleted", "call": phone.now.call}
    ledger.read([deleted])
    assert not ledger.records
    assert ledger.last == deleted["n"]


def test_a_carrier_that_starts_again_ends_what_was_going_on_and_counts_on() -> None:
    line = Standin({"/voice": gather(play(1))})
    journal = MemoryJournal()
    own = Switch(Exchange(ACCOUNT, NUMBERS, new_name), line.send, journal, line.clock)
    call = OwnTelephone(own).ring(Setup(ACCESS, CALLER)).call
    rung = own.act(lambda exchange, at: exchange.ring(Setup(ACCESS, CALLER), at))
    last = journal.entries[-1]["n"]
    line.clock.go(5)
    past = list(journal.entries)
    again = Switch(Exchange(ACCOUNT, NUMBERS, new_name), line.send, journal, line.clock, past)
    assert again.ledger.records[call]["status"] == "completed"
    assert again.ledger.records[rung]["status"] == "failed"
    assert journal.entries[-1]["n"] == last + 2
    assert {entry["reason"] for entry in journal.entries[last:]} == {"the carrier restarted"}
    third = Switch(Exchange(ACCOUNT, NUMBERS, new_name), line.send, journal, line.clock,
                   journal.entries)  # fmt: skip
    assert third.ledger.last == last + 2, "nothing is broken off twice"


def test_records_are_found_by_what_they_are_and_when_they_began() -> None:
    ledger = Ledger()
    for number, (to, hour) in enumerate([("+1", "10"), ("+2", "11"), ("+1", "12")], 1):
        record = {"sid": f"CA{number}", "to": to, "from": "+9", "status": "completed", "parent": "",
                  "started": "", "created": f"2026-03-04T{hour}:00:00+00:00"}  # fmt: skip
        ledger.read([{"n": number, "call": f"CA{number}", "what": "call", "record": record}])
    assert [one["sid"] for one in ledger.find({"to": "+1"})] == ["CA3", "CA1"]
    assert [one["sid"] for one in ledger.find({}, since=NOON)] == ["CA3"]
    assert [one["sid"] for one in ledger.find({"to": ""}, until=NOON)] == ["CA3", "CA2", "CA1"]
    assert not ledger.find({"from": "+8"})


CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ivr.carrier.rehearsal.exchange import Exchange, Setup
from ivr.carrier.rehearsal.journal import FileJournal, read_journal
from ivr.carrier.rehearsal.switch import Switch, new_name
from ivr.carrier.rehearsal.telephone import OwnTelephone
from tests.carrier.standin import ACCESS, ACCOUNT, CALLER, NUMBERS, Standin, gather, play

path = Path(sys.argv[1])
line = Standin({"/voice": gather(play(1)), "/next": gather(play(1), action="/next")})
own = Switch(Exchange(ACCOUNT, NUMBERS, new_name), line.send, FileJournal(path),
             lambda: datetime.now(UTC), list(read_journal(path)))
telephone = OwnTelephone(own)
while True:
    view = telephone.ring(Setup(ACCESS, CALLER))
    for key in "1234":
        telephone.press(view.call, key)
        print(view.call, key, flush=True)
    telephone.hang_up(view.call)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.5])
def test_a_carrier_that_is_killed_loses_nothing_that_it_had_told(
    tmp_path: Path, seconds: float
) -> None:
    path = tmp_path / "journal.jsonl"
    command = [sys.executable, "-c", CHILD, str(path)]
    house = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=house) as process:
        assert process.stdout is not None
        told = [process.stdout.readline()]
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().splitlines()
    whole = [line.split() for line in told if len(line.split()) == 2 and len(line.split()[0]) == 34]
    entries = list(read_journal(path))
    pressed = {(entry["call"], entry["key"]) for entry in entries if entry["what"] == "pressed"}
    assert {(call, key) for call, key in whole} <= pressed
    assert [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))
    FileJournal(path).close()
    ledger = Ledger(read_journal(path))
    assert set(ledger.records) >= {call for call, _ in whole}
