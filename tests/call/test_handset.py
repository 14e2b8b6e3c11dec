"""The handset test finds alarm words wherever they stand in a word, and spares chance."""

import pytest

from ivr.call.proof.handset import CHANCE, INSIDE, alarms
from tests.worlds import shipped_edition

ALARM = {one.code: one.alarm for one in shipped_edition().languages}


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("nl", "politiebureau"),
        ("nl", "kindermisbruik"),
        ("nl", "partnergeweld"),
        ("de", "bundespolizei"),
        ("de", "jugendschutz"),
        ("de", "lebensgefahr"),
        ("fr", "l'urgence"),
        ("fr", "cyberharcèlement-viol"),
        ("en", "non-violence"),
        ("en", "endanger"),
    ],
)
def test_an_alarm_word_is_heard_at_the_beginning_of_a_word_or_inside_it(
    language: str, word: str
) -> None:
    assert alarms(word, ALARM[language])


@pytest.mark.parametrize(
    ("language", "word"),
    [("fr", "vapeur"), ("fr", "espace"), ("en", "upbeat"), ("en", "sussex"), ("de", "winkel")],
)
def test_a_short_one_is_only_heard_at_the_beginning(language: str, word: str) -> None:
    assert not alarms(word, ALARM[language])


def test_every_word_that_is_let_pass_would_be_found_otherwise() -> None:
    for word in CHANCE:
        found = [
            stem
            for alarm in ALARM.values()
            for stem in alarm
            if len(stem) >= INSIDE and stem in word
        ]
        assert found, word
        assert not any(word.startswith(alarm) for alarm in ALARM.values()), word
        assert not any(alarms(word, alarm) for alarm in ALARM.values()), word
