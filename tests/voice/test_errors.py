"""When a turn breaks, every leg gets an answer of its own, and nobody is left in silence."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from ivr.call.actions import Dial, HangUp, Say, Spoken, Turn
from ivr.call.breaking import NATIONAL
from ivr.call.legs import Inbound
from ivr.logs import FIELDS
from ivr.voice.last import last_words
from tests.twiml_grammar import validate
from tests.voice.telephone import (
    REHEARSAL_SID,
    REHEARSAL_TOKEN,
    House,
    Leg,
    broken,
    machine_with,
)
from tests.worlds import CALLER_ID, shipped_directory, shipped_edition


def rehearsed(house: House, **changes: object) -> Leg:
    """A telephone of the rehearsal carrier, for which every centre counts as proved."""
    return house.call(account=REHEARSAL_SID, token=REHEARSAL_TOKEN, **changes)


def test_a_broken_turn_is_answered_with_the_legs_own_error_reply() -> None:
    house = House(machine=machine_with(step=broken))
    with capture_logs() as lines:
        leg = house.call().says()
    assert leg.verbs[-1] == "Hangup"
    (line,) = lines
    assert set(line) <= {*FIELDS, "log_level"}
    assert (line["error"], line["leg"]) == ("RuntimeError", "inbound")
    assert line["places"][-1].startswith("tests.voice.telephone.broken:")
    assert "12025550147" not in f"{line}"


def test_a_broken_turn_on_a_rehearsal_rings_the_national_line() -> None:
    assert rehearsed(House(machine=machine_with(step=broken))).says().verbs == ["Play", "Dial"]


@pytest.mark.parametrize(
    "parts",
    [{"step": broken, "fail": broken}, {"answer": broken}],
)
def test_when_that_breaks_too_there_are_the_last_words(parts: dict[str, object]) -> None:
    leg = House(machine=machine_with(**parts)).call().says()
    assert leg.verbs[-1] == "Hangup"
    said = [verb.text or "" for verb in leg.document if verb.tag == "Say"]
    number = ", ".join(
        " ".join(group) for group in shipped_directory().by_id[NATIONAL].said.split()
    )
    assert len(said) == len(shipped_edition().languages)
    assert all(f" {number}. {number}." in words for words in said)


def test_last_words_without_a_number_to_give_are_the_end() -> None:
    here = House().line.world("twilio")
    assert b"<Say" in last_words(here).fill()
    bare = replace(here, directory=replace(here.directory, centres=()))
    assert validate(last_words(bare).fill()) == []
    assert b"<Say" not in last_words(bare).fill()


def test_a_broken_line_is_answered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    monkeypatch.setattr(house.line, "world", broken)
    assert house.call().says().verbs[-1] == "Hangup"
    assert house.call(kind="screening", target="/voice/screening/x").says().verbs == ["Hangup"]


def test_what_may_not_be_dialled_is_a_broken_turn() -> None:
    def dials_a_short_code(_world: object, call: Inbound, _signal: object) -> Turn:
        return Turn(call, (Dial("101", CALLER_ID, 20, 1, None),))

    leg = House(machine=machine_with(step=dials_a_short_code)).call().says()
    assert leg.verbs == ["Play", "Hangup"]


def test_a_screened_leg_that_breaks_is_never_bridged_and_says_nothing() -> None:
    ringing = rehearsed(House()).says().presses("1").presses("0")
    for parts in ({"step": broken}, {"step": broken, "fail": broken}):
        house = House(machine=machine_with(**parts))
        assert replace(ringing.answered(), house=house).presses("1").verbs == ["Hangup"]


def test_what_cannot_be_counted_is_answered_all_the_same() -> None:
    house = House()
    house.tally.broken = True
    assert house.call().says().presses("1").verbs == ["Gather", "Redirect"]


def test_a_machine_that_says_too_much_is_answered_in_few_words() -> None:
    texts = {"hello.welcome": replace(
        shipped_edition().catalogue.texts["nl"]["hello.welcome"], words="x" * 70_000)}  # fmt: skip

    def chatters(world: object, call: Inbound, _signal: object) -> Turn:
        return Turn(call, (Say((Spoken("hello.welcome", "nl"),)), HangUp()))

    house = House(machine=machine_with(step=chatters))
    catalogue = replace(house.line.current.catalogue, texts={"nl": texts})
    house.line.current = replace(
        house.line.current, digest="long", catalogue=catalogue, recordings={}
    )
    assert house.call().says().verbs[-1] == "Hangup"
