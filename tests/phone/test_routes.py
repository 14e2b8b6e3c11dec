"""What the page's door relays and what it refuses, and the page that it shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.exchange import Order
from ivr.carrier.rehearsal.legs import Leg
from ivr.phone.pair import CALLER, HELD, OPERATOR
from tests.carrier.standin import gather, play
from tests.phone.door import HERE, SETUP, Phone
from tests.phone.lines import ear


def test_a_call_is_relayed_with_words_and_waits(phone: Phone) -> None:
    told = phone.ring()
    assert (told["phase"], told["place"], told["other"]["leg"]) == ("speaking", None, "")
    assert told["waiting"]["clip"] == "/audio/2.wav"
    assert told["waiting"]["mine"] is True
    assert told["document"].startswith("<Response>\n  <Gather")
    call, last = told["call"], told["last"]
    told = phone.post(
        f"/call/{call}/ended?lang=en", {"wait": told["waiting"]["id"], "since": last}
    ).get_json()
    assert told["phase"] == "listening"
    assert (told["waiting"]["kind"], told["waiting"]["clip"], told["lines"]) == ("silence", "", [])
    told = phone.post(f"/call/{call}/keys?lang=en", {"key": "5", "since": told["last"]}).get_json()
    assert [(line["who"], line["text"]) for line in told["lines"]] == [
        ("caller", "Key 5"),
        ("line", ""),
    ]
    told = phone.post(f"/call/{call}/look", {"since": told["last"]}).get_json()
    assert told["lines"] == []
    told = phone.post(f"/call/{call}/hang-up", {"since": told["last"]}).get_json()
    assert told["phase"] == "ended"
    assert told["waiting"] is None


def test_a_transfer_by_hand_is_relayed(phone: Phone) -> None:
    dial = '<Dial callerId="+12025550100"><Number url="/screen">+12025550177</Number></Dial>'
    phone.line.documents |= {"/voice": dial, "/screen": gather(play(3))}
    told = phone.ring(answers=["hand"])
    other = told["other"]["leg"]
    assert (told["phase"], told["other"]["status"]) == ("ringing", "ringing")
    told = phone.post(f"/call/{other}/answer", {"since": told["last"]}).get_json()
    assert told["other"]["status"] == "in-progress"
    assert (told["waiting"]["mine"], told["waiting"]["clip"]) == (False, "")


def test_a_text_for_the_carriers_voice_is_told(phone: Phone) -> None:
    phone.line.documents["/voice"] = '<Say language="en">Something of nobody\'s</Say>'
    told = phone.ring()
    assert told["waiting"]["words"] == "Something of nobody's"
    assert told["lines"][0]["said"][0]["words"] == "Something of nobody's"


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, SETUP["from"]),
        ({"shown": "withheld"}, "anonymous"),
        ({"shown": "odd", "from": ""}, "+266696687"),
    ],
)
def test_the_calling_number_is_as_it_was_set(
    phone: Phone, changes: dict[str, str], sent: str
) -> None:
    phone.ring(**changes)
    assert phone.line.forms("/voice")[0]["From"] == sent


def test_a_pretended_time_is_wall_time_in_the_directorys_zone_until_it_is_taken_back(
    phone: Phone,
) -> None:
    for given in ("2026-12-25T03:00", "2026-07-01T03:00:00+00:00", ""):
        assert phone.post("/time", {"at": given}).status_code == 200
        phone.ring()
    told = [datetime.fromisoformat(form["PretendAt"]) for form in phone.line.forms("/voice")]
    assert [abs(at - want) < timedelta(seconds=1) for at, want in zip(told, (
        datetime(2026, 12, 25, 2, 0, tzinfo=UTC),
        datetime(2026, 7, 1, 3, 0, tzinfo=UTC),
        phone.line.clock(),
    ), strict=True)] == [True] * 3  # fmt: skip


@pytest.mark.parametrize("at", ["soon", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T00:00"])
def test_a_time_that_cannot_be_pretended_is_refused_in_plain_words(phone: Phone, at: str) -> None:
    reply = phone.post("/time?lang=nl", {"at": at})
    assert reply.status_code == 400
    told = reply.get_json()
    assert (told["problem"], told["field"]) == ("unfit", "at")
    assert told["words"].startswith("Kies een tijdstip")
    assert phone.ring()["phase"] == "speaking"


def test_while_the_page_is_open_its_telephones_are_met_by_hand(phone: Phone) -> None:
    told = phone.post("/beat", {"from": CALLER}).get_json()
    assert (told["here"], told["lines"]) == (True, {"caller": [], "operator": []})
    assert placed(phone).answer is Answer.HAND
    (line,) = phone.post("/beat", {"from": CALLER}).get_json()["lines"]["operator"]
    told = phone.post(f"/call/{line['leg']}/look").get_json()
    assert (told["placed"], told["phase"], told["to"]) == (True, "rung", OPERATOR)
    told = phone.post(f"/call/{line['leg']}/answer", {"manner": "busy"}).get_json()
    assert told["phase"] == "ended"
    assert phone.post(f"/call/{line['leg']}/answer", {"manner": "maybe"}).status_code == 400
    phone.post("/release", {"from": CALLER})
    assert placed(phone).answer is Answer.PRESSES


def test_a_page_that_says_nothing_holds_its_telephones_no_longer(phone: Phone) -> None:
    phone.post("/beat", {"from": CALLER})
    phone.line.clock.go(HELD + 1)
    assert placed(phone).answer is Answer.PRESSES


def test_a_telephone_without_a_number_holds_nothing(phone: Phone) -> None:
    for path in ("/beat", "/release"):
        assert phone.post(path, {"from": "0470"}).get_json()["field"] == "from"


def placed(phone: Phone) -> Leg:
    """The account rings the operator's telephone."""
    switch = phone.telephone.switch
    order = Order(OPERATOR, "+12025550100", "http://line.example/voice")  # an example
    return switch.act(lambda exchange, at: exchange.place(order, at))


def test_a_telephone_without_tones_is_set(phone: Phone) -> None:
    told = phone.ring(tones=False)
    told = phone.post(
        f"/call/{told['call']}/keys?lang=en", {"key": "5", "since": told["last"]}
    ).get_json()
    assert told["lines"][0]["text"] == "Key 5: this telephone sends no tones"


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "+12025550199"},
        {"to": ""},
        {"from": "0470"},
        {"from": ""},
        {"answers": ["maybe"]},
    ],
)
def test_a_telephone_that_is_set_wrongly_does_not_ring(
    phone: Phone, changes: dict[str, Any]
) -> None:
    assert phone.post("/call", {**SETUP, **changes}).status_code == 400
    assert phone.post("/call", ["no", "object"]).status_code == 400
    assert not phone.line.asked


@pytest.mark.parametrize(
    "path",
    ["/call/CA1/keys", f"/call/{'CA' + 'f' * 32}x/keys", "/call/%2e%2e/keys"],
)
def test_what_is_no_leg_is_not_asked_for(phone: Phone, path: str) -> None:
    assert phone.post(path, {"key": "1"}).status_code == 404


def test_an_unknown_event_or_call_is_told_apart(phone: Phone) -> None:
    call = phone.ring()["call"]
    assert phone.post(f"/call/{call}/sing").status_code == 404
    assert phone.post(f"/call/{call}/keys", {"key": "12"}).status_code == 404
    reply = phone.post(f"/call/CA{'0' * 32}/look")
    assert (reply.status_code, reply.get_json()) == (410, {"problem": "unknown"})


def test_figures_that_make_no_sense_count_as_none(phone: Phone) -> None:
    call = phone.ring()["call"]
    reply = phone.post(f"/call/{call}/look", {"since": "all"})
    assert len(reply.get_json()["lines"]) == 1
    assert phone.post(f"/call/{call}/look", {"since": -5}).status_code == 200


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("?lang=fr", "nl", "fr"),
        ("", "de-AT,de;q=0.9", "de"),
        ("", "pt", "en"),
        ("?lang=%22", "", "en"),
    ],
)
def test_the_page_speaks_the_language_of_whoever_reads_it(
    phone: Phone, query: str, accept: str, language: str
) -> None:
    reply = phone.web.get(f"/phone{query}", base_url=HERE, headers={"Accept-Language": accept})
    assert f'<html lang="{language}">' in reply.text


def test_the_page_has_no_script_or_style_of_its_own_and_names_the_other_way(phone: Phone) -> None:
    text = phone.web.get("/phone", base_url=HERE).text
    assert " style=" not in text
    assert "<style" not in text
    assert text.count("<script") == 1
    assert 'script type="module" src="/phone/static/phone.js"' in text
    assert "ivr phone</code>" in text
    assert "//" not in text.replace("http://www.w3.org", "").replace("<!doctype", "")


def test_every_number_of_ours_can_be_rung(phone: Phone) -> None:
    text = phone.web.get("/phone?lang=en", base_url=HERE).text
    for access in ear().line.world("rehearsal").directory.access:
        assert f'<option value="{access.number}">' in text
    assert "shown by our own calls" in text
    assert "straight in English" in text
