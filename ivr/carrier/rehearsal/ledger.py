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


def outlived(entries: Iterable[Entry], before: datetime) -> frozenset[str]:
    """The calls of which nothing is needed any more: deleted as the account asked, or in a family
    of which nothing was heard since `before` and nobody is on the telephone.
    """
    ledger, families, last = Ledger(), dict[str, str](), dict[str, str]()
    deleted = set[str]()
    for entry in entries:
        ledger.read([entry])
        family = families.setdefault(entry["call"], entry["family"])
        last[family] = entry["at"]
        if entry["what"] == "deleted":
            deleted.add(entry["call"])
    needed = {family for family, at in last.items() if datetime.fromisoformat(at) >= before}
    for sid, record in ledger.records.items():
        if Status(record["status"]) in LIVE:
            needed.add(families[sid])
    gone = deleted - ledger.records.keys()
    return frozenset(c for c, family in families.items() if c in gone or family not in needed)


def _start(record: Record) -> datetime:
    return datetime.fromisoformat(record["started"] or record["created"])
