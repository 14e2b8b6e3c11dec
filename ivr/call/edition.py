"""The edition: what the line says at one time, composed with what the recordings measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ivr.call.needs import needed
from prompts import Catalogue, Language, Menu, Recording, TextState, Tier


@dataclass(frozen=True)
class Edition:
    """Menu, words, recordings and languages together: immutable and numbered.

    `recordings` is by language and prompt key. `digest` names the content, so that two machines
    can tell that they mean the same.
    """

    number: int
    digest: str
    menu: Menu
    languages: tuple[Language, ...]
    catalogue: Catalogue
    recordings: Mapping[str, Mapping[str, Recording]]

    @cached_property
    def by_code(self) -> dict[str, Language]:
        """Every language by its code."""
        return {language.code: language for language in self.languages}

    @cached_property
    def needs(self) -> dict[Tier, tuple[str, ...]]:
        """What a language must be able to speak, by tier."""
        return {tier: needed(self.menu, tier) for tier in Tier}

    @cached_property
    def _offered(self) -> dict[bool, tuple[Language, ...]]:
        return {
            rehearsal: tuple(one for one in self.languages if not self.unspeakable(one, rehearsal))
            for rehearsal in (False, True)
        }

    def offered(self, *, rehearsal: bool) -> tuple[Language, ...]:
        """The languages whose whole tree is speakable: no caller is led into a gap."""
        return self._offered[rehearsal]

    def unspeakable(self, language: Language, rehearsal: bool) -> tuple[str, ...]:
        """What a language still lacks before it can be offered."""
        return tuple(
            key
            for key in self.needs[language.tier]
            if not self.speakable(key, language.code, rehearsal=rehearsal)
        )

    def speakable(self, prompt: str, language: str, *, rehearsal: bool) -> bool:
        """Whether a prompt can be spoken in a language: approved, and recorded or voiced.

        The rehearsal telephone plays texts that nobody has approved yet; real callers never
        hear them.
        """
        text = self.catalogue.texts.get(language, {}).get(prompt)
        if text is None or text.state is TextState.MISSING:
            return False
        if text.state is not TextState.APPROVED and not rehearsal:
            return False
        own = self.by_code.get(language)
        return self.recording(prompt, language) is not None or bool(own and own.voice)

    def recording(self, prompt: str, language: str) -> Recording | None:
        """The recording of a prompt in a language, if there is one."""
        return self.recordings.get(language, {}).get(prompt)
