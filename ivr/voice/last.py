"""The last words: documents made when the door opens, for when nothing else works any more."""

from ivr.call.breaking import NATIONAL
from ivr.call.world import World
from ivr.voice.clips import Quiet, Sound, Voiced
from ivr.voice.document import Document
from ivr.voice.twiml import farewell
from prompts import Language, TextState

PROMPT = "error.number"


def last_words(world: World) -> Document:
    """For a caller: in every language that the carrier has a voice for, the number to ring herself.

    The carrier's own voices, for they need nothing more from us.
    """
    spoken: list[Sound] = []
    for language in world.edition.languages:
        spoken.extend(_words(world, language))
    return farewell(spoken)


def _words(world: World, language: Language) -> list[Sound]:
    text = world.edition.catalogue.texts.get(language.code, {}).get(PROMPT)
    centre = world.directory.by_id.get(NATIONAL)
    if not (text and centre and language.voice and text.state is TextState.APPROVED):
        return []
    number = ", ".join(" ".join(group) for group in centre.said.split())
    words = f"{text.words} {number}. {number}."
    return [Voiced(words, language.voice, language.tag), Quiet(1)]
