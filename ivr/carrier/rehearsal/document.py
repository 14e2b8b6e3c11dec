"""A TwiML document as checked values: what a leg has been told to do.

The subset is the one that every compatible engine runs; see `grammar` for what is refused.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """Let the carrier's own voice speak `text`, `loop` times."""

    text: str
    voice: str
    language: str
    loop: int


@dataclass(frozen=True, slots=True)
class Play:
    """Play the sound at an absolute URL, `loop` times."""

    url: str
    loop: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Keep silent for `length` seconds."""

    length: int


Sound = Say | Play | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    """Take keys while the sounds inside play, and for `timeout` seconds after them.

    `digits` 0 means any number of keys; `finish` are the keys that end an entry.
    """

    action: str
    method: str
    timeout: int
    finish: str
    digits: int
    on_empty: bool
    sounds: tuple[Sound, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with the document at `url`."""

    url: str
    method: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the leg."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring `to` for `timeout` seconds; with `url`, whoever picks up meets that document first.

    An empty `action` goes on with the next verb. `limit` bounds the talk, in seconds. `told_url` is
    told of `told_events` of the dialled leg; empty: nobody is.
    """

    to: str
    url: str
    url_method: str
    caller_id: str
    timeout: int
    limit: int
    answer_on_bridge: bool
    action: str
    method: str
    told_url: str = ""
    told_method: str = "POST"
    told_events: frozenset[str] = frozenset({"completed"})


Verb = Sound | Gather | Redirect | Hangup | Dial


@dataclass(frozen=True, slots=True)
class Document:
    """One whole reply, in the order of its verbs."""

    verbs: tuple[Verb, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        """Every sound that must be fetched before the document may run, each once."""
        found: dict[str, None] = {}
        for verb in self.verbs:
            for sound in verb.sounds if isinstance(verb, Gather) else (verb,):
                if isinstance(sound, Play):
                    found[sound.url] = None
        return tuple(found)
