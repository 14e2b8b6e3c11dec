"""A rendered document with openings, into which each call's own addresses are put."""

import re
from dataclasses import dataclass

MOST_BYTES = 64 * 1024
# U+FFFE is no character of XML, and is cleaned from every text: nothing else can stand for these.
NEXT = "\ufffen\ufffe"
CHILD = "\ufffec\ufffe"
TOLD = "\ufffet\ufffe"
_OPENING = re.compile(f"({NEXT}|{CHILD}|{TOLD})")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered document: its text, cut where addresses belong."""

    parts: tuple[str, ...]

    def fill(self, following: str = "", child: str = "", told: str = "") -> bytes:
        """The document of one call. `following` is where its next webhook goes, `child` where the
        leg that it dials asks, `told` where that leg's progress is told. Raises ValueError over
        64 KB, which carriers refuse.
        """
        put = {NEXT: following, CHILD: child, TOLD: told}
        filled = "".join([put.get(part, part) for part in self.parts]).encode()
        if len(filled) > MOST_BYTES:
            raise ValueError("a document of too many bytes")
        return filled


def cut(text: str) -> Document:
    """A document from its text, with NEXT, CHILD and TOLD where addresses belong."""
    return Document(tuple(_OPENING.split(text)))


def clean(text: str) -> str:
    """The text without what XML 1.0 cannot hold: control characters, lone surrogates."""
    return _NOT_XML.sub(" ", text)
