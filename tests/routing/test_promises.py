"""What every route promises, for any directory, any question and any moment."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import choice
from routing.choice import Route, choose, listed
from routing.directory import Directory
from routing.guard import Yes, may_dial
from routing.hours import is_open
from tests.routing.directories import FLEMISH, HELPLINE, MOMENTS, NATIONAL, directories, directory
from tests.routing.test_choice import SUNDAY

ASKED = st.fixed_dictionaries(
    {
        "need": st.sampled_from(["", "young", "talk"]),
        "region": st.sampled_from(["", "flanders", "brussels", "wallonia"]),
        "language": st.sampled_from(["nl", "fr", "ro", ""]),
        "carrier": st.sampled_from(["twilio", "rehearsal", "another"]),
        "at": MOMENTS,
    }
)


def faults(within: Directory, asked: dict[str, object], found: Route) -> list[str]:
    """Every promise of a route that does not hold, told independently of how it is chosen."""
    places = (*found.dial, *found.announce, *found.left)
    bad = [] if sorted(p.centre.id for p in places) == sorted(within.by_id) else ["not each once"]
    bad += ["without a reason" for place in places if not place.why]
    for stop in (*found.dial, *found.announce):
        centre = stop.centre
        here = is_open(centre.hours, centre.closures, within.zone, asked["at"])
        bad += [] if centre.active and here else ["not there"]
        bad += (
            [] if asked["language"] in (centre.languages or [asked["language"]]) else ["language"]
        )
        bad += ["skipped"] if centre.skip_until and centre.skip_until > asked["at"] else []
    for stop in found.dial:
        dial, carrier = stop.centre.dial, asked["carrier"]
        bad += [] if may_dial(dial, within) == Yes() else ["refused"]
        bad += ["buried"] if dial in within.buried else []
        proved = carrier == "rehearsal" or dial in within.proved.get(carrier, ())
        bad += [] if proved else ["not proved"]
    return bad


@settings(max_examples=250, deadline=None)
@given(directories(), ASKED)
def test_every_route_keeps_every_promise(within: Directory, asked: dict[str, object]) -> None:
    found = choose(within, **asked)
    assert faults(within, asked, found) == []
    assert found == choose(within, **asked)


@settings(max_examples=100, deadline=None)
@given(directories(), st.sampled_from(["open", "young", "national", "centre"]), MOMENTS)
def test_a_list_is_never_empty(within: Directory, need: str, at: datetime) -> None:
    assert within.buried >= {NATIONAL.dial} or listed(within, need, "nl", at)


ASKED_AT_NIGHT = {"need": "", "region": "flanders", "language": "fr", "carrier": "twilio"}


@pytest.mark.parametrize(
    ("name", "fault", "finding"),
    [
        ("absence", lambda *_: "", "not there"),
        ("may_dial", lambda *_: Yes(), "refused"),
        ("REHEARSAL", "twilio", "not proved"),
        ("_sayable", lambda stops, *_: (), "not each once"),
    ],
)
def test_planted_fault_the_promises_find_it(
    name: str, fault: object, finding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = replace(FLEMISH, id="costly", dial="+3290012345", said="1712")
    proved = {"twilio": frozenset({bad.dial})}
    within = directory(NATIONAL, FLEMISH, HELPLINE, bad, proved=proved)
    asked = {**ASKED_AT_NIGHT, "language": "nl", "at": SUNDAY}
    assert faults(within, asked, choose(within, **asked)) == []
    monkeypatch.setattr(choice, name, fault)
    assert finding in faults(within, asked, choose(within, **asked))
