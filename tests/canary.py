"""A number, a code and a note that go through a whole callback, and how they are searched for."""

import base64
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

NUMBER = "+491713920088"
"""An example: the German regulator keeps +49 171 39200xx for films, so it is nobody's."""
TAIL = "713920088"
"""What stands in every way of writing it."""
CODE = "8642"
NOTE = "the heron waits beside the blue gate"
GROUPED = re.compile(rb"[ ./()-]{0,2}".join(bytes([digit]) for digit in TAIL.encode()))
CODED = re.compile(rf"(?<![0-9A-Za-z]){CODE}(?![0-9A-Za-z])")
ENCODED = [
    TAIL.encode().hex().encode(),
    TAIL.encode("utf-16-le"),
    NOTE.encode().hex().encode(),
    NOTE.encode("utf-16-le"),
    NOTE.encode(),
]


def _inner(text: str) -> Iterator[bytes]:
    """What base64 makes of it, wherever it begins in what is encoded."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + text.encode())
        yield whole[4 if before else 0 : -4]


PATTERNS = [*ENCODED, *_inner(TAIL), *_inner(NOTE)]


def found(content: bytes) -> bool:
    """Whether the number, in whatever groups or encoding, or the note is there."""
    return bool(GROUPED.search(content)) or any(one in content for one in PATTERNS)


def in_files(folder: Path, *, but: tuple[Path, ...] = ()) -> list[str]:
    """The files under a folder in which it is."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and one not in but]
    return [str(one.relative_to(folder)) for one in files if found(_content(one))]


def _content(file: Path) -> bytes:
    """What is in a file; nothing where its server has done away with it since it was listed."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def in_rows(rows: Mapping[str, list[str]]) -> list[str]:
    """The tables whose rows show it; of four digits, those that stand alone in a text."""
    return [
        table
        for table, shown in rows.items()
        if any(found(row.encode()) or f"'{CODE}'" in row or f"'{NOTE}'" in row for row in shown)
    ]


def in_log(written: bytes) -> list[str]:
    """The lines of a log in which it is; of four digits, those that are a field, or in its text."""
    lines = [line for line in written.decode(errors="replace").splitlines() if line]
    return [line for line in lines if found(line.encode()) or _has_code(line)]


def _has_code(line: str) -> bool:
    try:
        fields = json.loads(line)
    except ValueError:
        return bool(CODED.search(line))
    fields.pop("at", None)
    return any(CODED.search(str(value)) for value in fields.values())


class Log(io.BytesIO):
    """What was logged; it is never closed, for what logs late logs here."""

    def close(self) -> None:
        """Stay open."""
