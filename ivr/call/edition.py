"""The edition: what the line says at one time, composed with what the recordings measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from prompts import Catalogue, Language, Menu, Recording, TextState


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
        return self.recording(prompt, language) is not None or bool(self.by_code[language].voice)

    def recording(self, prompt: str, language: str) -> Recording | None:
        """The recording of a prompt in a language, if there is one."""
        return self.recordings.get(language, {}).get(prompt)
