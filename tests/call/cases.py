"""One broken edition or directory for each rule of the checker, and the place that it must name."""

from dataclasses import dataclass, replace

from ivr.call.edition import Edition
from ivr.call.world import World
from prompts import Digits, NodeKind, Open, Option, Places, TextState, Words
from routing.directory import Directory, Hours, Part, Purpose
from tests.call import changed
from tests.worlds import line_number, shipped_directory, shipped_edition, world

NOWHERE = Option("7", "main.info", "nowhere")


def one_line(directory: Directory | None = None, *, carrier: str = "rehearsal") -> Directory:
    """The directory with one number for callers, in English, and the one that our calls show."""
    directory = directory or shipped_directory()
    number = line_number(shipped_directory(), bound=True)
    access = (
        one for one in directory.access if one.number == number or one.purpose is Purpose.OUTBOUND
    )
    return replace(directory, access=tuple(access))


def small(
    edition: Edition,
    directory: Directory | None = None,
    carrier: str = "rehearsal",
    without: tuple[str, ...] = ("fr", "de"),
) -> World:
    """A world that is walked quickly: one line, and few of our languages."""
    kept = tuple(one for one in edition.languages if one.code not in without)
    texts = edition.menu.nodes.get("speaker")
    if texts:
        edition = changed.node("speaker", edition, say=(Words("speaker.ask", "en"),))
    directory = one_line(directory)
    centres = tuple(
        replace(one, screening=one.screening if one.screening not in without else "en")
        for one in directory.centres
    )
    edition = replace(edition, languages=kept)
    return world(edition=edition, directory=replace(directory, centres=centres), carrier=carrier)


@dataclass(frozen=True)
class Case:
    """One thing broken: which rule must find it, at which place."""

    rule: str
    where: str
    edition: Edition | None = None
    directory: Directory | None = None
    carrier: str = "rehearsal"


def nodes(name: str) -> tuple[Option, ...]:
    """The options of a shipped node."""
    return shipped_edition().menu.nodes[name].options


def said(name: str, *phrases: Words | Digits | Open | Places) -> Edition:
    """The edition with a node that says something more."""
    return changed.node(name, say=(*shipped_edition().menu.nodes[name].say, *phrases))


def unreachable() -> Edition:
    """The edition with a recording that no option leads to."""
    return changed.node("lonely", kind=NodeKind.TOPIC, say=(Words("self.feel.text"),))


def for_english() -> Directory:
    """The directory with centres that speak English alone."""
    directory = shipped_directory()
    centres = tuple(replace(one, languages=("en",)) for one in directory.centres)
    return replace(directory, centres=centres)


def two_keys(code: str, **changes: object) -> Edition:
    """The edition with another place on the language page for one language."""
    return changed.languages(**{code: changes})


CASES = [
    # ---- the tree
    Case("every start exists", "node main", changed.without_node("main")),
    Case("every start exists", "node nobody", changed.without_node("nobody")),
    Case("every start exists", "node safety", changed.node("safety", kind=NodeKind.MENU)),
    Case("every start exists", "node ended", changed.node("ended", lifeboat=False)),
    Case("every menu has options", "node other", changed.node("other", options=())),
    Case("every menu has options", "node goodbye", changed.node("goodbye", options=nodes("young"))),
    Case("at most five options", "node happening", changed.node(
        "happening", options=(*nodes("happening"), Option("6", "self.feel", "self.feel")))),
    Case("keys", "node help", changed.option("help", 0, key="9")),
    Case("keys", "node help", changed.option("help", 0, key="")),
    Case("keys", "node help", changed.option("help", 0, key="12")),
    Case("keys", "node help", changed.option("help", 0, key="2")),
    Case("keys", "language en", two_keys("nl", key="4")),
    Case("keys", "language nl", two_keys("nl", key="0")),
    Case("keys", "language nl", two_keys("nl", key="12")),
    Case("every key has a name", "node other", changed.node("other", tail=("0", "#"))),
    Case("every option has a target", "node info, key 7", changed.node(
        "info", options=(*nodes("info")[:4], NOWHERE))),
    Case("every option has a target", "node main, key 5", changed.option("main", 4, lifeboat=True)),
    Case("every option has a target", "node region, silence", changed.node(
        "region", changed.node("lonely", kind=NodeKind.FAREWELL), silence="lonely")),
    Case("every option has a target", "node help.law, key 9", changed.node(
        "help.law", changed.option("self", 3, label="help.law", to="help.law", lifeboat=True),
        lifeboat=True)),
    Case("silence has a target", "node region", changed.node("region", silence="nowhere")),
    Case("time-outs", "node young", changed.node("young", seconds=0)),
    Case("time-outs", "node young", changed.node("young", seconds=16)),
    Case("every node is reachable", "node lonely", unreachable()),
    Case("every node is reachable", "node self.quiet", changed.node(
        "self", options=nodes("self")[:3])),
    Case("every node is reachable", "node papers.status", changed.option(
        "papers", 1, lifeboat=False)),
    Case("only the listed questions", "node region", changed.node("region", silence="")),
    Case("only the listed questions", "node region, key 1", changed.option(
        "region", 0, region="married")),
    Case("only the listed questions", "node other", changed.option("other", 0, region="flanders")),
    Case("a language is offered", "the line", replace(shipped_edition(), languages=())),
    Case("only the listed questions", "node young", changed.node("young", kind=NodeKind.STEP)),
    Case("every start exists", "node booking.part", changed.without_node("booking.part")),
    Case("every start exists", "node mine.menu", changed.node("mine.menu", kind=NodeKind.MENU)),
    Case("every option has a target", "node booking.number, what it does by itself", changed.node(
        "booking.heard", lifeboat=False)),
    # ---- being called back
    Case("a callback can be booked", "en, a callback", changed.option(
        "booking.time", 0, to="main")),
    Case("a callback can be booked", "the directory's callers", directory=replace(
        shipped_directory(), callers=())),
    Case("a callback takes 7 turns and about 90 s", "en, a callback", changed.seconds(
        "en", "booking.keep", 44.0)),
    Case("choices are heard in time", "nl, node booking.wishes", changed.seconds(
        "nl", "wish.woman", 15.0)),
    Case("choices are heard in time", "en, node booking.day", changed.seconds(
        "en", "day.tomorrow", 40.0)),
    Case("everything said is speakable", "en, node booking.day", directory=replace(
        shipped_directory(), parts=(Part(600, 605), Part(610, 660)))),
    # ---- the words
    Case("every prompt has a text", "prompt self.sleep", changed.option(
        "self", 0, label="self.sleep")),
    Case("every prompt has a text", "prompt young.more", said("young", Words("young.more"))),
    Case("every language is complete for its tier", "en, prompt other.do", changed.text(
        "en", "other.do", "", TextState.MISSING)),
    Case("every language is complete for its tier", "nl, prompt place.payoke", changed.text(
        "nl", "place.payoke", "Payoke", TextState.MISSING)),
    Case("every language is complete for its tier", "nl, prompt now.dial", changed.text(
        "nl", "now.dial", "Bel", TextState.NEEDS_REVIEW), carrier="example"),
    Case("every language is complete for its tier", "en, prompt place.new",
         directory=changed.centre("new", said="1712")),
    Case("labels are short", "en, prompt main.info", changed.text("en", "main.info", 11 * "go ")),
    Case("numbers are composed", "en, prompt self.feel.text", changed.text(
        "en", "self.feel.text", "Ring 1712.")),
    Case("every phrase is speakable", "node other", said("other", Words("now.dial", "xx"))),
    Case("every phrase is speakable", "node other", said("other", Words("nothing", "en"))),
    # ---- the handset test
    Case("the handset test", "en, prompt main.info", changed.text(
        "en", "main.info", "About the POLICE")),
    Case("the handset test", "en, prompt booking.keep", changed.text(
        "en", "booking.keep", "We keep it from the police.")),
    Case("the handset test", "nl, prompt gate.message", changed.text(
        "nl", "gate.message", "Wij willen u helpen.")),
    Case("the handset test", "node mine.code", changed.node("mine.code", neutral=False)),
    Case("the handset test", "en, prompt goodbye.end", changed.text(
        "en", "goodbye.end", "No police-station.")),
    Case("the handset test", "nl, prompt person.next", changed.text(
        "nl", "person.next", "We bellen het jeugdmisbruikteam.")),
    Case("the handset test", "de, prompt person.next", changed.text(
        "de", "person.next", "Jemand von der Bundespolizei kommt.")),
    Case("the handset test", "nl, prompt cost.local", changed.text("nl", "cost.local", "d’hulp")),
    Case("the handset test", "en, prompt self.feel", changed.node(
        "main", changed.text("en", "self.feel", "Danger"), say=(Words("self.feel"),))),
    Case("the handset test", "nl, prompt person.ringing", changed.text(
        "nl", "person.ringing", "De politie wordt gebeld.")),
    Case("the handset test", "en, prompt place.caw", directory=changed.access(hello="place.caw")),
    Case("the handset test", "language nl", changed.languages(nl={"alarm": ()})),
    Case("the handset test", "node main", changed.node("main", neutral=False)),
    Case("the handset test", "node region", changed.node("region", neutral=False)),
    Case("the handset test", "node ended", said("ended", Places("talk"))),
    Case("the handset test", "node main, prompt main.info", changed.node(
        "main", plain=("main.now", "main.info"))),
    # ---- the directory
    Case("every number is known", "node other", said("other", Digits("nobody"))),
    Case("every number is known", "node other", said("other", Open("nobody"))),
    Case("every number is known", "node other", said("other", Places("nothing"))),
    Case("every number is known", "node now", directory=changed.centre("police", said="")),
    Case("every number is known", "node help.1712", directory=changed.centre("1712", active=False)),
    Case("every number is known", "node goodbye", directory=changed.centre(
        "reporting", hours=Hours())),
    Case("every number is known", "node young.numbers", directory=changed.without_centre(
        "childfocus", "awel")),
    Case("every number is known", "a call that breaks", directory=changed.without_centre(
        "reporting")),
    Case("every target within the guard", "centre payoke", directory=changed.centre(
        "payoke", dial="+32903123456")),
    Case("every target within the guard", "centre payoke", directory=changed.centre(
        "payoke", dial="112")),
    # ---- the sound
    Case("a recording lasts at most 45 s", "en, prompt self.feel.text", changed.seconds(
        "en", "self.feel.text", 45.1)),
    Case("options last at most 25 s", "en, node help", changed.seconds("en", "help.law", 14.0)),
    Case("a language is named in 1.5 s", "language en", changed.seconds(
        "en", "language.name", 1.5)),
    Case("danger is named within 4 s", "en, node main", changed.seconds("en", "main.now", 4.0)),
    Case("danger is named within 4 s", "en, node main", changed.node(
        "main", options=tuple(reversed(nodes("main"))))),
    Case("danger is named within 4 s", "nl, node main", changed.node(
        "main", say=(Words("main.intro"),))),
    Case("danger is named within 4 s", "en, node main", changed.node("main", options=())),
    Case("danger is named within 4 s", "en, node main", changed.without_node("now", changed.option(
        "main", 0, to="info"))),
    Case("the police within 3 s", "en, node now", changed.seconds("en", "now.dial", 3.0)),
    Case("the police within 3 s", "nl, node now", changed.node(
        "now", say=(Words("now.free"), Words("now.dial"), Digits("police")))),
    Case("the police within 3 s", "en, node now", changed.node("now", say=(Words("now.free"),))),
    Case("the region is asked in 6 s", "nl, node region", changed.seconds(
        "nl", "region.brussels", 5.0)),
    Case("whoever picks up hears at most 6 s", "asked in nl about en", changed.seconds(
        "nl", "speaks.en", 6.0)),
    # ---- the other legs
    Case("everything said is speakable", "centre payoke, asked in xx", directory=changed.centre(
        "payoke", screening="xx")),
    Case("everything said is speakable", "centre payoke, asked in ro", changed.lifeboat(),
         changed.centre("payoke", screening="ro")),
    Case("everything said is speakable", "access number +3220000009", changed.lifeboat(),
         changed.access(cover="ro")),
    # ---- the ways
    Case("everything said is speakable", "en, node main", directory=changed.access(
        cost="golden")),
    Case("everything said is speakable", "en, node languages", directory=changed.access(
        hello="hello.nobody")),
    Case("somebody can be rung", "en, carrier example", carrier="example"),
    Case("somebody can be rung", "nl, carrier rehearsal", directory=for_english()),
    Case("silence reaches ringing within 120 s", "en, node main", changed.seconds(
        "en", "main.intro", 44.0)),
    Case("silence reaches ringing within 120 s", "nl, node main", changed.seconds(
        "nl", "main.intro", 44.0)),
    Case("silence reaches ringing within 120 s", "en, node main", changed.node(
        "main", silence="goodbye")),
    Case("every loop has a bound", "en, node nobody", changed.node("nobody", silence="person")),
    Case("every loop has a bound", "en, node ended", changed.node("ended", silence="person")),
    Case("every loop has a bound", "en, node young", changed.node("young", silence="young")),
    Case("nobody falls through", "en, node person", changed.node("nobody", say=(), options=())),
]  # fmt: skip
