"""Rules about length, from the recordings themselves; all figures in seconds."""

from collections.abc import Iterator, Sequence

from ivr.call.actions import Gap, Listen, Piece, Spoken
from ivr.call.legs import Inbound, Screening
from ivr.call.needs import nodes_of
from ivr.call.proof.finding import Finding
from ivr.call.proof.handset import DANGER
from ivr.call.screen import BRIEF_LABEL, compose, options
from ivr.call.screening import ask
from ivr.call.world import World
from prompts import Language, NodeKind

SLOWER = 0.85
WORDS_A_SECOND = 2.2
LONGEST_RECORDING = 45.0
LONGEST_OPTIONS = 25.0
LONGEST_NAME = 1.5
DANGER_WITHIN = 4.0
LONGEST_REGION = 6.0
LONGEST_SCREENING = 6.0
FIRST_NUMBER_WITHIN = 3.0


def seconds(world: World, pieces: Sequence[Piece], *, clear: bool = False) -> float:
    """How long a sequence lasts; what a carrier's voice speaks is estimated from its words."""
    spoken = sum(_piece(world, piece) for piece in pieces)
    return spoken / SLOWER if clear else spoken


def _piece(world: World, piece: Piece) -> float:
    if isinstance(piece, Gap):
        return piece.seconds
    recording = world.edition.recording(piece.prompt, piece.language)
    if recording:
        return recording.seconds
    text = world.edition.catalogue.texts.get(piece.language, {}).get(piece.prompt)
    return len(text.words.split()) / WORDS_A_SECOND if text else 0.0


def sound(world: World) -> Iterator[Finding]:
    """Everything that lasts too long, by language."""
    for code, recordings in world.edition.recordings.items():
        for key, recording in recordings.items():
            where = f"{code}, prompt {key}"
            yield from _limit(
                "a recording lasts at most 45 s", where, code, recording.seconds, LONGEST_RECORDING
            )
    for language in world.edition.offered(rehearsal=world.rehearsal):
        yield from _language(world, language)


def _limit(rule: str, where: str, code: str, found: float, most: float) -> Iterator[Finding]:
    if found > most:
        yield Finding(rule, where, f"It lasts {found:.2f} s.", f"At most {most:g} s.", code)


def _language(world: World, language: Language) -> Iterator[Finding]:
    code = language.code
    name = (Spoken("language.name", code), BRIEF_LABEL, Spoken(f"digit.{language.key}", code))
    took = seconds(world, name)
    yield from _limit("a language is named in 1.5 s", f"language {code}", code, took, LONGEST_NAME)
    call = Inbound("", world.edition.number, 0, code)
    for node in nodes_of(world.edition.menu, language.tier):
        if node.kind is NodeKind.MENU and node.options:
            heard = seconds(world, option_pieces(world, call, node.name))
            yield from _limit(
                "options last at most 25 s",
                f"{code}, node {node.name}",
                code,
                heard,
                LONGEST_OPTIONS,
            )
    yield from _danger(world, call)
    yield from _police(world, call)
    yield from _region(world, call)
    yield from _screening(world, language)


def option_pieces(world: World, call: Inbound, name: str) -> tuple[Piece, ...]:
    """The options of a node alone, without what is said before and after them."""
    node = world.edition.menu.nodes[name]
    pieces = compose(world, call, node, brief=True)
    labels = {option.label for option in options(world, call, node)}
    places = [n for n, p in enumerate(pieces) if isinstance(p, Spoken) and p.prompt in labels]
    return pieces[places[0] : places[-1] + 3] if places else ()


def _danger(world: World, call: Inbound) -> Iterator[Finding]:
    """Urgent help is what the main menu names first, and soon."""
    main, rule = world.edition.menu.nodes["main"], "danger is named within 4 s"
    where = f"{call.language}, node main"
    first = next(iter(options(world, call, main)), None)
    if first is None or first.to != DANGER:
        what = "Another option comes before urgent help."
        yield Finding(rule, where, what, f"Lead the first one to {DANGER!r}.", call.language)
        return
    heard = seconds(world, until(compose(world, call, main), first.label))
    yield from _limit(rule, where, call.language, heard, DANGER_WITHIN)


def until(pieces: Sequence[Piece], beginning: str) -> Sequence[Piece]:
    """What is heard until a prompt whose key begins so has been spoken; all, if it never is."""
    for number, piece in enumerate(pieces, 1):
        if isinstance(piece, Spoken) and piece.prompt.startswith(beginning):
            return pieces[:number]
    return pieces


def _police(world: World, call: Inbound) -> Iterator[Finding]:
    """The words before the first number: until its first digit begins."""
    now = world.edition.menu.nodes.get(DANGER)
    if now:
        heard = seconds(world, until(compose(world, call, now), "digit.")[:-1])
        where = f"{call.language}, node {DANGER}"
        rule = "the police within 3 s"
        yield from _limit(rule, where, call.language, heard, FIRST_NUMBER_WITHIN)


def _region(world: World, call: Inbound) -> Iterator[Finding]:
    for node in world.edition.menu.nodes.values():
        if any(option.region for option in node.options):
            heard = seconds(world, compose(world, call, node))
            yield from _limit(
                "the region is asked in 6 s",
                f"{call.language}, node {node.name}",
                call.language,
                heard,
                LONGEST_REGION,
            )


def _screening(world: World, language: Language) -> Iterator[Finding]:
    asked = {centre.screening for centre in world.directory.centres if centre.screening}
    for code in sorted(asked & set(world.edition.by_code)):
        for mute, young in ((False, False), (True, False), (False, True)):
            leg = Screening("", code, language.code, world.edition.number, mute, young)
            listen = ask(world, leg).actions[0]
            if isinstance(listen, Listen):
                yield from _limit(
                    "whoever picks up hears at most 6 s",
                    f"asked in {code} about {language.code}",
                    language.code,
                    seconds(world, listen.pieces),
                    LONGEST_SCREENING,
                )
