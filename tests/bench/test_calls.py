"""The calls that are measured are real ones, and what is measured beside them answers too."""

import sqlite3
from urllib.parse import parse_qsl

import pytest
from flask import Flask

from ivr.bench import apps, fixed, honest
from ivr.bench.calls import WAYS, WEBHOOKS, Call, record
from ivr.bench.honest import UnfitError, check_door, check_reply, check_whole
from ivr.bench.site import Site
from ivr.bench.webhooks import Answer, ask

XML = {"Content-Type": "text/xml"}


def test_every_call_has_eight_webhooks_and_ends_where_somebody_is_rung(
    ours: Flask, calls: list[Call]
) -> None:
    for call in calls:
        assert len(call) == WEBHOOKS
        assert b"<Dial" in ask(ours, call[-1].webhook).body
    assert len({call[0].form["CallSid"] for call in calls}) == len(calls)


def test_the_same_seed_makes_the_same_calls(site: Site, ours: Flask, calls: list[Call]) -> None:
    number = apps.number_of(ours)
    again = record(lambda one: ask(ours, one), site, number, count=24, seed=7)
    other = record(lambda one: ask(ours, one), site, number, count=24, seed=8)
    assert [step.form for call in again for step in call] == [s.form for c in calls for s in c]
    assert [call[0].form for call in other] != [call[0].form for call in calls]


def test_every_way_is_walked_with_another_key_each_time(calls: list[Call]) -> None:
    pressed = {"".join(step.form.get("Digits", "") for step in call[2:]) for call in calls}
    assert len(pressed) >= len(WAYS) - 1


def test_the_form_crosses_the_wire_as_it_was(calls: list[Call]) -> None:
    step = calls[0][1]
    head, _, body = step.webhook.wire().partition(b"\r\n\r\n")
    assert dict(parse_qsl(body.decode(), keep_blank_values=True)) == step.form
    assert f"Content-Length: {len(body)}".encode() in head


@pytest.mark.parametrize("name", [apps.OURS, apps.TUTORIAL])
def test_a_door_answers_what_is_signed_and_refuses_what_is_not(
    name: str, site: Site, ours: Flask, calls: list[Call]
) -> None:
    app = ours if name == apps.OURS else apps.make(name, site.settings)
    check_door(app, apps.webhooks_for(name, site, calls)[0])


def test_the_tutorial_keeps_a_row_for_every_webhook(site: Site, calls: list[Call]) -> None:
    app = apps.make(apps.TUTORIAL, site.settings)
    before, after = rows(site), 0
    for webhook in apps.webhooks_for(apps.TUTORIAL, site, calls)[0]:
        ask(app, webhook)
    after = rows(site)
    assert after - before == WEBHOOKS


def rows(site: Site) -> int:
    connection = sqlite3.connect(site.settings.var / "tutorial.sqlite")
    try:
        return int(connection.execute("select count(*) from call_events").fetchone()[0])
    finally:
        connection.close()


def test_the_fixed_body_is_600_bytes_whatever_comes(site: Site, calls: list[Call]) -> None:
    app = apps.make(apps.FIXED, site.settings)
    webhook = apps.webhooks_for(apps.FIXED, site, calls)[0][3]
    for one in (webhook, webhook.forged()):
        answer = ask(app, one)
        check_reply(answer)
        assert len(answer.body) == fixed.BYTES


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(500, XML, b"<Response><Hangup/></Response>"), "500"),
        (Answer(200, {"Content-Type": "text/html"}, b"<Response><Hangup/></Response>"), "XML"),
        (Answer(200, XML, b"<Response><Hangup>"), "parse"),
        (Answer(200, XML, b"<Response/>"), "no verb"),
        (Answer(200, XML, b"<html><p/></html>"), "no verb"),
    ],
)
def test_a_reply_that_no_carrier_would_take_is_refused(answer: Answer, why: str) -> None:
    with pytest.raises(UnfitError, match=why):
        check_reply(answer)


WIRE = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 31\r\n\r\n"


def test_an_answer_is_read_as_it_crossed_the_wire() -> None:
    check_whole(WIRE + b"<Response><Hangup/></Response>\n")
    for bad, why in (
        (WIRE + b"<Response><Hangup/></Response>", "longer or shorter"),
        (WIRE + b"<Response><Hangup/></Response>\n\n", "longer or shorter"),
        (WIRE + b"<Response>             </Response", "longer or shorter"),
        (WIRE + b"<Response><Hangup></Response>  ", "parse"),
        (WIRE.replace(b"200", b"500") + b"<Response><Hangup/></Response>\n", "500"),
    ):
        with pytest.raises(UnfitError, match=why):
            check_whole(bad)


def test_a_door_that_takes_a_broken_signature_is_unfit(site: Site, calls: list[Call]) -> None:
    """The fixed body answers everybody: as a line it would be no line."""
    app = apps.make(apps.FIXED, site.settings)
    with pytest.raises(UnfitError, match="broken signature was answered with 200"):
        check_door(app, apps.webhooks_for(apps.FIXED, site, calls)[0])
    assert honest.REFUSED == 403
