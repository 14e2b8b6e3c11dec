"""Every call's record as the account sees it, built from the journal's entries alone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ivr.carrier.rehearsal.legs import LIVE, Entry, Status

Record = dict[str, Any]


class Ledger:
    """All records by SID, newest last, without those that the account had deleted."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Begin with what a journal holds."""
        self.records: dict[str, Record] = {}
        self.last = 0
        self.read(entries)

    def read(self, entries: Iterable[Entry]) -> None:
        """Take in more entries."""
        for entry in entries:
            self.last = max(self.last, entry["n"])
            if entry["what"] == "call":
                self.records[entry["call"]] = entry["record"]
            elif entry["what"] == "deleted":
                self.records.pop(entry["call"], None)

    def broken_off(self) -> Iterator[Record]:
        """The records of calls that were going on when the process stopped, as they are now."""
        for record in list(self.records.values()):
            if Status(record["status"]) in LIVE:
                talking = record["status"] == Status.IN_PROGRESS
                status = Status.COMPLETED if talking else Status.FAILED
                yield {**record, "status": status.value, "ended": record["updated"]}

    def find(
        self,
        wanted: Mapping[str, str],
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[Record]:
        """Records with the wanted fields (empty: any) that started from `since` to `until`, the
        newest first. A call that nobody answered started when it was made.
        """
        return [
            record
            for record in reversed(list(self.records.values()))
            if all(not value or record[name] == value for name, value in wanted.items())
            and (since is None or _start(record) >= since)
            and (until is None or _start(record) <= until)
        ]


def _start(record: Record) -> datetime:
    return datetime.fromisoformat(record["started"] or record["created"])
