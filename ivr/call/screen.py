"""What is heard at a node: its words, its options and keys, as one sequence with its pauses.

The spoken menu is made from the same table of options that the keys are read from, so that the
two cannot drift apart.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from ivr.call.actions import Gap, Piece, Pieces, Spoken
from ivr.call.chosen import say
from ivr.call.kept import screens_of
from ivr.call.legs import Inbound
from ivr.call.world import World
from prompts import Chosen, Cost, Digits, Node, NodeKind, Open, Option, Phrase, Places, Tier, Words
from routing.choice import choose, listed
from routing.directory import AccessNumber, Centre
from routing.hours import say_hours
from routing.numbers import say_digits

START = Gap(0.4)
OPTION = Gap(0.6)
LABEL = Gap(0.15)
DIGIT = Gap(0.12)
GROUP = Gap(0.35)
SENTENCE = Gap(0.3)
BRIEF_OPTION = Gap(0.6)
BRIEF_LABEL = Gap(0.08)
WORD = Gap(0.1)
MOST_PLACES = 3
TAIL = {"0": "menu.person", "9": "menu.back", "*": "menu.again"}


def access_of(world: World, call: Inbound) -> AccessNumber:
    """The number of ours that was dialled; an unknown one is taken for an ordinary line."""
    return world.directory.by_number.get(call.access) or AccessNumber(call.access)


def language_of(world: World, call: Inbound) -> str:
    """The caller's language; until she has chosen, the one that the access number speaks."""
    wanted = call.language or access_of(world, call).language
    return wanted if wanted in world.edition.by_code else world.edition.languages[0].code


def is_lifeboat(world: World, call: Inbound) -> bool:
    """Whether the caller's language has the short tree only."""
    return world.edition.by_code[language_of(world, call)].tier is Tier.LIFEBOAT


def options(world: World, call: Inbound, node: Node) -> tuple[Option, ...]:
    """The options of a node that exist in the caller's language."""
    if node.kind is NodeKind.TOPIC:
        following_one = Option("1", "menu.next", following(world, call, node))
        return (following_one, Option("3", "menu.callback", "callback"))
    if is_lifeboat(world, call):
        return tuple(option for option in node.options if option.lifeboat)
    return node.options


def following(world: World, call: Inbound, node: Node) -> str:
    """The next recording of the same menu, in the caller's tier; after the last, the menu."""
    menu = world.edition.menu
    parent = menu.nodes[menu.parents.get(node.name, "main")]
    topics = [
        option.to
        for option in options(world, call, parent)
        if menu.nodes[option.to].kind is NodeKind.TOPIC
    ]
    later = topics[topics.index(node.name) + 1 :] if node.name in topics else []
    return later[0] if later else parent.name


def compose(world: World, call: Inbound, node: Node, *, brief: bool = False) -> Pieces:
    """Everything that is heard at a node. `brief` leaves out what a recording has just told."""
    screens = screens_of(world)
    if not screens.are_steady(node):
        return compose_anew(world, call, node, brief=brief)
    number = call.access if call.access in world.directory.by_number else ""
    told = node.name in call.told
    language = language_of(world, call)
    key = (node.name, language, number, brief, told, call.page, world.rehearsal)
    pieces = screens.find(key)
    return pieces or screens.keep(key, compose_anew(world, call, node, brief=brief))


def compose_anew(world: World, call: Inbound, node: Node, *, brief: bool) -> Pieces:
    """The same without looking whether it was composed before."""
    if node.kind is NodeKind.LANGUAGES:
        return language_page(world, call, greet=not brief)
    language = language_of(world, call)
    said = () if brief and node.kind is NodeKind.TOPIC else phrases(world, call, node.say)
    told = node.name in call.told or brief
    once = () if told else phrases(world, call, node.once)
    options_said = tuple(_options(world, call, node, language))
    return (START, *said, *(options_said if said else options_said[1:]), *_paused(once))


def language_page(world: World, call: Inbound, *, greet: bool) -> Pieces:
    """One page of languages: each one's own name in its own voice, then its digit."""
    access = access_of(world, call)
    pieces: list[Piece] = [START]
    if greet:
        pieces += (Spoken(access.hello, access.language), SENTENCE)
    for one in world.edition.offered(rehearsal=world.rehearsal):
        if one.page == call.page:
            name = Spoken("language.name", one.code)
            pieces += (name, BRIEF_LABEL, Spoken(f"digit.{one.key}", one.code), BRIEF_OPTION)
    return tuple(pieces)


def _paused(once: Pieces) -> Pieces:
    return (OPTION, *once) if once else ()


def _options(world: World, call: Inbound, node: Node, language: str) -> Iterator[Piece]:
    spoken_key = "digit" if node.brief else "key"
    between, before = (BRIEF_OPTION, BRIEF_LABEL) if node.brief else (OPTION, LABEL)
    rows = [(option.label, option.key) for option in options(world, call, node)]
    rows += [(TAIL[key], key) for key in tail(node)]
    for label, key in rows:
        yield between
        yield Spoken(label, language)
        yield before
        yield Spoken(f"{spoken_key}.{'star' if key == '*' else key}", language)


def tail(node: Node) -> tuple[str, ...]:
    """The reserved keys that are spoken after the options."""
    return ("*", *node.tail) if node.kind is NodeKind.TOPIC else node.tail


def phrases(world: World, call: Inbound, said: Iterable[Phrase]) -> Pieces:
    """Phrases as pieces, in the caller's language unless a phrase names another."""
    pieces: list[Piece] = []
    for phrase in said:
        if isinstance(phrase, Chosen) and pieces:
            pieces[-1] = LABEL  # it belongs to the words before it
        pieces.extend(_phrase(world, call, phrase))
        pieces.append(SENTENCE)
    return tuple(pieces)


def _phrase(world: World, call: Inbound, phrase: Phrase) -> Iterable[Piece]:
    language = language_of(world, call)
    match phrase:
        case Words(prompt, named):
            return (Spoken(prompt, named or language),)
        case Cost():
            return (Spoken(f"cost.{access_of(world, call).cost}", language),)
        case Digits(place):
            return digits(world.directory.by_id.get(place), language)
        case Open(place):
            return opening(world.directory.by_id.get(place), language)
        case Places(need):
            return places(world, call, need)
        case Chosen(what):
            return say(world, call, what, language)
        case _:
            assert_never(phrase)


def digits(centre: Centre | None, language: str) -> Iterator[Piece]:
    """A centre's number as people say it: digit by digit, with a longer pause between groups."""
    for place, group in enumerate(say_digits(centre.said) if centre else ()):
        if place:
            yield GROUP
        for number, key in enumerate(group):
            if number:
                yield DIGIT
            yield Spoken(key, language)


def opening(centre: Centre | None, language: str) -> Iterator[Piece]:
    """A centre's hours, composed from the same rows that decide whether it is open."""
    keys = say_hours(centre.hours) if centre else ()
    for number, key in enumerate(keys):
        if number:
            yield WORD
        yield Spoken(key, language)


def places(world: World, call: Inbound, need: str) -> Iterator[Piece]:
    """The centres that meet a need and are open now, each with its number spoken twice.

    A name that this language cannot speak (the short tree has none) is left out.
    """
    language = language_of(world, call)
    found = listed(world.directory, call.need or need, language, world.at)
    if need == "open":
        found = others(world, call, found)
    for number, centre in enumerate(found):
        if number:
            yield OPTION
        if world.edition.speakable(centre.prompt, language, rehearsal=world.rehearsal):
            yield Spoken(centre.prompt, language)
            yield LABEL
        yield from announced(centre, language)


def others(world: World, call: Inbound, found: tuple[Centre, ...]) -> tuple[Centre, ...]:
    """Whom she can ring herself when nobody answered: first those that the line could not ring,
    then those that it did not ring, last those that did not answer; none of another region, if
    there are any others.
    """
    route = choose(
        world.directory,
        need=call.need,
        region=call.region,
        language=language_of(world, call),
        carrier=world.carrier,
        at=world.at,
    )
    near = [stop.centre for stop in route.announce]
    near += [one for one in found if call.region in ("", *one.regions) or not one.regions]
    near = near or list(found)
    near.sort(key=lambda one: one.id in call.tried)
    return tuple({one.id: one for one in near}.values())[:MOST_PLACES]


def announced(centre: Centre, language: str) -> Iterator[Piece]:
    """A number that she can dial herself: slowly, twice."""
    yield Spoken("announce.dial", language)
    yield LABEL
    yield from digits(centre, language)
    yield OPTION
    yield Spoken("announce.repeat", language)
    yield LABEL
    yield from digits(centre, language)
