"""A voice is data: which timbre speaks a language, how fast, and how its difficult words are said
(audio/voices.toml).
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

_MARKS = tuple(".,:;?!")
VOICES = Path(__file__).parent.parent / "voices.toml"


@dataclass(frozen=True)
class Special:
    """What one prompt, or those of one kind, need that the rest of the language does not."""

    speed: float | None = None
    lead: str | None = None
    ending: str | None = None
    say: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Voice:
    """How one language is spoken by the engines; what an engine does not know it ignores.

    `timbre` and `prosody` blend Kokoro's voices; `ties` keeps its own signs for double sounds;
    `lead` are sounds spoken before every sentence and cut off again; `ending` is the mark put after
    words without one; `changes` mend the sounds, and `words` replace those of single words.
    """

    language: str
    espeak: str
    timbre: Mapping[str, float] = field(default_factory=dict)
    prosody: Mapping[str, float] = field(default_factory=dict)
    speed: float = 1.0
    ties: bool = False
    lead: str = ""
    ending: str = ""
    changes: tuple[tuple[re.Pattern[str], str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, Special] = field(default_factory=dict)
    piper: str | None = None

    def said(self, key: str, text: str) -> tuple[str, "Voice"]:
        """The words to give to the engine for this prompt, and the voice with what they need."""
        special = self._special(key)
        spoken = special.say or text
        ending = self.ending if special.ending is None else special.ending
        spoken += "" if spoken[-1:] in _MARKS else ending
        lead = self.lead if special.lead is None else special.lead
        known = {**self.words, **special.words}
        words = {word: sound for word, sound in known.items() if _in(word, spoken)}
        speed = special.speed or self.speed
        return spoken, replace(self, speed=speed, lead=lead, words=words, keys={}, ending="")

    def _special(self, key: str) -> Special:
        """The settings under exactly this key, or under the first pattern it fits (`digit.*`)."""
        fitting = (special for pattern, special in self.keys.items() if fnmatchcase(key, pattern))
        return self.keys.get(key) or next(fitting, Special())

    def fingerprint(self, engine: str, spoken: str) -> str:
        """Sixteen hex digits that change when the engine would now say these words otherwise."""
        changes = [(change.pattern, into) for change, into in self.changes]
        tables = [sorted(table.items()) for table in (self.timbre, self.prosody, self.words)]
        settings = (
            engine,
            spoken,
            self.espeak,
            self.speed,
            self.ties,
            self.lead,
            self.piper,
            changes,
            tables,
        )
        return hashlib.sha256(repr(settings).encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """A name for the manifest: which timbres were blended."""
        return "+".join(sorted(self.timbre)) or self.piper or self.espeak


def _in(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def _voice(language: str, table: Mapping[str, Any]) -> Voice:
    return Voice(
        language=language,
        espeak=table["espeak"],
        timbre=table.get("timbre", {}),
        prosody=table.get("prosody", {}),
        speed=table.get("speed", 1.0),
        ties=table.get("ties", False),
        lead=table.get("lead", ""),
        ending=table.get("ending", ""),
        changes=tuple((re.compile(old), new) for old, new in table.get("changes", [])),
        words=table.get("words", {}),
        keys={key: Special(**special) for key, special in table.get("keys", {}).items()},
        piper=table.get("piper"),
    )


def load_voices(path: Path = VOICES) -> dict[str, Voice]:
    """The voice of every language in a settings file. Raises KeyError or TypeError when a table is
    not of the form.
    """
    return {
        language: _voice(language, table)
        for language, table in tomllib.loads(path.read_text("utf-8")).items()
    }
