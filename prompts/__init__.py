"""What is said: the menu, the languages and the words, as plain values that need nothing else."""

from prompts.catalogue import Catalogue, load_catalogue
from prompts.language import Language, Tier, load_languages
from prompts.menu import Menu, Node, NodeKind, Option, load_menu
from prompts.phrase import Chosen, Cost, Digits, Open, Phrase, Places, Words
from prompts.recording import Origin, Recording
from prompts.text import Text, TextState, text_digest

__all__ = [
    "Catalogue",
    "Chosen",
    "Cost",
    "Digits",
    "Language",
    "Menu",
    "Node",
    "NodeKind",
    "Open",
    "Option",
    "Origin",
    "Phrase",
    "Places",
    "Recording",
    "Text",
    "TextState",
    "Tier",
    "Words",
    "load_catalogue",
    "load_languages",
    "load_menu",
    "text_digest",
]
